"""Text in a terminal: cell widths, line breaking, folding for search, wording in two languages."""
