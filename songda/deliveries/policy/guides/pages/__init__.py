"""Pages of guides."""
