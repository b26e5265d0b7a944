"""Decisions about files taken in: which are refused, where the table is, what a heading means, what a cell says."""
