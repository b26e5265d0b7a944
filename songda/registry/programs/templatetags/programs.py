"""A scope in words."""

from __future__ import annotations

from django import template

from songda.registry.programs.rules import SCOPES

register = template.Library()


@register.filter
def scope_label(scope: str) -> str:
    """What a scope opens; one that is no more, as it was written."""
    return str(SCOPES.get(scope, scope))
