"""Telling programs 发布事件 that a case has gone on: its number, kind, step and state; nobody's words."""

from __future__ import annotations

import datetime as dt

from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.states import NOTES
from songda.ledger.notices.actions import announce
from songda.ledger.notices.rules.events import Happened


def announce_step(case: Case, step: str, *, now: dt.datetime) -> None:
    """Announce a step, and that the case is closed where it now is."""
    announce_case("case.step", case, step, now=now)
    if not case.open and step not in NOTES:
        announce_case("case.closed", case, step, now=now)


def announce_case(name: str, case: Case, step: str, *, now: dt.datetime) -> None:
    """Announce one thing of a case to whoever has it in sight."""
    told = {"case": case.number, "kind": spec_of(case.kind).code, "step": step, "state": case.state, "sequence": case.version}
    announce(Happened(name, told, f"/cases/{case.pk}/"), lambda actor: visible_to(actor).filter(pk=case.pk), now=now)
