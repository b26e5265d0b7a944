"""Pages of the room: a post's own messages with the desk of operations, and the hooks of programs."""
