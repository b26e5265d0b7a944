"""Decisions about files, from bytes alone."""
