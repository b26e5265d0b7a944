"""Verbs of the rulebook: draft a version, copy one, sign it, put it in force."""

from __future__ import annotations

from songda.registry.rulebook.actions.draft_rule import copy_rule, draft_rule
from songda.registry.rulebook.actions.sign_rule import sign_rule, take_effect

__all__ = ["copy_rule", "draft_rule", "sign_rule", "take_effect"]
