"""What a report is and how it is judged."""
