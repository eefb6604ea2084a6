"""Two documents compared, point by point."""
