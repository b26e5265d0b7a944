"""Applications upward (POL-35)."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.watch import actions, queries
from songda.deliveries.policy.watch.actions import Result
from songda.deliveries.policy.watch.models import Reminder
from songda.deliveries.policy.watch.tests.arrivals import ONE_DAY, paper_of, plan, submitted
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.evidence.access import visible_to as evidence_visible_to
from songda.registry.people.tests.cast import DAY, NOW


@pytest.mark.row("POL-35")
def test_the_calendar_shows_every_window_in_each_month_it_is_open(cast):
    plan(cast, "跨月", opens=dt.date(2020, 3, 20), closes=dt.date(2020, 5, 10))
    plan(cast, "跨年", opens=dt.date(2019, 12, 1), closes=dt.date(2020, 1, 31))
    months = {month.first.month: [bid.title for bid in month.bids] for month in queries.months_of(cast.lead, 2020)}
    assert {month: titles for month, titles in months.items() if titles} == {1: ["跨年"], 3: ["跨月"], 4: ["跨月"], 5: ["跨月"]}
    assert not any(month.bids for month in queries.months_of(cast.stranger, 2020))


@pytest.mark.row("POL-35")
def test_a_window_that_closed_with_nothing_handed_in_is_missed_and_listed_with_its_owner(cast):
    bid, done = plan(cast), submitted(cast, title="已申报")
    late = NOW + 21 * ONE_DAY
    assert actions.sweep(now=late).missed == 1
    assert actions.sweep(now=late).missed == 0
    assert [(one.pk, one.owner.pk, one.lead_id) for one in queries.missed(cast.dispatcher)] == [
        (bid.pk, cast.lead.post_id, cast.bureau.pk)
    ]
    done.refresh_from_db()
    assert done.state == "submitted"
    assert set(Reminder.objects.filter(kind="missed").values_list("post_id", flat=True)) == {
        cast.lead.post_id,
        cast.dispatcher.post_id,
    }
    with pytest.raises(Conflict):
        actions.submit_bid(bid.pk, by=cast.lead, now=late)


def test_reminders_before_the_due_day_each_once_and_none_skipped_by_a_sleeping_sweeper(cast):
    plan(cast, due=DAY + 15 * ONE_DAY)
    told = [actions.sweep(now=NOW + days * ONE_DAY).reminded for days in (0, 5, 6, 13, 13, 16)]
    assert told == [0, 1, 0, 1, 0, 2]  # ten days before; three (a day late); the day itself is past, the window still open
    assert Reminder.objects.filter(kind="due_late").count() == 2


@pytest.mark.row("POL-35")
def test_success_is_won_of_submitted_with_the_amount_won(cast):
    first, second = submitted(cast), submitted(cast, title="第二项")
    submitted(cast, title="第三项")
    later = NOW + ONE_DAY
    actions.decide_bid(first.pk, Result(True, DAY, paper_of(cast).pk, 3_000_000_00), by=cast.lead, now=later)
    actions.decide_bid(second.pk, Result(False, DAY, paper_of(cast, "复函.pdf").pk), by=cast.lead, now=later)
    actions.give_up(plan(cast, "放弃项").pk, "条件不符", by=cast.lead, now=later)
    found = queries.success(cast.dispatcher, DAY, DAY + ONE_DAY)
    assert (found.won, found.submitted, found.decided, found.won_fen, found.given_up) == (1, 3, 2, 3_000_000_00, 1)


def test_nothing_is_handed_in_with_papers_lacking_or_outside_the_window(cast):
    bid = plan(cast, papers=("申报书", "审计报告"))
    assert bid.state == "planned"
    actions.tick_paper(bid.papers.get(ordinal=1).pk, ready=True, by=cast.lead, now=NOW)
    bid.refresh_from_db()
    assert bid.state == "preparing"
    with pytest.raises(Conflict, match="审计报告"):
        actions.submit_bid(bid.pk, by=cast.lead, now=NOW)
    early = plan(cast, "未开窗", opens=DAY + 2 * ONE_DAY, papers=())
    with pytest.raises(Conflict, match="窗口"):
        actions.submit_bid(early.pk, by=cast.lead, now=NOW)


def test_a_result_needs_evidence_an_amount_and_a_day_that_has_been(cast):
    bid = submitted(cast)
    paper = paper_of(cast)
    for wrong in (Result(True, DAY, None, 1), Result(True, DAY, paper.pk, None), Result(True, DAY + ONE_DAY, paper.pk, 1)):
        with pytest.raises(Invalid):
            actions.decide_bid(bid.pk, wrong, by=cast.lead, now=NOW)


def test_only_the_lead_unit_editors_and_the_dispatcher_take_steps(cast):
    bid = plan(cast)
    with pytest.raises(NotPermitted):
        actions.give_up(bid.pk, "x", by=cast.leader, now=NOW)
    with pytest.raises(NotFound):
        actions.give_up(bid.pk, "x", by=cast.stranger, now=NOW)
    with pytest.raises(NotFound):
        plan(cast, "别的单位", by=cast.stranger)
    assert actions.give_up(bid.pk, "条件不符", by=cast.dispatcher, now=NOW).state == "given_up"
    with pytest.raises(Invalid):
        plan(cast, "时限晚于窗口", due=DAY + 30 * ONE_DAY)


def test_whoever_sees_an_application_sees_what_its_result_stands_on(cast):
    bid, paper = submitted(cast), paper_of(cast)
    assert not evidence_visible_to(cast.editor).filter(pk=paper.pk).exists()
    actions.decide_bid(bid.pk, Result(False, DAY, paper.pk), by=cast.lead, now=NOW)
    assert evidence_visible_to(cast.editor).filter(pk=paper.pk).exists()
    assert not evidence_visible_to(cast.stranger).filter(pk=paper.pk).exists()
