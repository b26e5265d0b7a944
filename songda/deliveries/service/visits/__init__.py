"""Visits 走访: who goes to which firm, when the firm agrees, what was found, and what came of it."""
