"""Violations across forms 疑点清单, and the history of one."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from songda.office.returns.access import violations_visible_to
from songda.office.returns.models import Violation
from songda.office.returns.states import Cause, ViolationState
from songda.registry.actors import Actor


def violations_asked(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Violation]:
    """Violations by what is asked: `state`, `importance`, `cause`, `sort` (the rule's own code, as over_100), `unit`; open and weighty first."""
    rows = violations_visible_to(actor)
    for name, allowed in (("state", ViolationState.values), ("cause", Cause.values), ("importance", ("block", "warn"))):
        if asked.get(name, "") in allowed:
            rows = rows.filter(**{name: asked[name]})
    if sort := asked.get("sort", ""):
        rows = rows.filter(rule__startswith=sort)
    if unit := asked.get("unit", "").strip():
        rows = rows.filter(Q(owner__name__contains=unit) | Q(owner__short_name__contains=unit))
    opened = When(state=ViolationState.OPEN, then=Value(0))
    weighty = When(importance="block", then=Value(0))
    rows = rows.annotate(
        turn=Case(opened, default=Value(1), output_field=IntegerField()),
        weight=Case(weighty, default=Value(1), output_field=IntegerField()),
    )
    return rows.order_by("turn", "weight", "opened_at", "pk")


def counts(actor: Actor) -> dict[str, int]:
    """How many violations stand in each state."""
    return dict(violations_visible_to(actor).order_by().values_list("state").annotate(Count("pk")))
