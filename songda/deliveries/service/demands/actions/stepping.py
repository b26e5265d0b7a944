"""Taking a step with its effects 办理: in one transaction, and once for one request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.errors import Invalid
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Case, CaseStep
from songda.registry.actors import Actor

Effect = Callable[[], object]


@transaction.atomic
def take(case: Case, name: str, said: Said, effect: Effect | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Step the case (which tells the firm), then let the effect happen. The same request key again: the first step, no second effect."""
    repeated = bool(said.request_key) and CaseStep.objects.filter(request_key=said.request_key).exists()
    step = step_case(case.pk, name, said, by=by, now=now)
    if effect is not None and not repeated:
        case.refresh_from_db()
        effect()
    return step


def must_note(said: Said, sentence: str) -> None:
    """Refuse a step whose reason is missing."""
    if not said.note.strip():
        raise Invalid(sentence, fields={"note": sentence})


def must_tell(said: Said, sentence: str) -> None:
    """Refuse a step of which the firm is told nothing."""
    if not said.told.strip():
        raise Invalid(sentence, fields={"told": sentence})


def with_default(said: Said, told: str) -> Said:
    """What the firm is told when the handler wrote nothing of his own."""
    return said if said.told.strip() else replace(said, told=told)


def plus(said: Said, used: dict[str, object] | None = None, **changes: object) -> Said:
    """What was said, with what the step stands on and the columns it writes."""
    return replace(said, used={**said.used, **(used or {})}, changes={**said.changes, **changes})


def refuse(fault: str, field: str = "") -> None:
    """Raise Invalid for a fault; nothing for none."""
    if fault:
        raise Invalid(_("未办理：%(fault)s") % {"fault": fault}, fields={field: fault} if field else {})
