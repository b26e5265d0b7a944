"""The panel of a firm: both axes, what stands against resuming, what was told."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.ledger.panels import Rendered
from songda.office.resumption.queries.gates import light_of, standing_stop, why_not_resume
from songda.office.resumption.queries.subjects import lines
from songda.office.resumption.rules.counting import KINDS
from songda.registry.actors import Actor
from songda.registry.subjects.queries import subject_of


def resumption_panel(subject_id: int, actor: Actor, now: dt.datetime) -> Rendered | None:
    """State, people, light and gate of today; the firm sees its own."""
    if not (actor.may("resumption.see") or actor.may("firm.read")):
        return None
    subject, today = subject_of(subject_id), clock.day_of(now)
    if subject is None or subject.kind not in {kind for kinds in KINDS.values() for kind in kinds}:
        return None
    return "resumption/panel.html", {
        "line": lines([subject], on=today)[0],
        "lamp": light_of(subject_id),
        "stop": standing_stop(subject_id),
        "against": why_not_resume(subject, today),
        "subject": subject,
    }
