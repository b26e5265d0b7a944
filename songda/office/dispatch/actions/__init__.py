"""Crossings 统筹: what concerns several rooms at once. Other rooms import from here."""

from __future__ import annotations

from songda.office.dispatch.actions.amend_fact import SOURCE, Amendment, amend_fact
from songda.office.dispatch.actions.hold_meeting import (
    Decided,
    add_to_agenda,
    call_meeting,
    close_meeting,
    decide,
    refresh_agenda,
)
from songda.office.dispatch.actions.issue_sheet import issue_sheet
from songda.office.dispatch.actions.list_standstills import list_standstills
from songda.office.dispatch.actions.move_unit import move_unit
from songda.office.dispatch.actions.open_special import add_matter, close_special, open_special
from songda.office.dispatch.actions.publish_and_match import Publication, publish_and_match, publish_package_and_match

__all__ = [
    "SOURCE", "Amendment", "Decided", "Publication", "add_matter", "add_to_agenda", "amend_fact", "call_meeting", "close_meeting",
    "close_special", "decide", "issue_sheet", "list_standstills", "move_unit", "open_special", "publish_and_match",
    "publish_package_and_match", "refresh_agenda",
]  # fmt: skip
