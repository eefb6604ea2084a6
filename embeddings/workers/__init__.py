"""Encoding on a Ray cluster: units are read from the library here, encoded there, and written by this process alone."""
