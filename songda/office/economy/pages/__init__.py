"""Pages of the room: targets, the six stabilities, the statistical register."""
