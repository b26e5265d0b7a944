"""Clocks 时限: every deadline as a pure function of events, calendar and definition. No Django here."""
