"""Words of the room for its pages."""
