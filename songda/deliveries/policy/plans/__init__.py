"""Implementing plans 落实方案: each measure of a superior package has a unit, a day and local parameters (POL-05)."""
