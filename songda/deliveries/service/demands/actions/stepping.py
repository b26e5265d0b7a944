"""Taking a step with its effects 办理: in one transaction, once for one request, the firm told what it may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access
from songda.deliveries.service.demands.actions.tell_firm import tell_firm
from songda.kernel.errors import Invalid
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Case, CaseStep
from songda.registry.actors import Actor

Effect = Callable[[], object]


@transaction.atomic
def take(case: Case, name: str, said: Said, effect: Effect | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Step the case, then let the effect happen and tell the firm. The same request key again: the first step, and no second effect."""
    repeated = bool(said.request_key) and CaseStep.objects.filter(request_key=said.request_key).exists()
    step = step_case(case.pk, name, replace(said, acting_for=said.acting_for or access.stands_in(case, by)), by=by, now=now)
    if repeated:
        return step
    case.refresh_from_db()
    if effect is not None:
        effect()
    if said.told.strip():
        tell_firm(case, step, said.told, now=now)
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
