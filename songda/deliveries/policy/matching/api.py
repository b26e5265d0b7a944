"""Verdicts for programs: every published measure as it stands for one firm, with each condition, its value, day and source."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.matching import queries
from songda.deliveries.policy.matching.queries import FirmVerdict
from songda.kernel import clock
from songda.kernel.api.doors import reads
from songda.kernel.api.shapes import Day, Id
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for

router = Router()


class VerdictValue(Schema):
    """A value that a condition looked at, and what is wrong with it, if anything."""

    fact: str
    name: str
    value: str
    as_of: dt.date | None
    source: str
    cause: str


class VerdictReason(Schema):
    """One condition of the rule as judged; `matters`: it decides, or could still change, the verdict."""

    text: str
    answer: str
    matters: bool
    used: list[VerdictValue]


class VerdictChange(Schema):
    """One fact to change for a 是."""

    fact: str
    name: str
    now: str
    needed: str
    fixed: bool


class Verdict(Schema):
    """是, 否 or 待核, with why; `fen`: the sum expected, in fen, with its steps; `settling`: facts that would settle a 待核."""

    version_id: int
    title: str
    answer: str
    fen: int | None
    steps: list[str]
    reasons: list[VerdictReason]
    changes: list[VerdictChange]
    settling: list[str]


class Verdicts(Schema):
    """All of them, 是 first."""

    subject_id: int
    on: dt.date
    items: list[Verdict]


class Asked(Schema):
    """As of which day (today)."""

    on: Day | None = None


@reads(router, "/subjects/{subject_id}/verdicts", "push.see firm.read", Verdicts, _("主体对各项措施的判定与理由"))
def verdicts(request: ActingRequest, subject_id: Annotated[Id, Path()], asked: Query[Asked]) -> Verdicts:
    """The published measures that reach a subject in scope, judged on its facts."""
    subject, on = subject_for(subject_id, request.actor), asked.on or clock.day_of(clock.now())
    found = queries.verdicts_for(subject.pk, on=on)
    seen = set(measures_visible_to(request.actor).filter(pk__in=[one.version.pk for one in found]).values_list("pk", flat=True))
    return Verdicts(subject_id=subject.pk, on=on, items=[told(one) for one in found if one.version.pk in seen])


def told(one: FirmVerdict) -> Verdict:
    """A verdict as programs see it: personal values are no part of it."""
    reasons = [
        VerdictReason(
            text=reason.text, answer=reason.answer.value, matters=reason.matters,
            used=[
                VerdictValue(fact=it.fact, name=it.name, value=it.value, as_of=it.as_of, source=it.source, cause=it.cause.value)
                for it in reason.used
            ],
        )
        for reason in one.verdict.reasons
    ]  # fmt: skip
    changes = [
        VerdictChange(fact=it.fact, name=it.name, now=it.now, needed=it.needed, fixed=it.fixed) for it in one.verdict.changes
    ]
    return Verdict(
        version_id=one.version.pk, title=one.version.title, answer=one.answer.value, fen=one.fen,
        steps=list(one.sum.steps) if one.sum else [], reasons=reasons, changes=changes, settling=list(one.verdict.settling),
    )  # fmt: skip
