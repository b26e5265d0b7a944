"""Floor 4: the dispatch office, the only place where one room's outcome becomes another's work."""
