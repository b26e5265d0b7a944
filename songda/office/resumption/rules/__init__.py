"""Decisions of the room: rates, the state at a moment, who is listed, which places isolate, which batch has come. No Django here."""
