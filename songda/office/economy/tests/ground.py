"""A ground for the room's tests: the pack's parameters and indicators, values of the store, an entry with its papers."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache
from typing import Any

from songda.ledger.cases import packs as cases
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import read
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.office.economy import actions, packs
from songda.office.economy.actions import NewTarget, Proof
from songda.office.indicators.actions import NewValue, record_value
from songda.office.indicators.packs import load_indicators
from songda.registry.actors import Actor, system
from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import NOW

WANTED = (
    "industrial-output", "investment-completed", "foreign-trade-volume", "insured-headcount", "bank-loans", "thanks-letters",
)  # fmt: skip
OUTPUT = "industrial-output"
PAPER = "示例区政府工作报告任务分解（示例政办〔2020〕1号）"


@lru_cache(maxsize=1)
def declared() -> list[dict[str, Any]]:
    return [one for one in read("indicators.yaml")["indicators"] if one["code"] in WANTED]


def lay(*, kinds: bool = False) -> None:
    """Load the parameters (January by itself) and a few indicators; with `kinds`, the kind of entries too."""
    rules = read("economy.yaml")
    packs.load([{**rules, "pace": {**rules["pace"], "joined": []}}], by=system(), now=NOW)
    load_indicators(declared(), by=system(), now=NOW)
    if kinds:
        cases.load([read("kinds/stat-entry.yaml")], by=system(), now=NOW)


def end_of(day: dt.date) -> dt.datetime:
    """24:00 of a day at the place."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.timezone(dt.timedelta(hours=8)))


def value(
    unit: Organisation, code: str, until: dt.date, number: str, by: Actor, *, since: dt.date | None = None, **more: Any
) -> Any:
    """A returned value up to the end of a day; `at`: when it was recorded, `reason`: why it corrects another."""
    at, reason = more.pop("at", NOW), more.pop("reason", "")
    new = NewValue(code, unit.pk, end_of(until), Fraction(number), since=since, source="示例统计局", **more)
    return record_value(new, by=by, now=at, reason=reason)


def target(unit: Organisation, number: str, by: Actor, *, code: str = OUTPUT, year: int = 2020, **more: Any) -> Any:
    return actions.set_target(NewTarget(code, unit.pk, year, Fraction(number), PAPER, **more), by=by, now=more.pop("at", NOW))


def paper(case: Case, name: str = "凭据.pdf") -> Evidence:
    file, _new = StoredFile.objects.get_or_create(
        digest=f"{name}-{case.pk}", defaults={"size": 1, "media_type": "text/plain", "stored_at": NOW}
    )
    return Evidence.objects.create(
        file=file, kind="record", name=name, subject=case.subject, area_path=case.area_path, given_at=NOW, given_name="示例"
    )


def prove_all(case: Case, by: Actor, *, at: dt.datetime = NOW, leave_out: tuple[str, ...] = ()) -> None:
    """Every condition of a project proved, but those left out."""
    for code, amount in (("start", 0), ("permit", 0), ("investment", 8_000_000)):
        if code not in leave_out:
            proof = Proof(code, [paper(case, f"{code}.pdf").pk], amount=amount)
            actions.prove_condition(case.pk, proof, by=by, now=at)
