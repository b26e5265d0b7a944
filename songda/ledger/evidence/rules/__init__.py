"""What a file may be, and what its name becomes. No Django here."""
