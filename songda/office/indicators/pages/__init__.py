"""Pages of the room: printed figures and their checks, readings of bulletins, indicators and their values."""
