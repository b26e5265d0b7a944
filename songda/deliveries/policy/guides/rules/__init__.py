"""Pure rules of guides."""
