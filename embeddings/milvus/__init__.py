"""Vectors on a Milvus server or cluster: derived from the library as the local index is, and searched the same way."""
