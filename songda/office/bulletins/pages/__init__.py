"""Pages of the room: lists, a piece, its editor, news, submissions."""
