"""The report of checks 核对报告: how many of each class hold, fail or cannot be checked, and whether that is as expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from songda.office.indicators.access import checks_visible_to
from songda.office.indicators.models import Check, CheckMember
from songda.office.indicators.queries.evidence import Tried, named, spelled_checks
from songda.office.indicators.states import CheckClass, Outcome
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of checks."""

    value: str
    label: str
    total: int
    holds: int
    fails: int
    open: int
    unexpected: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Counts over all checks, and by class; `both_printed` have a printed figure to compare with, `derived` have none."""

    total: int
    holds: int
    fails: int
    open: int
    unexpected: int
    both_printed: int
    classes: Sequence[ClassLine]


def check_report(actor: Actor) -> CheckReport:
    """The counts, in one query."""
    counted = checks_visible_to(actor).values("check_class").annotate(
        total=Count("pk"),
        holds=Count("pk", filter=Q(outcome=Outcome.HOLDS)),
        fails=Count("pk", filter=Q(outcome=Outcome.FAILS)),
        open=Count("pk", filter=Q(outcome=Outcome.OPEN)),
        unexpected=Count("pk", filter=Q(agrees=False)),
        printed=Count("pk", filter=~Q(stated="")),
    ).order_by("check_class")  # fmt: skip
    by_class: dict[str, dict[str, Any]] = {row["check_class"]: dict(row) for row in counted}
    sums: Counter[str] = Counter()
    for row in by_class.values():
        sums.update({name: row[name] for name in (*_COUNTS, "printed")})
    lines = [_line(value, str(label), by_class[value]) for value, label in CheckClass.choices if value in by_class]
    return CheckReport(**{name: sums[name] for name in _COUNTS}, both_printed=sums["printed"], classes=lines)


def checks_asked(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Check]:
    """Checks by class, outcome, and whether they came out as expected."""
    rows = checks_visible_to(actor).select_related("source")
    if asked.get("class") in CheckClass.values:
        rows = rows.filter(check_class=asked["class"])
    if asked.get("outcome") in Outcome.values:
        rows = rows.filter(outcome=asked["outcome"])
    if asked.get("unexpected"):
        rows = rows.filter(agrees=False)
    return rows.order_by("outcome", "code")  # no, unknown, yes: what fails comes first


def spelled_page(checks: Sequence[Check], actor: Actor) -> list[Tried]:
    """The checks of a page with the figures they speak of in words, in two queries."""
    codes = CheckMember.objects.filter(of_check__in=list(checks)).values("code")
    return spelled_checks(checks, named(actor, codes))


_COUNTS = ("total", "holds", "fails", "open", "unexpected")


def _line(value: str, label: str, row: Mapping[str, int]) -> ClassLine:
    return ClassLine(value, label, **{name: row[name] for name in _COUNTS})
