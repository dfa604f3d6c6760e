"""Screens that ask one thing and answer it."""
