"""Economy 经济运行: yearly targets, the six stabilities, entries into the statistical register."""
