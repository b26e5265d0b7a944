"""The tree: founding, moving with history, roll-up by the tree of the day, parks as sets of their own."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.queries import trail
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.kernel.paths import repath
from songda.registry.actors import system
from songda.registry.organisations import queries, rules
from songda.registry.organisations.access import organisation_for, visible_to
from songda.registry.organisations.actions import (
    NewUnit,
    found_organisation,
    grade_park,
    join_task_force,
    leave_task_force,
    move_organisation,
)
from songda.registry.organisations.models import Move, Organisation
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.subjects.models import Subject

BY = system()
LATER = dt.datetime(2020, 6, 1, 2, tzinfo=dt.UTC)
MOVED = dt.date(2020, 5, 1)


def found(code, kind, parent, **more):
    return found_organisation(NewUnit(code=code, name=code, kind=kind, parent=parent, **more), by=BY, now=NOW)


def test_a_unit_gets_the_path_of_its_kind(cast):
    assert found("street-a2", "street", "zone-a").area_path == "4101/03/002/"
    assert found("park-a", "park", "street-a1", segment="P1").area_path == "4101/03/001/P1/"
    assert found("office-a", "department", "street-a1").area_path == "4101/03/001/"
    assert found("force", "task_force", "sample-city").area_path == "4101/"
    branch = found("branch", "department", "zone-b", branch_of="bureau-a")
    assert (branch.area_path, branch.branch_of) == (cast.other_zone.area_path, cast.bureau)
    assert Move.objects.get(organisation=branch).ends_on is None
    assert trail(branch).get().action == "organisation.found"


@pytest.mark.parametrize(
    ("unit", "error"),
    [
        (NewUnit("zone-a", "重号", "district", "sample-city"), Conflict),
        (NewUnit("x", "无上级", "street"), Invalid),
        (NewUnit("x", "街道下设区", "district", "street-a1"), Invalid),
        (NewUnit("x", "段已用", "district", "sample-city", segment="03"), Invalid),
        (NewUnit("x", "段不合", "district", "sample-city", segment="三"), Invalid),
        (NewUnit("x", "类型不明", "village", "zone-a"), Invalid),
        (NewUnit("x", "上级不明", "street", "nowhere"), NotFound),
        (NewUnit("x", "街道派出", "street", "zone-a", branch_of="bureau-a"), Invalid),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(cast, unit, error):
    before = Organisation.objects.count()
    with pytest.raises(error):
        found_organisation(unit, by=BY, now=NOW)
    assert Organisation.objects.count() == before


def test_only_who_may_edit_edits(cast):
    unit = NewUnit("s9", "新街道", "street", "zone-a")
    for part in (cast.dispatcher, cast.security_admin, cast.clerk, cast.leader):
        with pytest.raises(NotPermitted):
            found_organisation(unit, by=part, now=NOW)
    assert found_organisation(unit, by=cast.system_admin, now=NOW).pk


@pytest.mark.row("SUP-02")
def test_roll_up_is_right_before_and_after_a_unit_moves(cast):
    desk = found("office-a", "department", "street-a1")
    counts = {cast.street_office.pk: 40, desk.pk: 2, cast.bureau.pk: 5, cast.other_street.pk: 7}

    def totals(day):
        parents = {unit: place.parent_id for unit, place in queries.as_of(day).items()}
        rolled = rules.roll_up(parents, counts)
        return tuple(rolled[unit.pk] for unit in (cast.city, cast.zone, cast.other_zone, cast.street_office))

    paths = move_organisation(cast.street_office.pk, "zone-b", on=MOVED, by=BY, now=LATER)
    assert paths == {"4101/03/001/": "4101/04/002/"}  # 001 is taken there
    assert totals(MOVED - dt.timedelta(days=1)) == (54, 47, 7, 42)
    assert totals(MOVED) == (54, 5, 49, 42)
    now_at = {unit.pk: (unit.parent_id, unit.area_path) for unit in Organisation.objects.all()}
    assert now_at == {unit: (place.parent_id, place.area_path) for unit, place in queries.as_of(LATER.date()).items()}


def test_the_map_of_paths_carries_the_copies(cast):
    ((old, new),) = move_organisation(cast.street_office.pk, "zone-b", on=MOVED, by=BY, now=LATER).items()
    assert repath(Subject, old, new) == 2
    assert set(Subject.objects.filter(home=cast.street_office).values_list("area_path", flat=True)) == {new}
    assert new.startswith(cast.other_zone.area_path)
    assert new != cast.other_street.area_path


def test_a_path_is_never_given_to_a_second_unit(cast):
    move_organisation(cast.street_office.pk, "zone-b", on=MOVED, by=BY, now=LATER)
    assert found("street-a2", "street", "zone-a").area_path == "4101/03/002/"
    assert move_organisation(cast.street_office.pk, "zone-a", on=LATER.date(), by=BY, now=LATER) == {
        "4101/04/002/": "4101/03/001/"  # its own of old
    }


def test_a_department_moves_with_its_offices_and_no_territory(cast):
    office = found("office", "department", "bureau-a")
    assert move_organisation(cast.bureau.pk, "zone-b", on=MOVED, by=BY, now=LATER) == {}
    office.refresh_from_db()
    assert office.area_path == cast.other_zone.area_path
    assert queries.as_of(MOVED)[office.pk].parent_id == cast.bureau.pk
    assert queries.territory_of(office) == cast.other_zone


@pytest.mark.parametrize(
    ("code", "on", "error"),
    [
        ("zone-a", MOVED, Conflict),  # there already
        ("street-a1", MOVED, Conflict),  # under itself
        ("sample-city", MOVED, Invalid),  # a street under a city
        ("zone-b", dt.date(2020, 6, 2), Invalid),  # tomorrow
        ("zone-b", dt.date(2019, 12, 31), Invalid),  # before it came
    ],
)
def test_a_move_that_cannot_be_is_refused(cast, code, on, error):
    with pytest.raises(error):
        move_organisation(cast.street_office.pk, code, on=on, by=BY, now=LATER)
    assert Move.objects.filter(organisation=cast.street_office).count() == 1


def test_a_zone_cannot_go_below_its_own_street(cast):
    with pytest.raises(Conflict):
        move_organisation(cast.zone.pk, "street-a1", on=MOVED, by=BY, now=LATER)


@pytest.mark.row("SUP-18")
def test_a_parks_set_and_its_districts_set_are_told_apart(cast):
    park = found("park-a", "park", "zone-a", segment="P1")
    grade_park(park.pk, 2, on=dt.date(2019, 12, 1), by=BY, now=NOW)
    park.refresh_from_db()
    assert (park.stars, park.stars_on) == (2, dt.date(2019, 12, 1))
    in_park, in_zone = queries.population_of(park), queries.population_of(cast.zone)
    assert in_park.holds(park.area_path)
    assert in_zone.holds(park.area_path)
    assert in_zone.holds(cast.street_office.area_path)
    assert not in_park.holds(cast.street_office.area_path)
    assert in_park.words != in_zone.words
    assert queries.population_of(cast.bureau) == in_zone  # a department's figures are its area's
    assert list(queries.parks([cast.zone.area_path])) == [park]
    for unit, stars in ((park, 7), (cast.zone, 2)):
        with pytest.raises(Invalid):
            grade_park(unit.pk, stars, on=DAY, by=BY, now=NOW)


def test_a_task_force_has_its_members_for_their_time(cast):
    force = found("force", "task_force", "zone-a")
    join_task_force("force", "bureau-a", lead=True, on=DAY, by=BY, now=NOW)
    other = join_task_force("force", "street-a1", on=DAY, by=BY, now=NOW)
    with pytest.raises(Conflict):
        join_task_force("force", "street-a1", on=DAY, by=BY, now=NOW)
    leave_task_force(other.pk, on=MOVED, by=BY, now=LATER)
    with pytest.raises(Conflict):
        leave_task_force(other.pk, on=MOVED, by=BY, now=LATER)
    assert [member.organisation for member in queries.members_of(force, DAY)] == [cast.bureau, cast.street_office]
    assert [member.organisation for member in queries.members_of(force, MOVED)] == [cast.bureau]
    with pytest.raises(Invalid):
        join_task_force("zone-a", "bureau-a", on=DAY, by=BY, now=NOW)


def test_each_part_sees_its_territory_and_what_stands_above(cast):
    def seen(actor):
        return set(visible_to(actor).values_list("code", flat=True))

    assert seen(cast.street) == {"sample-city", "zone-a", "bureau-a", "street-a1"} - {"bureau-a"}
    assert seen(cast.desk) == {"sample-city", "zone-a", "bureau-a", "street-a1"}
    assert seen(cast.clerk) == set()
    assert seen(cast.leader) == seen(BY) == set(Organisation.objects.values_list("code", flat=True))
    with pytest.raises(NotFound):
        organisation_for(cast.zone.pk, cast.stranger)


def test_the_tree_takes_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        (root,) = queries.tree()
        lines = [(node.depth, node.organisation.code) for node in root.walk()]
    assert lines[:3] == [(0, "sample-city"), (1, "zone-a"), (2, "street-a1")]
    assert len(lines) == 7
    assert [node.organisation.code for node in queries.tree(visible_to(cast.street))] == ["sample-city"]
