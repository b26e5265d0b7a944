"""Desks: enquiries, roster, knowledge, hotlines."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter

from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.actions import NewEnquiry
from songda.deliveries.service.helping.models import Call, Duty
from songda.deliveries.service.helping.rules.calls import CallRow
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.models import Case
from songda.registry.calendars.actions import Special, load_days
from songda.registry.people.actions import Leave, note_absence
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, hire

HOUR = dt.timedelta(hours=1)


def ask(cast, channel="phone", **more):
    return actions.record_enquiry(
        NewEnquiry(channel, "口罩在哪里买？", cast.firm.pk, "示例联系人", **more), by=cast.desk, now=NOW
    )


@pytest.mark.row("SVC-30")
def test_channels_sum_to_the_total_and_the_first_answer_is_timed(cast):
    for channel in ("phone", "phone", "mail", "wechat", "counter"):
        one = ask(cast, channel)
    answered = actions.answer_enquiry(one.pk, "见附件名单", by=cast.desk, now=NOW + HOUR)
    assert answered.answered_at - answered.asked_at == HOUR
    found = queries.by_channel(cast.desk, DAY, DAY)
    assert dict(found.rows) == {"phone": 2, "mail": 1, "wechat": 1, "counter": 1}
    assert sum(n for _channel, n in found.rows) == found.total == 5
    with pytest.raises(Conflict):
        actions.answer_enquiry(one.pk, "再答", by=cast.desk, now=NOW)


def test_sent_twice_is_kept_once(cast):
    assert ask(cast, request_key="k").pk == ask(cast, request_key="k").pk


def test_an_enquiry_becomes_a_case_once(board):
    one = ask(board.cast, "wechat")
    officer = board.cast.desk
    case = actions.convert_enquiry(one.pk, "采购口罩", by=officer, now=NOW)
    assert (case.channel, case.subject_id, case.text) == ("chat", board.cast.firm.pk, "口罩在哪里买？")
    assert actions.convert_enquiry(one.pk, "采购口罩", by=officer, now=NOW).pk == case.pk
    assert Case.objects.count() == 1


@pytest.mark.row("SVC-44")
def test_what_is_not_answered_in_time_is_listed(board):
    cast = board.cast
    late, quick = ask(cast), ask(cast)
    actions.answer_enquiry(quick.pk, "已答", by=cast.desk, now=NOW + HOUR)
    found = queries.response(cast.desk, now=NOW + 25 * HOUR)
    assert (found.due, found.in_time, [one.pk for one in found.enquiries]) == (2, 1, [late.pk])
    actions.answer_enquiry(late.pk, "已答", by=cast.desk, now=NOW + 26 * HOUR)
    found = queries.response(cast.desk, now=NOW + 27 * HOUR)
    assert (found.due, found.in_time, found.waiting) == (2, 1, 0)
    board.file()
    assert queries.response(cast.dispatcher, now=NOW + 30 * HOUR).waiting == 1


def test_enquiries_of_another_place_are_out_of_sight(cast):
    one = ask(cast)
    with pytest.raises(NotFound):
        actions.answer_enquiry(one.pk, "x", by=cast.stranger, now=NOW)


@pytest.mark.row("SVC-30")
def test_a_roster_over_a_year_with_spring_festival_has_no_gap(cast):
    load_days(
        [Special(dt.date(2020, 1, 24) + dt.timedelta(days=n), False, "春节") for n in range(10)], by=cast.dispatcher, now=NOW
    )
    posts = [cast.desk.post_id, hire(Role.DEPARTMENT_DESK, at=cast.bureau, name="示例乙").post_id, cast.lead.post_id]
    year = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    assert actions.plan_duty(cast.bureau.pk, posts, year, by=cast.dispatcher, now=NOW) == 366
    assert queries.duty_gaps(cast.bureau.pk, *year) == []
    assert actions.plan_duty(cast.bureau.pk, posts, year, by=cast.dispatcher, now=NOW) == 0
    Duty.objects.filter(unit=cast.bureau, day=dt.date(2020, 1, 25)).delete()
    gap = queries.duty_gaps(cast.bureau.pk, *year)
    assert [(one.day, one.called) for one in gap] == [(dt.date(2020, 1, 25), "春节")]


def test_leave_without_a_deputy_is_a_gap_on_the_roster(cast):
    week = DAY, DAY + dt.timedelta(days=6)
    actions.plan_duty(cast.bureau.pk, [cast.desk.post_id], week, by=cast.dispatcher, now=NOW)
    note_absence(cast.desk.post_id, Leave(DAY, DAY + dt.timedelta(days=1)), by=cast.desk, now=NOW)
    assert [one.away for one in queries.duty_gaps(cast.bureau.pk, *week)] == [True, True]
    with pytest.raises(NotPermitted):
        actions.plan_duty(cast.bureau.pk, [cast.desk.post_id], week, by=cast.desk, now=NOW)


def test_settled_answers_are_found_by_every_word(cast):
    actions.write_knowledge("口罩哪里买", "向区商务局申请平价口罩", by=cast.desk, now=NOW, keywords="防疫 物资")
    assert queries.known_answers(cast.desk, "口罩 商务局").count() == 1
    assert queries.known_answers(cast.desk, "口罩 贷款").count() == 0
    assert queries.known_answers(cast.street, "物资").count() == 1
    assert queries.known_answers(cast.stranger, "").count() == 0


@pytest.fixture
def line(board):
    return actions.open_hotline("68880001", "招工引才", board.cast.bureau.pk, by=board.cast.dispatcher, now=NOW)


@pytest.mark.row("SVC-31")
def test_a_missed_call_is_a_task_to_call_back_and_the_rate_shows_both_numbers(board, line):
    cast = board.cast
    for n, answered in enumerate((True, True, False)):
        topic = "招工" if n else "补贴"
        actions.log_call(
            line.pk, CallRow(NOW + n * HOUR, f"138{n}", answered=answered, topic=topic), by=cast.desk, now=NOW + 3 * HOUR
        )
    missed = Call.objects.get(answered=False)
    assert (missed.callback.kind.kind.code, missed.callback.lead_id, missed.callback.open) == ("task", cast.bureau.pk, True)
    found = queries.lines(cast.desk, DAY, DAY)
    assert [(one.offered, one.answered, one.to_call_back) for one in found] == [(3, 2, 1)]
    assert queries.topics_on(cast.desk, DAY) == [("招工", 2), ("补贴", 1)]
    actions.log_call(line.pk, CallRow(missed.at, missed.caller, answered=False), by=cast.desk, now=NOW)
    assert Case.objects.count() == 1


def sheet(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for at, row in enumerate([["热线号码", "来电时间", "主叫号码", "结果", "话题", "通话秒数"], *rows]):
            page.write_row(at, 0, row)
    return path


@pytest.mark.row("SVC-31")
def test_call_records_come_in_whole_or_not_at_all_and_once(board, line, tmp_path):
    cast, good = board.cast, ["68880001", "2020-03-10 09:30", "1380", "未接", "招工", "0"]
    bad = sheet(
        tmp_path / "bad.xlsx",
        [good, ["68889999", "2020-03-10 09:31", "1381", "已接", "", "9"], ["68880001", "?", "1", "已接", "", ""]],
    )
    refused = actions.import_calls(bad, by=cast.desk, now=NOW)
    assert [number for number, _cells, _why in refused.refused] == [3, 4]
    assert not Call.objects.exists()
    fine = sheet(tmp_path / "fine.xlsx", [good, ["68880001", "2020-03-10 10:30", "1381", "已接", "补贴", "61"]])
    assert (done := actions.import_calls(fine, by=cast.desk, now=NOW)).kept == 2
    assert done.missed == 1
    assert actions.import_calls(fine, by=cast.desk, now=NOW).known == 2
    assert Call.objects.count() == 2


def test_a_line_has_an_owner_and_its_number_once(board, line):
    with pytest.raises(Conflict):
        actions.open_hotline("68880001", "求职", board.cast.bureau.pk, by=board.cast.dispatcher, now=NOW)
    with pytest.raises(NotFound):
        actions.open_hotline("68880002", "求职", 0, by=board.cast.dispatcher, now=NOW)
    with pytest.raises(Invalid):
        actions.open_hotline("", "求职", board.cast.bureau.pk, by=board.cast.dispatcher, now=NOW)
