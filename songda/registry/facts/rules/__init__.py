"""Decisions about facts: what a written value stands for, what is in force on a day, what changes. No database here."""

from __future__ import annotations

from songda.registry.facts.rules.values import in_words, stored

__all__ = ["in_words", "stored"]
