"""Who said what: the page of positions, and its entries as files."""
