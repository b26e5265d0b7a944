"""Floor 3: the four deliveries, blind to each other."""
