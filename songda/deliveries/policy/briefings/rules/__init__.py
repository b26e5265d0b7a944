"""What the room reckons: free places, letters put together, lists of attendance read."""
