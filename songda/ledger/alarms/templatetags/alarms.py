"""Rows of the trail in words."""

from __future__ import annotations

from django import template

from songda.ledger.alarms.rules import WORDS

register = template.Library()


@register.filter
def in_words(action: str) -> str:
    """What was done, in the words of the room."""
    return str(WORDS.get(action, action))
