"""Tallies and roll-up 日计与汇总."""
