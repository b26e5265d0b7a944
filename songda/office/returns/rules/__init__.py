"""What a form asks, when it is owed, what an entry says, what speaks against it."""
