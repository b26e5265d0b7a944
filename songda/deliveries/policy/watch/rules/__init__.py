"""What the room reckons: limits as the pack declares them, spans of days."""
