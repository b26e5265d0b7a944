"""What is near, what holds a point, how many where: against looking at every row."""

from __future__ import annotations

import random

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.places import packs, queries
from songda.registry.places.access import place_for, visible_to
from songda.registry.places.actions import NewPlace, add_place, close_place, correct_place
from songda.registry.places.models import Place, Tile
from songda.registry.places.rules.geometry import bounds, contains, distance_to

POINT = ((34_746_600, 113_625_300),)


def scattered(seed: int, home: Organisation, count: int = 300) -> list[Place]:
    """Points, lines and areas over the city, in clumps and alone, some in one spot, from a seed."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        latitude, longitude = chance.randrange(34_300_000, 34_950_000), chance.randrange(112_800_000, 114_200_000)
        if number % 3 == 0:
            latitude, longitude = 34_746_600 + chance.randrange(-9_000, 9_000), 113_625_300 + chance.randrange(-9_000, 9_000)
        form = chance.choice(["point", "point", "line", "area"])
        reach = chance.choice([300, 4_000, 90_000])
        steps = {
            "point": [(0, 0)],
            "line": [(0, 0), (reach, reach // 2), (reach, reach)],
            "area": [(0, 0), (0, reach), (reach, reach), (reach, 0)],
        }
        points = tuple((latitude + up, longitude + across) for up, across in steps[form])
        box = bounds(points)
        rows.append(
            Place(
                kind=chance.choice(["market", "checkpoint", "road"]), name=f"示例{number}", name_key=f"{number}", home=home,
                area_path=home.area_path, form=form, points=[list(one) for one in points],
                south=box.south, west=box.west, north=box.north, east=box.east, demonstration=True,
            )
        )  # fmt: skip
    return Place.objects.bulk_create(rows)


@pytest.mark.row("SUP-17")
@pytest.mark.parametrize("seed", range(6))
def test_searches_agree_with_looking_at_every_row(cast, seed):
    places = scattered(seed, cast.street_office)
    chance = random.Random(seed + 100)
    for _ in range(12):
        point = (chance.randrange(34_200_000, 35_000_000), chance.randrange(112_700_000, 114_300_000))
        kind = chance.choice(["", "market"])
        measured = sorted((distance_to(point, one.corners, one.form), one.pk) for one in places if kind in ("", one.kind))
        limit, reach = chance.randrange(1, 15), chance.choice([100.0, 2_000.0, 30_000.0])
        near = queries.nearest(point, actor=cast.street, kind=kind, limit=limit)
        assert [(one.metres, one.place.pk) for one in near] == measured[:limit]
        within = queries.within_distance(point, reach, actor=cast.street, kind=kind)
        assert [(one.metres, one.place.pk) for one in within] == [one for one in measured if one[0] <= reach]
        held = queries.containing(point, actor=cast.street, kind=kind)
        assert {one.pk for one in held} == {
            one.pk for one in places if one.form == "area" and kind in ("", one.kind) and contains(one.corners, point)
        }


def test_the_nearest_of_few_and_of_none_are_found_however_far(cast):
    far = NewPlace("market", "示例远市场", cast.street_office.pk, "point", ((-33_000_000, -70_000_000),))
    assert queries.nearest(POINT[0], actor=cast.street) == []
    made = add_place(far, by=cast.street, now=NOW)
    assert [one.place for one in queries.nearest(POINT[0], actor=cast.street)] == [made]


def test_a_search_costs_a_query_a_circle_and_one_for_the_rows(cast, django_assert_num_queries):
    scattered(1, cast.street_office)
    with django_assert_num_queries(2):
        queries.within_distance(POINT[0], 5_000, actor=cast.street)
    with django_assert_num_queries(1):
        queries.containing(POINT[0], actor=cast.street)
    with django_assert_num_queries(2):
        queries.nearest(POINT[0], actor=cast.street, limit=3)


def place(cast, kind="market", home=None, by=None, **more):
    new = {"form": "point", "points": POINT, **more}
    return add_place(NewPlace(kind, "示例位置", (home or cast.street_office).pk, **new), by=by or cast.street, now=NOW)


def test_common_places_are_seen_by_every_desk_and_others_by_scope(cast):
    market, site = place(cast), place(cast, "site")
    own, other = place(cast, "firm", subject_id=cast.firm.pk), place(cast, "firm", subject_id=cast.neighbour.pk)

    def seen(actor):
        return set(visible_to(actor).values_list("pk", flat=True))

    assert seen(cast.street) == seen(cast.leader) == {market.pk, site.pk, own.pk, other.pk}
    assert seen(cast.officer) == {market.pk, site.pk, own.pk}
    assert seen(cast.stranger) == {market.pk}
    assert seen(cast.clerk) == {market.pk, own.pk}
    with pytest.raises(NotFound):
        place_for(site.pk, cast.stranger)
    with pytest.raises(NotPermitted):
        place(cast, home=cast.other_street)
    with pytest.raises(NotPermitted):
        close_place(market.pk, on=DAY, by=cast.stranger, now=NOW)


def test_a_place_is_corrected_and_closed_and_the_trail_keeps_what_it_was(cast):
    made = place(cast)
    moved = NewPlace(
        "checkpoint", "示例卡口", cast.street_office.pk, "line", ((34_700_000, 113_600_000), (34_710_000, 113_610_000))
    )
    correct_place(made.pk, moved, by=cast.street, now=NOW)
    entry = AuditEntry.objects.get(action="place.correct")
    assert (entry.before["points"], entry.after["points"]) == ("34.7466, 113.6253", "34.7, 113.6\n34.71, 113.61")
    close_place(made.pk, on=DAY, by=cast.street, now=NOW)
    assert not queries.listed(cast.street).exists()
    assert queries.nearest(POINT[0], actor=cast.street) == []
    for again in (
        lambda: close_place(made.pk, on=DAY, by=cast.street, now=NOW),
        lambda: correct_place(made.pk, moved, by=cast.street, now=NOW),
    ):
        with pytest.raises(Conflict):
            again()


@pytest.mark.parametrize("wrong", [{"form": "line"}, {"points": ((113_625_300, 34_746_600),)}, {"kind": "moon"}])
def test_wrong_shapes_and_kinds_are_refused(cast, wrong):
    with pytest.raises(Invalid):
        place(cast, **wrong)


def test_numbers_are_summed_up_to_districts(cast):
    place(cast)
    place(cast, "site")
    place(cast, home=cast.other_street, by=cast.leader)
    found = {
        one.code: (one.value, one.address) for one in queries.heat(queries.counts(cast.leader), cast.leader, "/places/?area=")
    }
    assert found == {"zone-a": (2, "/places/?area=zone-a"), "zone-b": (1, "/places/?area=zone-b")}
    assert [one.value for one in queries.heat(queries.counts(cast.leader, "site"), cast.leader)] == [1, 0]


def test_a_pack_is_loaded_once_and_its_changes_again(cast):
    item = {
        "code": "market-1",
        "kind": "market",
        "name": "示例市场",
        "area": "street-a1",
        "form": "point",
        "points": ["34.7466, 113.6253"],
    }
    tiles = [{"area": "zone-a", "row": 0, "column": 1}, {"area": "zone-b", "row": 0, "column": 0}]
    who = {"demonstration": True, "by": cast.leader, "now": NOW}
    assert packs.load([item], tiles, **who) == 3
    assert packs.load([item], tiles, **who) == 0
    swapped = [{**tiles[0], "column": 0}, {**tiles[1], "column": 1}]
    assert packs.load([{**item, "points": ["34.75, 113.63"]}], swapped, **who) == 3
    assert Place.objects.get(code="market-1").points == [[34_750_000, 113_630_000]]
    assert Tile.objects.get(organisation=cast.zone).column == 0
    assert packs.fault_of_shape({**item, "points": ["113.6, 34.7"]}) != ""
    assert packs.fault_of_shape({**item, "points": ["x"]}) != ""
    assert packs.fault_of_shape(item) == ""
