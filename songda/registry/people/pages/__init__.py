"""Pages of the room: the way in, and the keeping of accounts and posts."""
