"""Songda 送达: the working system behind a 三送一强 campaign."""

__version__ = "0.1.0"
