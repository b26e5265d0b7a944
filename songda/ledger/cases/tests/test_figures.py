"""Published counts, who found what, and what comes back: all from steps, the same whenever they are counted."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.cases import queries
from songda.ledger.cases.models import Case, Counter, Group
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay, walk
from songda.registry.people.tests.cast import NOW

CLOSED = ("assign", "take", "propose", "confirm", "close")
EVERYBODY = anybody()


@pytest.mark.row("SVC-06")
@pytest.mark.row("SVC-07")
def test_eight_solved_and_five_open_stay_so_at_their_moment(cast):
    """上街区住建局: 已为企业解决堵点 8 条，正在推进 5 条 — reproduced at its as-of time after everything has moved on."""
    lay()
    for n in range(8):
        walk(demand(cast, title=f"堵点{n}"), *(("solve_on_spot", "confirm", "close") if n < 3 else CLOSED))
    still = [walk(demand(cast, title=f"推进{n}"), "assign", "take") for n in range(5)]
    told_at = NOW + DAY
    before = queries.counts_as_of(EVERYBODY, told_at)
    assert (before.total, before.closed, before.open, before.on_spot) == (13, 8, 5, 3)
    assert before.by_kind == {"企业诉求": (8, 5)}
    for case in still:
        walk(case, "propose", "confirm", "close", start=told_at + DAY)
    walk(Case.objects.get(title="堵点5"), "reopen", start=told_at + 2 * DAY)
    demand(cast, title="后来的", now=told_at + DAY)
    assert queries.counts_as_of(EVERYBODY, told_at) == before
    later = queries.counts_as_of(EVERYBODY, told_at + 10 * DAY)
    assert (later.total, later.closed, later.open) == (14, 12, 2)
    assert queries.counts_as_of(EVERYBODY, NOW - DAY).total == 0


def test_counts_are_of_what_is_in_sight(cast):
    lay()
    demand(cast)
    assert queries.counts_as_of(cast.street, NOW + HOUR).total == 1
    assert queries.counts_as_of(cast.stranger, NOW + HOUR).total == 0


@pytest.mark.row("SVC-06")
def test_a_number_is_never_used_again(cast):
    lay()
    first = [demand(cast, title=f"事项{n}").number for n in range(3)]
    Case.objects.filter(number=first[-1]).update(
        number="moved-away"
    )  # rows are never deleted; even one that is gone leaves its number used
    assert demand(cast, title="又一件").number not in first
    assert Counter.objects.get().last == 4


@pytest.mark.row("SVC-58")
def test_the_proactive_share_by_unit_and_month(cast):
    lay()
    for n, origin in enumerate(("firm", "officer", "signal", "firm", "meeting")):
        case = demand(cast, title=f"事项{n}", origin=origin)
        Case.objects.filter(pk=case.pk).update(lead=cast.bureau)
    case = demand(cast, title="四月", now=NOW + 40 * DAY, origin="officer")
    shares = queries.origin_shares(cast.dispatcher, dt.date(2020, 3, 1), dt.date(2020, 4, 30))
    assert [(one.unit, one.month, one.total, one.proactive) for one in shares] == [
        ("甲区科工信局", dt.date(2020, 3, 1), 5, 2),
        ("", dt.date(2020, 4, 1), 1, 1),
    ]
    assert queries.origin_shares(cast.stranger, dt.date(2020, 3, 1), dt.date(2020, 4, 30)) == []


@pytest.mark.row("SVC-63")
def test_the_same_cause_three_times_is_a_proposal_and_its_effect_is_measured_over_equal_periods(cast):
    lay()
    numbers = [demand(cast, title=f"{cause}{n}", now=NOW + n * DAY).pk for n, cause in enumerate("甲甲甲甲乙乙")]
    for number, cause in zip(numbers, "甲甲甲甲乙乙", strict=True):
        Case.objects.filter(pk=number).update(cause=cause)
    found = queries.recurrences(EVERYBODY, since=NOW - DAY)
    assert [(one.cause, one.cases, one.firms) for one in found] == [("甲", 4, 1)]
    assert set(found[0].case_ids) == set(numbers[:4])
    group = Group.objects.create(title="共性", cause="甲", area_path="4101/", opened_at=NOW, changed_on=dt.date(2020, 3, 13))
    effect = queries.effect_of(group, on=dt.date(2020, 3, 18))
    assert (effect.days, effect.before, effect.after) == (5, 3, 1)
    assert queries.effect_of(group, on=dt.date(2020, 3, 13)) is None
    Case.objects.filter(cause="甲").update(group=group)
    assert queries.recurrences(EVERYBODY, since=NOW - DAY) == []
