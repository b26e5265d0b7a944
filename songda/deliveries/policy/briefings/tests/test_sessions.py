"""Briefings: places, who was there, questions (POL-33)."""

from __future__ import annotations

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.models import Attendance, Registration
from songda.deliveries.policy.briefings.tests.talks import HOUR, announced, held, planned
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import lay
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, firm, hire


def clerk_of(subject):
    return hire(Role.ENTERPRISE_CLERK, of=subject)


def test_a_place_is_taken_given_back_and_taken_by_another(cast):
    one, other = announced(cast, capacity=1), clerk_of(cast.neighbour)
    actions.register(one.pk, by=cast.clerk, now=NOW)
    with pytest.raises(Conflict, match="已经报名"):
        actions.register(one.pk, by=cast.clerk, now=NOW)
    with pytest.raises(Conflict, match="名额已满"):
        actions.register(one.pk, by=other, now=NOW)
    actions.cancel_registration(one.pk, by=cast.clerk, now=NOW)
    assert actions.register(one.pk, by=other, now=NOW).slot == 1
    assert actions.register(announced(cast).pk, by=cast.desk, now=NOW, subject_id=cast.firm.pk).subject == cast.firm
    with pytest.raises(NotFound):
        actions.cancel_registration(one.pk, by=cast.clerk, now=NOW)


def test_firms_see_what_is_announced_for_their_places_only(cast):
    one = planned(cast)
    with pytest.raises(NotFound):
        actions.register(one.pk, by=cast.clerk, now=NOW)
    actions.announce_briefing(one.pk, by=cast.desk, now=NOW)
    assert queries.briefings_listed(cast.clerk).count() == 1
    assert queries.briefings_listed(clerk_of(cast.other_firm)).count() == 0
    with pytest.raises(NotFound):
        actions.hold_briefing(one.pk, by=cast.stranger, now=NOW)
    with pytest.raises(NotPermitted):
        actions.hold_briefing(one.pk, by=cast.officer, now=NOW)
    with pytest.raises(Conflict):
        actions.announce_briefing(planned(cast, join_link="").pk, by=cast.desk, now=NOW)


