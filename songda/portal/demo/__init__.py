"""The demonstration 演示: an invented city, and the main job run on it once."""
