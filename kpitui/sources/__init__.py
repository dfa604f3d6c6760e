"""Published documents into report folders."""