def sheet(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for at, row in enumerate([["企业名称", "统一社会信用代码", "参会人"], *rows]):
            page.write_row(at, 0, row)
    return path


@pytest.mark.row("POL-33")
def test_attendance_by_firm_and_by_person_from_clicks_and_lists_is_never_added(cast, tmp_path):
    one = announced(cast)
    assert actions.join_briefing(one.pk, by=cast.clerk, now=NOW + HOUR) == "https://example.org/live"
    actions.join_briefing(one.pk, by=cast.clerk, now=NOW + HOUR)
    rows = [["", "D0001", "示例甲"], ["示例邻里食品有限公司", "", "示例乙"], ["", "D0001", cast.clerk.name]]
    found = actions.import_attendance(one.pk, sheet(tmp_path / "a.xlsx", rows), by=cast.desk, now=NOW + HOUR)
    assert (found.kept, found.known, found.refused) == (2, 1, [])
    again = actions.import_attendance(one.pk, sheet(tmp_path / "a.xlsx", rows), by=cast.desk, now=NOW + HOUR)
    assert (again.kept, again.known) == (0, 3)
    figures = queries.figures_of([one.pk])[one.pk]
    assert (figures.firms, figures.people) == (2, 3)
    bad = actions.import_attendance(
        one.pk,
        sheet(tmp_path / "b.xlsx", [["", "D0002", "示例丙"], ["没有这家", "", "x"], ["", "D0003", "y"]]),
        by=cast.desk,
        now=NOW,
    )
    assert [number for number, _cells, _why in bad.refused] == [3, 4]
    assert Attendance.objects.count() == 3


def test_the_doors_open_half_an_hour_before_and_places_are_asked_for(cast):
    one = announced(cast, capacity=5)
    with pytest.raises(Conflict, match="先报名"):
        actions.join_briefing(one.pk, by=cast.clerk, now=NOW + HOUR)
    actions.register(one.pk, by=cast.clerk, now=NOW)
    for wrong in (NOW, NOW + 4 * HOUR):
        with pytest.raises(Conflict, match="没有开放"):
            actions.join_briefing(one.pk, by=cast.clerk, now=wrong)
    assert actions.join_briefing(one.pk, by=cast.clerk, now=NOW + HOUR / 2)


def test_a_replay_is_counted_apart(cast):
    one = held(cast)
    with pytest.raises(NotFound):
        actions.watch_replay(one.pk, by=cast.clerk, now=NOW)
    actions.set_replay(one.pk, "https://example.org/replay", by=cast.desk, now=NOW)
    actions.watch_replay(one.pk, by=cast.clerk, now=NOW + 5 * HOUR)
    figures = queries.figures_of([one.pk])[one.pk]
    assert (figures.firms, figures.people, figures.replay_firms) == (0, 0, 1)


@pytest.mark.row("POL-33")
def test_every_question_has_an_answer_or_a_case_before_a_briefing_is_closed(cast):
    lay()
    one = held(cast)
    first = actions.ask(one.pk, "小微企业如何认定？", by=cast.clerk, now=NOW)
    second = actions.ask(one.pk, "补贴何时到账？", by=cast.clerk, now=NOW)
    third = actions.ask(one.pk, "外地员工算不算？", by=cast.desk, now=NOW, asked_name="线上听众")
    with pytest.raises(Conflict, match="3 个提问"):
        actions.close_briefing(one.pk, by=cast.desk, now=NOW)
    actions.answer_question(first.pk, "按统计划型标准", by=cast.desk, now=NOW)
    with pytest.raises(Conflict):
        actions.answer_question(first.pk, "再答", by=cast.lead, now=NOW)
    case = actions.make_case(second.pk, by=cast.desk, now=NOW)
    assert actions.make_case(second.pk, by=cast.desk, now=NOW).pk == case.pk
    assert (case.subject_id, case.open, case.text) == (cast.firm.pk, True, "补贴何时到账？")
    task = actions.make_case(third.pk, by=cast.desk, now=NOW)
    assert (task.subject_id, task.lead_id, task.kind.kind.code) == (None, cast.bureau.pk, "task")
    figures = queries.figures_of([one.pk])[one.pk]
    assert (figures.questions, figures.answered, figures.cases, figures.waiting) == (3, 1, 2, 0)
    assert actions.close_briefing(one.pk, by=cast.desk, now=NOW).state == "closed"
    assert Case.objects.count() == 2
    with pytest.raises(Conflict):
        actions.ask(one.pk, "再问", by=cast.clerk, now=NOW)


@pytest.mark.row("POL-33")
def test_attendance_and_questions_go_out_as_a_workbook(cast, tmp_path):
    one = announced(cast)
    actions.register(one.pk, by=cast.clerk, now=NOW, attendee="=1+1")
    actions.join_briefing(one.pk, by=cast.clerk, now=NOW + HOUR)
    actions.ask(one.pk, "=HYPERLINK(1)", by=cast.clerk, now=NOW)
    path = tmp_path / "out.xlsx"
    path.write_bytes(actions.write_briefing(one.pk, by=cast.desk, now=NOW))
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["概况", "报名", "到会", "提问"]
    assert book.get_sheet_by_name("到会").to_python()[1][0] == cast.firm.name
    assert book.get_sheet_by_name("提问").to_python()[1][2] == "=HYPERLINK(1)"


def test_questions_are_seen_by_the_firm_the_territory_and_the_officer(cast):
    one = held(cast)
    asked = actions.ask(one.pk, "问", by=cast.clerk, now=NOW)
    seen = [queries.questions_listed(who).count() for who in (cast.clerk, cast.desk, cast.officer, cast.street, cast.stranger)]
    assert seen == [1, 1, 1, 1, 0]
    assert queries.questions_listed(hire(Role.ENTERPRISE_CLERK, of=cast.neighbour)).count() == 0
    with pytest.raises(NotFound):
        actions.answer_question(asked.pk, "x", by=cast.stranger, now=NOW)
    with pytest.raises(Invalid):
        actions.ask(one.pk, " ", by=cast.clerk, now=NOW)


def test_a_full_hall_of_many_firms(cast):
    one = announced(cast, capacity=3)
    firms = [firm(f"示例{n}", cast.street_office, f"N{n}") for n in range(4)]
    for subject in firms[:3]:
        actions.register(one.pk, by=cast.desk, now=NOW, subject_id=subject.pk)
    with pytest.raises(Conflict):
        actions.register(one.pk, by=cast.desk, now=NOW, subject_id=firms[3].pk)
    assert list(Registration.objects.order_by("slot").values_list("slot", flat=True)) == [1, 2, 3]
