"""What the reader is looking at: one frozen description of it, and the rows it selects."""
