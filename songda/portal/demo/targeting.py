"""Yearly targets 全年目标 of two territories with what came in so far, and two projects on their way into the statistical register.

Every number is invented. One month is late, one target was raised, one project is in and one still lacks its permit.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.models import Case
from songda.ledger.evidence.actions import Given, store_evidence
from songda.office.economy import actions
from songda.office.economy.actions import NewEntry, NewTarget, Proof
from songda.office.economy.models import Target
from songda.office.indicators.actions import NewValue, record_value
from songda.registry.actors import Actor, house
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.queries import by_code
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

Who = Callable[[str], Actor]  # the acting post of a demonstration account
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PAPER = "（演示）2020年国民经济和社会发展计划"
# indicator → target of the year, the first two months of last year and of this, in 万元; each territory takes its part of them
PLANS: Mapping[str, tuple[int, int, int]] = {
    "industrial-output": (3_860_000, 548_200, 561_900),
    "investment-completed": (2_150_000, 196_400, 318_700),
    "retail-sales": (1_640_000, 268_300, 231_500),
    "foreign-trade-volume": (920_000, 141_600, 150_300),
}
TERRITORIES = (("410172", Fraction(1)), ("410103", Fraction(3, 5)))
STARTED = (("start", 0), ("investment", 12_600_000), ("permit", 0))


def targets_set() -> bool:
    """Whether it was done before."""
    return Target.objects.filter(demonstration=True).exists()


@transaction.atomic
def set_targets(who: Who, *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Targets, values and entries; how many targets. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示目标只能在演示环境中登记。"))
    office = house("targets.edit", "figures.edit")
    year = clock.day_of(now).year
    for code, part in TERRITORIES:
        unit = by_code(code)
        for indicator, (whole, before, after) in PLANS.items():
            new = NewTarget(indicator, unit.pk, year, Fraction(round(whole * part)), PAPER, demonstration=True)
            actions.set_target(new, by=office, now=clock.start_of(dt.date(year, 1, 20)))
            for since, number in ((year - 1, before), (year, after)):
                _value(indicator, unit, since, Fraction(round(number * part)), office, now)
    raised = NewTarget(
        "industrial-output",
        by_code(TERRITORIES[0][0]).pk,
        year,
        Fraction(3_900_000),
        PAPER,
        reason=_("（演示）年中加压"),
        demonstration=True,
    )
    last = actions.set_target(raised, by=office, now=now - DAY)
    made = _entries(who("street"), who("dispatcher"), now)
    record("demo.targets", last, by=by, now=now, after={"targets": Target.objects.count(), "entries": made})
    return Target.objects.count()


def _value(code: str, unit: Organisation, year: int, number: Fraction, by: Actor, now: dt.datetime) -> None:
    """January and February of a year as one number, as statistics publish them; trade came in after its day."""
    until = clock.start_of(dt.date(year, 3, 1))
    new = NewValue(code, unit.pk, until, number, dt.date(year, 1, 1), source=_("（演示）统计部门月报"), demonstration=True)
    late = 17 if code == "foreign-trade-volume" else 11
    record_value(new, by=by, now=min(now, until + late * DAY))


def _entries(street: Actor, dispatcher: Actor, now: dt.datetime) -> int:
    """Two projects of a street: one accepted this month, one that still lacks its last condition."""
    projects = visible_to(street).filter(kind=Subject.Kind.PROJECT, demonstration=True).order_by("pk")[:2]
    for place, project in enumerate(projects):
        begun = now - 6 * DAY
        text = _("（演示）项目已开工，申请纳入固定资产投资统计。")
        case = actions.apply_for_entry(NewEntry(project.pk, text, demonstration=True), by=street, now=begun)
        for condition, amount in STARTED[: len(STARTED) - place]:
            papers = [_paper(case, condition, street, begun + HOUR)]
            actions.prove_condition(case.pk, Proof(condition, papers, amount=amount), by=street, now=begun + HOUR)
        if not place:
            actions.report_entry(case.pk, _("材料齐备。"), by=street, now=begun + DAY)
            month = f"{clock.day_of(now):%Y-%m}"
            actions.accept_entry(case.pk, month, _("同意入库。"), by=dispatcher, now=begun + 2 * DAY)
    return len(projects)


def _paper(case: Case, name: str, by: Actor, now: dt.datetime) -> int:
    words = _("演示凭证：统计入库的证明材料（%(name)s）。") % {"name": name}
    kept = store_evidence(
        io.BytesIO(words.encode()), name=f"{name}.txt", kind="record", given=Given(subject_id=case.subject_id), by=by, now=now
    )
    return kept.pk
