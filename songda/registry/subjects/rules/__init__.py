"""Decisions about subjects: codes, names, sizes and sets, as pure functions."""
