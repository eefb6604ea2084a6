"""A unit becomes vectors, vectors become an index."""
