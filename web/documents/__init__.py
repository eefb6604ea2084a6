"""The documents to read: the library as a table, and each document whole, in one language or both."""
