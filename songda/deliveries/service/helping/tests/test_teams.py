"""Teams: set up, allocated, dissolved with everything handed over; stations; coverage."""

from __future__ import annotations

from collections import Counter

import pytest

from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.access import team_for
from songda.deliveries.service.helping.models import Charge
from songda.deliveries.service.helping.tests.teams import force, projects, team
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.actions import open_case
from songda.ledger.cases.models import CaseStep, Party
from songda.registry.facts.models import Fact, FactDefinition, Source
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, firm, hire


def test_a_team_is_set_up_with_its_leader_and_members(cast):
    made = team(cast)
    actions.add_member(made.pk, cast.desk.post_id, by=cast.dispatcher, now=NOW, speciality="土地报批")
    assert [one.speciality for one in made.members.order_by("pk")] == ["负责人", "土地报批"]
    assert list(queries.teams_listed(cast.dispatcher).values_list("people", flat=True)) == [2]
    with pytest.raises(Conflict):
        actions.add_member(made.pk, cast.desk.post_id, by=cast.dispatcher, now=NOW)


@pytest.mark.row("SVC-48")
def test_a_guidance_group_is_not_led_below_section_level(cast):
    with pytest.raises(Invalid, match="科级"):
        team(cast, rank="staff")


def test_who_may_set_up_and_who_may_see(cast):
    made = team(cast)
    with pytest.raises(NotPermitted):
        actions.add_member(made.pk, cast.desk.post_id, by=cast.desk, now=NOW)
    with pytest.raises(NotFound):
        team_for(made.pk, cast.stranger)


@pytest.mark.row("SVC-48")
def test_allocation_differs_by_one_and_reallocation_keeps_history(cast):
    found, teams = projects(cast, 22), [team(cast, f"第{n}小组") for n in range(1, 5)]
    first = actions.allocate([one.pk for one in teams[:3]], "projects", even=True, by=cast.dispatcher, now=NOW)
    assert sorted(share.after for share in first.shares) == [7, 7, 8]
    again = actions.allocate([one.pk for one in teams], "projects", even=True, by=cast.dispatcher, now=NOW)
    assert sorted(share.after for share in again.shares) == [5, 5, 6, 6]
    assert again.moves == 5
    present = Charge.objects.filter(ends_on=None)
    assert Counter(present.values_list("subject", flat=True)) == Counter(one.pk for one in found)
    assert Charge.objects.exclude(ends_on=None).count() == again.moves


def test_allocation_by_area_keeps_areas_whole(cast):
    projects(cast, 10)
    teams = [team(cast, f"第{n}小组") for n in (1, 2)]
    plan = actions.allocate([one.pk for one in teams], "projects", even=False, by=cast.dispatcher, now=NOW)
    assert [share.after for share in plan.shares] == [5, 5]
    areas = {(one.subject.area_path, one.team_id) for one in Charge.objects.select_related("subject")}
    assert len(areas) == 2


@pytest.mark.row("SVC-01")
def test_dissolving_hands_over_subjects_and_open_cases_and_keeps_history(board):
    cast = board.cast
    old = team(cast, "甲专班", kind="force", force=force(cast))
    new = team(cast, "乙专班", kind="force", force=force(cast, "force-b", "乙服务专班"))
    actions.put_in_charge(old.pk, cast.firm.pk, by=cast.dispatcher, now=NOW)
    given = {"lead_id": old.organisation_id, "holder_id": old.leader_id, "channel": "phone"}
    case = open_case("demand", subject_id=cast.firm.pk, title="缺工", by=cast.dispatcher, now=NOW, given=given)
    with pytest.raises(Conflict, match="1 个包干对象、1 件未结事项"):
        actions.dissolve_team(old.pk, None, "任务完成", by=cast.dispatcher, now=NOW)
    actions.dissolve_team(old.pk, new.pk, "任务完成", by=cast.dispatcher, now=NOW)
    case.refresh_from_db()
    old.refresh_from_db()
    assert (case.lead_id, case.holder_id) == (new.organisation_id, new.leader_id)
    assert (old.ends_on, old.successor_id) == (DAY, new.pk)
    step = CaseStep.objects.get(case=case, step="replace")
    assert "甲专班" in step.note
    assert Party.objects.get(case=case, role="lead", ended_at=None).organisation_id == new.organisation_id
    assert list(queries.open_cases_of(new)) == [case]
    assert not queries.open_cases_of(old).exists()
    assert queries.coverage_of(cast.dispatcher, "enterprises", "force", on=DAY).covered == 1
    assert Charge.objects.filter(team=old, ends_on=DAY).count() == 1
    with pytest.raises(Conflict, match="已解散"):
        actions.dissolve_team(old.pk, new.pk, "再次", by=cast.dispatcher, now=NOW)


@pytest.mark.row("SVC-03")
def test_full_coverage_is_said_only_of_an_empty_list_of_gaps(cast):
    source = Source.objects.create(code="s", name="示例来源")
    listed = FactDefinition.objects.create(code="key_talent_firm", name="重点人才企业", kind="bool", owner="示例")
    firms = [firm(f"示例人才企业{n}", cast.street_office, f"T{n}") for n in range(3)]
    assert not queries.coverage_of(cast.dispatcher, "talent", "station", on=DAY).full
    for one in firms:
        Fact.objects.create(subject=one, fact=listed, source=source, valid_from=DAY, recorded_at=NOW, num=1)
    officers = [hire(Role.TALENT_OFFICER, at=cast.zone, name=f"示例专员{n}") for n in range(2)]
    for one, officer in zip(firms, officers, strict=False):
        actions.station_officer(one.pk, officer.post_id, by=cast.dispatcher, now=NOW)
    report = queries.coverage_of(cast.dispatcher, "talent", "station", on=DAY)
    assert (report.total, report.covered, report.missing, report.full) == (3, 2, 1, False)
    assert [one.pk for one in report.gaps] == [firms[2].pk]
    actions.station_officer(firms[2].pk, officers[0].post_id, by=cast.dispatcher, now=NOW)
    assert queries.coverage_of(cast.dispatcher, "talent", "station", on=DAY).full


@pytest.mark.row("SVC-04")
def test_a_dispatch_list_of_78_guides_is_a_count_and_records_link_to_cases(board):
    cast = board.cast
    guides = [hire(Role.PARTY_GUIDE, at=cast.zone, name=f"示例指导员{n}") for n in range(78)]
    station = actions.station_officer(cast.firm.pk, guides[0].post_id, by=cast.dispatcher, now=NOW)
    case = open_case(
        "demand", subject_id=cast.firm.pk, title="建支部", by=cast.dispatcher, now=NOW, given={"holder_id": guides[0].post_id}
    )
    actions.log_guidance(station.pk, "帮助成立党支部", by=guides[0], now=NOW, case_id=case.pk)
    found = queries.dispatched(cast.dispatcher, Role.PARTY_GUIDE, DAY)
    assert (found.posts, found.stationed, found.firms, found.records, found.cases) == (78, 1, 1, 1, 1)
    with pytest.raises(NotFound):
        actions.log_guidance(station.pk, "别人", by=guides[1], now=NOW)
    with pytest.raises(NotPermitted):
        actions.log_guidance(station.pk, "别人", by=cast.dispatcher, now=NOW)
