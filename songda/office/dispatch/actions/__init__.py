"""Crossings 统筹: what concerns several rooms at once. Other rooms import from here."""

from __future__ import annotations

from songda.office.dispatch.actions.amend_fact import SOURCE, Amendment, amend_fact
from songda.office.dispatch.actions.move_unit import move_unit
from songda.office.dispatch.actions.publish_and_match import Publication, publish_and_match, publish_package_and_match

__all__ = [
    "SOURCE",
    "Amendment",
    "Publication",
    "amend_fact",
    "move_unit",
    "publish_and_match",
    "publish_package_and_match",
]
