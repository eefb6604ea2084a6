"""Delegates add documents in the page: files are staged, read, looked over by their reader, and only then added."""
