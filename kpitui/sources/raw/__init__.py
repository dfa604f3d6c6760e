"""Any document, read as raw tables of text cells, each row with where it stood."""
