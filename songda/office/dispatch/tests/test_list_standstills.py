"""The daily list: what stands still appears the next morning, once, and stays as it was."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands.tests.board import lay
from songda.kernel import clock
from songda.ledger.cases.actions import Said, step_case
from songda.office.dispatch import actions, queries
from songda.office.dispatch.models import Standstill
from songda.registry.people.tests.cast import enter

FIFTH, MORNING = dt.date(2020, 3, 17), dt.date(2020, 3, 18)  # moved on Tuesday the tenth


@pytest.fixture
def play(cast):
    return lay(cast)


def six_of(day):
    return clock.start_of(day) + dt.timedelta(hours=6)


@pytest.mark.row("SVC-07")
def test_what_stands_still_is_listed_the_next_morning_and_stays_listed(play):
    case = play.working(title="停滞的")
    assert actions.list_standstills(now=six_of(FIFTH)) == 0, "its fifth working day is not over"
    assert actions.list_standstills(now=six_of(MORNING)) == 1
    assert actions.list_standstills(now=six_of(MORNING)) == 0, "a worker that ran twice"
    line = queries.standstills(play.cast.dispatcher, MORNING).get()
    assert (line.case, line.lead_id, line.holder_id, line.days) == (case, case.lead_id, case.holder_id, 5)
    step_case(case.pk, "progress", Said(note="已联系"), by=play.cast.desk, now=six_of(MORNING) + dt.timedelta(hours=3))
    assert queries.standstills(play.cast.dispatcher, MORNING).count() == 1, "the list of a morning is not rewritten"
    assert actions.list_standstills(now=six_of(MORNING + dt.timedelta(days=1))) == 0
    assert queries.units_listed(play.cast.dispatcher, MORNING) == [(case.lead_id, str(case.lead.name), 1)]


@pytest.mark.row("SVC-07")
def test_the_page_lists_by_unit_in_ones_own_territory(play, client, settings, monkeypatch, django_assert_max_num_queries):
    for n in range(3):
        play.working(title=f"停滞{n}")
    actions.list_standstills(now=six_of(MORNING))
    monkeypatch.setattr(clock, "now", lambda: six_of(MORNING))
    dispatcher = enter(client, play.cast.dispatcher)
    dispatcher.get("/sheets/daily/")
    with django_assert_max_num_queries(11):
        page = dispatcher.get("/sheets/daily/").content.decode()
    assert all(f"停滞{n}" in page for n in range(3))
    assert "仍无进展" in page
    assert "停滞0" in dispatcher.get("/sheets/daily/", {"on": MORNING.isoformat()}).content.decode()
    assert "这一天没有停滞事项" in dispatcher.get("/sheets/daily/", {"on": FIFTH.isoformat(), "lead": "x"}).content.decode()
    assert not queries.standstills(play.cast.stranger, MORNING).exists()
    assert Standstill.objects.count() == 3
