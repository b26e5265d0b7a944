"""Decisions of the room: plain values in, reasons out. No Django here."""
