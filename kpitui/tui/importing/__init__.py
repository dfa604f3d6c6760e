"""A document on its way into a report: how it was understood, and what the reader says to that."""
