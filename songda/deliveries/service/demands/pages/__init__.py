"""Pages of the room. Only `urls` imports them."""
