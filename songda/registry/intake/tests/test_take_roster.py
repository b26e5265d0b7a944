from __future__ import annotations

import datetime as dt
import sys

import pytest
from python_calamine import CalamineWorkbook

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import system
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Fact
from songda.registry.facts.tests.cast import catalogue, tell
from songda.registry.intake import queries
from songda.registry.intake.actions import check_roster, refuse_roster, take_roster
from songda.registry.intake.actions.check_roster import Roster
from songda.registry.intake.models import Intake
from songda.registry.intake.tests.rosters import AS_OF, HEADINGS, code, csv_file, row, workbook
from songda.registry.subjects.models import Subject
from songda.registry.subjects.tests.cast import NOW, clerk, firm, place, unit

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    catalogue()
    return place()


def check(path, area="gaoxin", as_of=AS_OF, by=None, now=NOW):
    return check_roster(Roster(path, path.name, area, as_of), by=by or system(), now=now)


def take(made, now=NOW):
    return take_roster(made.pk, by=system(), now=now)


def counts(made):
    return made.rows, made.errors, made.created, made.changed, made.facts


def test_a_trial_run_changes_nothing_and_the_writing_does_what_it_said(here, tmp_path):
    made = check(workbook(tmp_path / "a.xlsx", [row(1), row(2, list="是", event="2019-05-01")]))
    assert counts(made) == (2, 0, 2, 0, 14)
    assert (Subject.objects.count(), Fact.objects.count(), made.state) == (0, 0, "checked")
    done = take(made)
    assert (done.state, done.created, done.facts) == ("taken", 2, 16)  # and two sizes computed from them
    one = Subject.objects.get(uscc=code(1))
    assert (one.home_id, one.area_path, one.industry, one.size, one.above_scale) == (
        here.gaoxin.pk,
        "4101/72/",
        "3711",
        "small",
        True,
    )
    assert one.founded_on == dt.date(2010, 5, 1)
    told = facts.facts_of(one.pk, on=AS_OF)
    assert (told["revenue"].value, told["headcount"].value, told["revenue_years"].value) == (12_505_000, 31, {2019: 500})
    assert {entry.action for entry in AuditEntry.objects.all()} >= {"roster.check", "roster.take"}
    assert AuditEntry.objects.get(action="roster.take").after["difference"]


def test_the_same_file_again_is_the_same_intake_and_the_same_rows_change_nothing(here, tmp_path):
    first = take(check(workbook(tmp_path / "a.xlsx", [row(1), row(2)])))
    rows = Fact.objects.count(), Subject.objects.count()
    assert check(tmp_path / "a.xlsx", now=LATER).pk == first.pk
    again = check(csv_file(tmp_path / "a.csv", [row(1), row(2)]), now=LATER)
    assert counts(again) == (2, 0, 0, 0, 0)
    assert counts(take(again, now=LATER)) == (2, 0, 0, 0, 0)
    assert (Fact.objects.count(), Subject.objects.count()) == rows


def test_a_later_return_writes_its_changes_only(here, tmp_path):
    take(check(workbook(tmp_path / "a.xlsx", [row(1), row(2)])))
    tell(Subject.objects.get(uscc=code(2)), "assets", "5元", "2020-01-01")
    changed = [row(1, staff=10.0, name="示例重工有限公司", address="新路1号"), row(2), row(3)]
    made = check(workbook(tmp_path / "b.xlsx", changed), now=LATER)
    assert (made.created, made.changed, made.facts) == (1, 1, 1 + 6)
    take(made, now=LATER)
    one = Subject.objects.get(uscc=code(1))
    assert (one.name, one.address, one.size) == ("示例重工有限公司", "新路1号", "micro")
    assert [alias.name for alias in one.aliases.all()] == ["示例1号机械有限公司"]
    assert facts.facts_of(one.pk, on=AS_OF, known_at=NOW)["headcount"].value == 31


