"""Geometry against independent ways of finding the same."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.registry.places.rules import shapes
from songda.registry.places.rules.geometry import (
    HALF,
    POLE,
    RADIUS,
    UNIT,
    Box,
    around,
    bounds,
    contains,
    crosses_itself,
    distance,
    distance_to,
    edges,
)  # fmt: skip

CITY = st.tuples(st.integers(34_200_000, 35_000_000), st.integers(112_700_000, 114_300_000))
SMALL = st.tuples(st.integers(0, 12), st.integers(0, 12))
ANYWHERE = st.tuples(st.integers(-POLE, POLE), st.integers(-HALF, HALF))


def chord(one, other):
    """The distance by three-dimensional vectors, which shares nothing with the haversine."""

    def vector(point):
        latitude, longitude = point[0] * UNIT, point[1] * UNIT
        return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)

    return 2 * RADIUS * math.asin(min(1.0, math.dist(vector(one), vector(other)) / 2))


@given(ANYWHERE, ANYWHERE)
def test_distances_agree_with_vectors(one, other):
    assert distance(one, other) == pytest.approx(chord(one, other), rel=1e-6, abs=0.05)


def test_a_known_distance():
    assert distance((34_000_000, 113_000_000), (35_000_000, 113_000_000)) == pytest.approx(111_195.08, abs=0.01)


@given(ANYWHERE, ANYWHERE, st.floats(0, 20_100_000))
def test_a_circle_lies_in_its_box(centre, other, metres):
    box = around(centre, metres)
    if distance(centre, other) <= metres:
        assert box.south <= other[0] <= box.north
        assert box.west <= other[1] <= box.east


def winding(ring, point):
    """Whether a ring winds round a point, by exact crossing points; on the edge counts."""
    count = 0
    for (y1, x1), (y2, x2) in edges(ring, closed=True):
        in_box = min(y1, y2) <= point[0] <= max(y1, y2) and min(x1, x2) <= point[1] <= max(x1, x2)
        if in_box and (x2 - x1) * (point[0] - y1) == (y2 - y1) * (point[1] - x1):
            return True
        if (y1 <= point[0]) != (y2 <= point[0]):
            crossing = x1 + Fraction((point[0] - y1) * (x2 - x1), y2 - y1)
            count += crossing > point[1]
    return count % 2 == 1


@settings(max_examples=400)
@given(st.lists(SMALL, min_size=3, max_size=8, unique=True), SMALL)
def test_containment_agrees_with_exact_crossings(ring, point):
    assert contains(ring, point) == winding(ring, point)


def test_corners_edges_and_notches_belong_where_they_should():
    ring = [(0, 0), (0, 10), (10, 10), (5, 5), (10, 0)]
    assert all(contains(ring, point) for point in [(0, 0), (0, 5), (5, 5), (10, 10), (4, 5)])
    assert not any(contains(ring, point) for point in [(6, 5), (10, 5), (-1, 5), (5, 11), (11, 0)])


@settings(max_examples=200)
@given(
    CITY,
    st.lists(st.tuples(st.integers(-90_000, 90_000), st.integers(-90_000, 90_000)), min_size=2, max_size=5, unique=True),
    st.data(),
)
def test_the_distance_to_a_line_is_that_of_its_nearest_point(start, steps, data):
    line = [(start[0] + up, start[1] + across) for up, across in steps]
    point = data.draw(
        st.tuples(st.integers(start[0] - 120_000, start[0] + 120_000), st.integers(start[1] - 120_000, start[1] + 120_000))
    )
    sampled = min(
        distance(point, (a[0] + (b[0] - a[0]) * n / 500, a[1] + (b[1] - a[1]) * n / 500))
        for a, b in edges(line, closed=False)
        for n in range(501)
    )
    found = distance_to(point, line, "line")
    assert found <= sampled * 1.001 + 1
    assert found >= sampled - 60  # half a step between two samples of the longest edge


def test_inside_an_area_nothing_is_far():
    ring = [(0, 0), (0, 1_000), (1_000, 1_000), (1_000, 0)]
    assert distance_to((500, 500), ring, "area") == 0
    assert distance_to((500, 2_000), ring, "area") == pytest.approx(111.195, rel=1e-3)
    assert distance_to((500, -1_000), ring, "line") == pytest.approx(124.32, rel=1e-3)  # a line has no inside, and no last edge


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        ([(0, 0), (0, 4), (4, 4), (4, 0)], False),
        ([(0, 0), (4, 4), (0, 4), (4, 0)], True),
        ([(0, 0), (0, 4), (0, 2)], True),
        ([(0, 0), (0, 8), (4, 8), (4, 4), (0, 4), (4, 0)], True),
        ([(0, 0), (0, 4), (0, 8), (4, 4)], False),
    ],
)
def test_rings_that_cross_themselves_are_seen(ring, crosses):
    assert crosses_itself(ring, closed=True) is crosses


def test_written_corners_are_read_back():
    points = ((34_746_600, 113_625_300), (-1, 180_000_000), (0, 5))
    assert shapes.points_of(shapes.written(points).splitlines()) == points
    assert shapes.points_of(["34.7466，113.6253", "", " 34.7 113.6 "]) == ((34_746_600, 113_625_300), (34_700_000, 113_600_000))
    assert bounds(points) == Box(-1, 5, 34_746_600, 180_000_000)


@pytest.mark.parametrize("line", ["34.7466", "北纬34", "34.74661234, 113.6", "34,113,1", "1e3, 5"])
def test_what_is_no_corner_is_refused_with_its_line(line):
    with pytest.raises(ValueError, match="第 2 行"):
        shapes.points_of(["34.7, 113.6", line])


@pytest.mark.parametrize(
    ("points", "form", "why"),
    [
        (((113_625_300, 34_746_600),), "point", "先写纬度"),
        (((1, 1), (2, 2)), "point", "只有一个"),
        (((1, 1),), "line", "至少两个"),
        (((1, 1), (1, 1)), "line", "相同"),
        (((0, 0), (0, 4), (4, 4), (0, 0)), "area", "首尾"),
        (((0, 0), (4, 4), (0, 4), (4, 0)), "area", "相交"),
        (((0, 0),), "circle", "点、线或面"),
    ],
)
def test_what_is_no_shape_is_refused_with_the_reason(points, form, why):
    assert why in shapes.fault_of(points, form)
