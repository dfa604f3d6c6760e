"""The terminal interface: it draws what it is given and posts what the reader wants."""
