"""A file becomes citable units: readers, the grammar of United Nations documents, and the SQLite library."""
