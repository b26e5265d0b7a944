"""Rulebook 规则库: dated, versioned rules with their cases."""
