"""Indicators 指标: every figure that is shown, with where it comes from, what it counts and what speaks against it."""
