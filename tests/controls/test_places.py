"""Controls of places: sight, entering only at home, a box that holds its shape, one area a tile, and a search that forgets nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from songda.kernel.errors import Invalid, NotFound, NotPermitted
from songda.registry.people.tests.cast import NOW
from songda.registry.places import access, actions, queries
from songda.registry.places.models import Place, Tile
from songda.registry.places.rules import shapes
from songda.registry.places.rules.geometry import Box
from songda.registry.places.tests.test_queries import POINT, place
from songda.registry.subjects import access as subjects
from tests.controls.opened import check_off
from tests.controls.rebuilt import constraint_off


def test_a_site_is_seen_in_scope_and_everywhere_without_the_filter(cast, monkeypatch):
    site = place(cast, "site")
    with pytest.raises(NotFound):
        access.place_for(site.pk, cast.stranger)
    monkeypatch.setattr(access, "visible_to", lambda actor: Place.objects.all())
    assert access.place_for(site.pk, cast.stranger) == site


def test_nobody_enters_places_elsewhere_and_anybody_would_without_the_check(cast, monkeypatch):
    with pytest.raises(NotPermitted):
        place(cast, home=cast.other_street)
    monkeypatch.setattr(subjects, "check_area", lambda path, actor: None)
    assert place(cast, home=cast.other_street).pk


def test_a_shape_that_is_none_stays_out_and_would_come_in_without_the_check(cast, monkeypatch):
    with pytest.raises(Invalid):
        place(cast, points=((113_625_300, 34_746_600),))
    monkeypatch.setattr(shapes, "fault_of", lambda points, form: "")
    assert place(cast, points=((113_625_300, 34_746_600),)).pk


@pytest.mark.django_db
def test_a_box_upside_down_is_refused_and_would_hide_its_place_without_the_check(cast):
    market = place(cast)

    def upside_down():
        with transaction.atomic():
            Place.objects.filter(pk=market.pk).update(south=market.north + 1_000)

    with pytest.raises(IntegrityError):
        upside_down()
    with check_off(Place, "place_box_in_order"):
        upside_down()
        assert queries.nearest(POINT[0], actor=cast.street, limit=1) != []  # found by a wider circle only
        assert queries.within_distance(POINT[0], 50.0, actor=cast.street) == []


@pytest.mark.django_db(transaction=True)
def test_two_areas_never_share_a_tile_and_would_without_the_constraint(cast):
    Tile.objects.create(organisation=cast.zone, row=0, column=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tile.objects.create(organisation=cast.other_zone, row=0, column=0)
    with constraint_off(Tile, "one_area_a_tile"):
        Tile.objects.create(organisation=cast.other_zone, row=0, column=0).delete()


@pytest.mark.row("SUP-17")
def test_a_circle_too_small_would_forget_the_nearest(cast, monkeypatch):
    far = actions.add_place(
        actions.NewPlace("market", "示例远市场", cast.street_office.pk, "point", ((34_790_000, 113_625_300),)),
        by=cast.street,
        now=NOW,
    )
    assert queries.nearest(POINT[0], actor=cast.street)[0].place == far
    monkeypatch.setattr(queries, "around", lambda point, metres: Box(point[0], point[1], point[0], point[1]))
    assert queries.nearest(POINT[0], actor=cast.street) == []
