"""Data sets in BEIR form: read, stored as a library of their own, searched and scored."""
