"""The schedule in force, and the table of all holdings as a page shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from songda.office.retention.models import Hold, PurgeLine, ScheduleVersion
from songda.office.retention.queries.due import Standing, standing_of
from songda.office.retention.rules.holdings import Holding
from songda.office.retention.rules.schedule import Rule, rule_of
from songda.office.retention.rules.table import HOLDINGS


@dataclass(frozen=True, slots=True)
class Row:
    """A holding with its rule (None: the pack says nothing, so nothing ever ends), how it stands (None: it is kept), marks."""

    holding: Holding
    rule: Rule | None
    standing: Standing | None
    on_hold: bool
    proposed: bool


def rules_in_force() -> dict[str, Rule]:
    """The rules by holding."""
    rows = ScheduleVersion.objects.filter(retired_at=None).values_list("body", flat=True)
    return {rule.code: rule for rule in map(rule_of, rows)}


def rule_for(code: str) -> Rule | None:
    """The rule of one holding that comes to an end; None for one that is kept."""
    rule = rules_in_force().get(code)
    return rule if rule is not None and rule.ends and code in HOLDINGS else None


def table_on(on: dt.date) -> list[Row]:
    """All holdings in the order of the table: those that end first."""
    rules = rules_in_force()
    holds = set(Hold.objects.filter(lifted_at=None).exclude(holding="").values_list("holding", flat=True))
    proposed = set(PurgeLine.objects.filter(standing=True).values_list("holding", flat=True))
    return [row_of(one, rules.get(one.code), on, (one.code in holds, one.code in proposed)) for one in HOLDINGS.values()]


def row_of(holding: Holding, rule: Rule | None, on: dt.date, marks: tuple[bool, bool]) -> Row:
    """One holding on a day."""
    if rule is None or not rule.ends:
        return Row(holding, rule, None, *marks)
    cutoff, later = rule.cutoff(on), rule.cutoff(dt.date(on.year + 1, 12, 31))
    return Row(holding, rule, standing_of(holding, cutoff, rule.action, later), *marks)
