"""New documents: aged, digested, handed on, pushed, and measured (POL-09)."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.tests.texts import CITY
from songda.deliveries.policy.watch import actions, packs, queries
from songda.deliveries.policy.watch.actions import NewArrival, Text
from songda.deliveries.policy.watch.models import Reminder
from songda.deliveries.policy.watch.queries import Digest
from songda.deliveries.policy.watch.tests.arrivals import DIGEST, ONE_DAY, arrive, digested, push_of, with_document
from songda.kernel import clock
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.tests.ground import lay
from songda.registry.actors import system
from songda.registry.facts.tests import cast as facts
from songda.registry.people.tests.cast import DAY, NOW


def test_the_clock_runs_from_receipt_and_counts_working_days(cast):
    one = arrive(cast, on=dt.date(2020, 3, 6), issued=dt.date(2020, 3, 4))  # a Friday
    assert clock.day_of(one.due_at) == dt.date(2020, 3, 11)
    assert one.state == "received"
    with pytest.raises(Invalid):
        arrive(cast, on=DAY + ONE_DAY)
    with pytest.raises(NotPermitted):
        actions.receive_arrival(NewArrival("x", "y", "letter", cast.other_zone.area_path, DAY), by=cast.editor, now=NOW)


def test_a_pack_sets_the_limits_and_the_sweep_follows(cast):
    one = arrive(cast)
    body = {"clocks": [{"code": "digest", "amount": 1, "count": "working_days"}, {"code": "push", "amount": 1, "count": "days"}]}
    assert packs.load([{**body, "reminders": [5]}], by=system(), now=NOW) == 1
    assert packs.load([{**body, "reminders": [5]}], by=system(), now=NOW) == 0
    actions.sweep(now=NOW)
    one.refresh_from_db()
    assert clock.day_of(one.due_at) == DAY + ONE_DAY


@pytest.mark.row("POL-09")
def test_a_text_is_read_and_drafts_the_digest_that_a_person_writes(cast):
    facts.catalogue()
    one = actions.read_arrival(arrive(cast).pk, Text(CITY, "city"), by=cast.editor, now=NOW)
    assert one.document is not None
    assert one.document.articles.exists()
    assert [version.title for version in queries.measures_of(one.document)]
    assert queries.draft_of(one).whats_new
    other = actions.read_arrival(arrive(cast, "同一通知").pk, Text(CITY, "city"), by=cast.editor, now=NOW)
    assert (other.document_id, Document.objects.count()) == (one.document_id, 1)
    with pytest.raises(Conflict):
        actions.read_arrival(one.pk, Text(CITY, "city"), by=cast.editor, now=NOW)
    with pytest.raises(Invalid):
        actions.summarise_arrival(one.pk, Digest("新", "", "怎么办"), by=cast.editor, now=NOW)


@pytest.mark.row("POL-09")
def test_a_digest_hands_on_tasks_that_stand_in_the_ledger(cast):
    lay()
    one = actions.summarise_arrival(
        arrive(cast).pk, DIGEST, by=cast.editor, now=NOW, tasks={"push": cast.bureau.pk, "decompose": cast.bureau.pk}
    )
    tasks = {task.kind: task.case for task in one.tasks.all()}
    assert {case.lead_id for case in tasks.values()} == {cast.bureau.pk}
    assert all(case.open and case.due_at is not None for case in tasks.values())
    with pytest.raises(Conflict):
        actions.hand_on(one.pk, "push", cast.bureau.pk, by=cast.editor, now=NOW)


@pytest.mark.row("POL-09")
def test_a_push_of_its_measures_is_noticed_and_one_by_hand_needs_a_word(cast):
    one, other = digested(cast), digested(cast, title="第二份通知")
    push = push_of(cast, with_document(cast, one), at=NOW + ONE_DAY)
    assert actions.sweep(now=NOW + ONE_DAY).pushed == 1
    one.refresh_from_db()
    assert (one.state, one.push_id, one.pushed_at, one.due_at) == ("pushed", push.pk, NOW + ONE_DAY, None)
    with pytest.raises(Invalid):
        actions.record_push(other.pk, push.pk, by=cast.editor, now=NOW)
    done = actions.record_push(other.pk, push.pk, by=cast.dispatcher, now=NOW, note="随第一份一并告知")
    assert done.state == "pushed"
    with pytest.raises(NotFound):
        actions.record_push(arrive(cast).pk, push_of(cast, at=NOW - 9 * ONE_DAY).pk, by=cast.editor, now=NOW)


@pytest.mark.row("POL-09")
def test_nothing_sits_past_its_limit_without_an_alert_and_reading_one_ends_nothing(cast):
    one = arrive(cast)
    late = NOW + 7 * ONE_DAY
    assert [row.pk for row in queries.timeliness(cast.editor, DAY, DAY, now=late).silent] == [one.pk]
    assert actions.sweep(now=late).reminded == 2  # the editor and the dispatcher
    assert actions.sweep(now=late).reminded == 0
    found = queries.timeliness(cast.editor, DAY, DAY, now=late)
    assert (found.late, found.silent) == (1, ())
    mine = Reminder.objects.get(post_id=cast.editor.post_id)
    actions.acknowledge(mine.pk, by=cast.editor, now=late)
    assert [need.count for need in queries.needs(cast.editor, late)] == [1, 1]  # still late, still waiting
    assert actions.sweep(now=late + ONE_DAY).reminded == 2
    with pytest.raises(NotFound):
        actions.acknowledge(Reminder.objects.latest("pk").pk, by=cast.desk, now=late)


@pytest.mark.row("POL-09")
def test_median_and_worst_are_shown_with_how_many_were_measured(cast):
    for days in (1, 2, 5):
        one = digested(cast, title=f"第{days}份", now=NOW + days * ONE_DAY)
        push = push_of(cast, at=NOW + (days + 1) * ONE_DAY)
        if days > 1:
            actions.record_push(one.pk, push.pk, by=cast.editor, now=NOW + 9 * ONE_DAY, note="示例")
    undated = arrive(cast, "无发文日期")
    type(undated).objects.filter(pk=undated.pk).update(issued_on=None)
    actions.set_aside(arrive(cast, "不适用").pk, "不适用于本辖区", by=cast.editor, now=NOW)
    found = queries.timeliness(cast.editor, DAY, DAY, now=NOW + 9 * ONE_DAY)
    spans = {span.code: (span.measured, span.total, span.median, span.worst) for span in found.spans}
    assert (found.total, found.set_aside) == (4, 1)
    assert spans["receipt"] == (3, 4, "2", 2)
    assert spans["digest"] == (3, 4, "2", 5)
    assert spans["push"] == (2, 4, "1", 1)
    assert spans["whole"] == (2, 4, "6.5", 8)
    assert next(span.worst_of for span in found.spans if span.code == "whole").title == "第5份"


def test_set_aside_stops_the_clock_and_can_be_taken_up(cast):
    one = actions.set_aside(arrive(cast).pk, "不适用", by=cast.editor, now=NOW)
    assert one.due_at is None
    with pytest.raises(Invalid):
        actions.set_aside(arrive(cast).pk, " ", by=cast.editor, now=NOW)
    back = actions.resume(one.pk, by=cast.editor, now=NOW + 6 * ONE_DAY)
    assert clock.day_of(back.due_at) > DAY + 6 * ONE_DAY


def test_who_sees_the_queue(cast):
    one = arrive(cast)
    assert [queries.arrivals_listed(who, now=NOW).count() for who in (cast.desk, cast.street, cast.stranger, cast.clerk)] == [
        1,
        1,
        0,
        0,
    ]
    with pytest.raises(NotPermitted):
        actions.summarise_arrival(one.pk, DIGEST, by=cast.desk, now=NOW)