def test_wrong_rows_come_back_red_and_the_others_go_in(here, tmp_path):
    firm("外区示例厂", here.erqi, code(9))
    bad = [
        row(1, code=code(1)[:17] + "0" if code(1)[17] != "0" else code(1)[:17] + "1"), row(2, staff="很多"), row(3), row(3),
        row(4, industry="火星业"), row(5, home="天宫街道"), row(6, name=""), row(9), row(7, code=""), row(8),
    ]  # fmt: skip
    made = take(check(workbook(tmp_path / "a.xlsx", bad)))
    assert (made.rows, made.errors, made.created) == (10, 8, 2)
    sheet = CalamineWorkbook.from_path(str(queries.returned_file(made))).get_sheet_by_index(0).to_python()
    assert sheet[0] == [*HEADINGS, "错误说明", "原行号"]
    told = {int(line[-1]): line[-2] for line in sheet[1:]}
    words = {
        2: "末位",
        3: "不是数值",
        5: "第3条数据",
        6: "不在代码表",
        7: "不是本辖区",
        8: "缺少名称",
        9: "其他辖区",
        10: "缺少统一社会信用代码",
    }
    assert {line: word in told[line] for line, word in words.items()} == dict.fromkeys(words, True), told
    mended = [line[: len(HEADINGS)] for line in sheet[1:] if int(line[-1]) == 3]
    mended[0][HEADINGS.index("用工人数（人）")] = "50人"
    assert take(check(workbook(tmp_path / "b.xlsx", mended)), now=LATER).created == 1


def test_homes_are_found_by_name_and_headings_by_words(here, tmp_path):
    street = unit("fengyang", "枫杨街道", "street", "4101/72/001/", here.gaoxin)
    made = check(workbook(tmp_path / "a.xlsx", [[], row(1, home="枫杨街道")], above=3))
    assert [one["fact"] or one["place"] for one in made.mapping["columns"]] == [
        "uscc", "name", "home", "address", "industry", "headcount", "revenue", "revenue_years", "founded_on", "above_scale",
        "guarantee_list", "accidents", "",
    ]  # fmt: skip
    take(made)
    assert Subject.objects.get().home_id == street.pk


def test_two_columns_of_one_meaning_and_wrong_areas_are_refused(here, tmp_path):
    with pytest.raises(Invalid, match="含义相同"):
        check(workbook(tmp_path / "a.xlsx", [row(1)], [*HEADINGS[:-1], "从业人员"]))
    path = workbook(tmp_path / "b.xlsx", [row(1)])
    with pytest.raises(NotPermitted):
        check(path, by=clerk("4101/03/"))
    with pytest.raises(Invalid, match="辖区"):
        check(path, area="mazhai")  # a park is no home
    with pytest.raises(Invalid, match="不能晚于"):
        check(path, as_of=dt.date(2021, 1, 1))


def test_a_file_is_taken_once_or_given_up(here, tmp_path):
    made = check(workbook(tmp_path / "a.xlsx", [row(1)]))
    with pytest.raises(NotFound):
        take_roster(made.pk, by=clerk("4101/03/"), now=NOW)
    take(made)
    with pytest.raises(Conflict):
        take(made)
    other = check(workbook(tmp_path / "b.xlsx", [row(2)]))
    refuse_roster(other.pk, by=system(), now=NOW)
    with pytest.raises(Conflict):
        take(other)
    assert Subject.objects.count() == 1


def test_a_file_that_fails_half_way_leaves_nothing(here, tmp_path, monkeypatch):
    made = check(workbook(tmp_path / "a.xlsx", [row(n) for n in range(1, 30)]))

    def full(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(sys.modules["songda.registry.facts.actions.record_cells"], "follow", full)
    with pytest.raises(OSError, match="disk full"):
        take(made)
    assert (Subject.objects.count(), Fact.objects.count()) == (0, 0)
    assert Intake.objects.get().state == "checked"
    monkeypatch.undo()
    assert take(made).created == 29


def test_a_subject_entered_meanwhile_takes_the_whole_back(here, tmp_path, monkeypatch):
    made = check(workbook(tmp_path / "a.xlsx", [row(1), row(2)]))
    module = sys.modules["songda.registry.intake.actions.take_roster"]
    plan = module.plan_roster

    def late(*given, **more):
        found = plan(*given, **more)
        firm("示例2号机械有限公司", here.gaoxin, code(2))
        return found

    monkeypatch.setattr(module, "plan_roster", late)
    with pytest.raises(Conflict, match="他人登记"):
        take(made)
    assert (Subject.objects.count(), Fact.objects.count(), Intake.objects.get().state) == (0, 0, "checked")


def test_progress_is_told(here, tmp_path):
    told = []
    check_roster(
        Roster(workbook(tmp_path / "a.xlsx", [row(1)]), "a.xlsx", "gaoxin", AS_OF), by=system(), now=NOW,
        progress=lambda *stage: told.append(stage),
    )  # fmt: skip
    assert told[0][0] == "读取文件"
    assert ("核对数据", 8, 8) in told
