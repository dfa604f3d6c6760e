"""Rows and records as text and files."""
