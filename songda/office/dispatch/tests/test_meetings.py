"""Meetings, special cases, supervision sheets."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands.tests.board import lay
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.actions import step_case
from songda.ledger.cases.models import Case, CaseClock
from songda.ledger.cases.queries.duty import alerts_for
from songda.ledger.cases.queries.record import sheet_of
from songda.office.dispatch import actions, queries
from songda.office.dispatch.access import sheets_visible_to
from songda.office.dispatch.actions import Decided
from songda.office.dispatch.models import Decision
from songda.registry.people.tests.cast import DAY, NOW, enter

ONE_DAY = dt.timedelta(days=1)
WEEK = 7 * ONE_DAY


@pytest.fixture
def play(cast):
    return lay(cast)


def call(play, at=NOW, kind="break", title="道路建设攻坚会"):
    return actions.call_meeting(kind, title, at.date(), by=play.cast.dispatcher, now=at)


def whys(meeting):
    return [item.why for item in queries.agenda_of(meeting)]


def decided(play, meeting, at=NOW, days=2, **more):
    said = Decided("完成地块拆迁", play.cast.bureau.pk, DAY + days * ONE_DAY, **more)
    return actions.decide(meeting.pk, said, by=play.cast.dispatcher, now=at)


@pytest.mark.row("SVC-47")
def test_a_decision_is_a_task_with_owner_and_date_and_the_next_meeting_begins_with_it(play):
    first = call(play)
    made = decided(play, first)
    assert (made.task.kind.kind.code, made.task.lead_id, made.owner_id) == ("task", play.cast.bureau.pk, play.cast.bureau.pk)
    clock = CaseClock.objects.get(case=made.task, code="resolve")
    assert clock.due_at == dt.datetime(2020, 3, 12, 16, 0, tzinfo=dt.UTC)
    actions.close_meeting(first.pk, "议定拆迁事项", by=play.cast.dispatcher, now=NOW)
    second = call(play, NOW + WEEK)
    assert next((item.why, item.carried_id) for item in queries.agenda_of(second)) == ("decision", made.pk)
    desk, dispatcher = play.cast.desk, play.cast.dispatcher
    step_case(made.task_id, "report", by=desk, now=NOW + WEEK)
    step_case(made.task_id, "verify", by=dispatcher, now=NOW + WEEK)
    assert whys(call(play, NOW + 2 * WEEK, title="再一次")) == []
    assert whys(call(play, NOW + WEEK, kind="weekly", title="周例会")) == []


@pytest.mark.row("SVC-47")
def test_a_wish_without_owner_or_date_is_no_decision(play):
    meeting = call(play)
    with pytest.raises(NotFound):
        actions.decide(meeting.pk, Decided("完成拆迁", 0, DAY), by=play.cast.dispatcher, now=NOW)
    with pytest.raises(Invalid):
        decided(play, meeting, days=-1)
    assert not Decision.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.row("SVC-09")
def test_hard_matters_and_special_cases_past_due_are_on_the_agenda_by_themselves(play):
    plain, hard = (play.file(by=play.cast.desk, title=name, difficulty=name) for name in ("ordinary", "hard"))
    special = actions.open_special(
        "道路拆迁专案", play.cast.lead.post_id, DAY + ONE_DAY, [plain.pk], by=play.cast.dispatcher, now=NOW
    )
    assert whys(call(play, kind="weekly")) == []
    later = call(play, NOW + 2 * ONE_DAY, kind="weekly", title="第二周")
    assert whys(later) == ["special"]
    assert actions.refresh_agenda(later.pk, by=play.cast.dispatcher, now=NOW + 60 * ONE_DAY) == 1
    lines = list(queries.agenda_of(later))
    assert [(one.why, one.special_id, one.case_id) for one in lines] == [("special", special.pk, None), ("hard", None, hard.pk)]
    assert actions.refresh_agenda(later.pk, by=play.cast.dispatcher, now=NOW + 60 * ONE_DAY) == 0


@pytest.mark.row("SVC-09")
def test_a_special_case_has_a_leader_and_a_date_and_is_closed_when_its_matters_are(play):
    case, dispatcher = play.confirmed(), play.cast.dispatcher
    with pytest.raises(NotFound):
        actions.open_special("专案", 0, DAY, [case.pk], by=dispatcher, now=NOW)
    special = actions.open_special("专案", play.cast.lead.post_id, DAY, [case.pk], by=dispatcher, now=NOW)
    with pytest.raises(Conflict, match="另一个专案"):
        actions.open_special("另一", play.cast.lead.post_id, DAY, [case.pk], by=dispatcher, now=NOW)
    with pytest.raises(Conflict, match="1 件"):
        actions.close_special(special.pk, "已解决", by=dispatcher, now=NOW)
    step_case(case.pk, "close", by=dispatcher, now=NOW + ONE_DAY)
    assert actions.close_special(special.pk, "已解决", by=dispatcher, now=NOW + ONE_DAY).closed_at
    again = actions.open_special("复发", play.cast.lead.post_id, DAY + WEEK, [case.pk], by=dispatcher, now=NOW)
    assert queries.specials_listed(dispatcher).get().pk == again.pk


def test_who_keeps_meetings_and_who_sees_them(play):
    meeting = call(play)
    with pytest.raises(NotPermitted):
        actions.call_meeting("break", "x", DAY, by=play.cast.desk, now=NOW)
    with pytest.raises(NotPermitted):
        actions.close_meeting(meeting.pk, "x", by=play.inspector, now=NOW)
    actions.close_meeting(meeting.pk, "纪要", by=play.cast.dispatcher, now=NOW)
    with pytest.raises(Conflict, match="已结束"):
        decided(play, meeting)


def test_a_case_is_put_on_the_agenda_once(play):
    meeting, case = call(play), play.file()
    actions.add_to_agenda(meeting.pk, case.pk, by=play.cast.dispatcher, now=NOW)
    with pytest.raises(Conflict):
        actions.add_to_agenda(meeting.pk, case.pk, by=play.cast.dispatcher, now=NOW)


def test_a_sheet_by_hand_reaches_the_unit_and_is_listed_with_those_of_the_ladder(play, client):
    case, bureau = play.assigned(), play.cast.bureau
    sheet = actions.issue_sheet(case.pk, bureau.pk, "三日内办结并书面答复", by=play.cast.dispatcher, now=NOW)
    second = actions.issue_sheet(case.pk, bureau.pk, "仍未办结", by=play.cast.dispatcher, now=NOW + ONE_DAY)
    assert len({sheet.sheet, second.sheet, ""}) == 3
    assert set(sheets_visible_to(play.cast.dispatcher)) == {sheet, second}
    assert sheet in alerts_for(play.cast.desk)
    assert sheet_of(sheet.pk, play.cast.dispatcher)["alert"].pk == sheet.pk
    printed = enter(client, play.cast.desk).get(f"/cases/alerts/{sheet.pk}/sheet/").content.decode()
    assert all(words in printed for words in (sheet.sheet, bureau.name, "三日内办结并书面答复"))
    with pytest.raises(NotPermitted):
        actions.issue_sheet(case.pk, bureau.pk, "x", by=play.cast.desk, now=NOW)
