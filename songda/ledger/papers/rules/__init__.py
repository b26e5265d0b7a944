"""What a kind says, how numbers read, where lists come from, what is printed; pure."""
