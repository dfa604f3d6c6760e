"""What differs between two reports, in words: a page in sections, Markdown, and a table for programs."""
