"""Pure rules of plans."""
