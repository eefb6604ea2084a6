"""Where a document disagrees with itself."""
