"""The tile map and the sketch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songda.registry.places.rules.drawing import HEIGHT, WIDTH, Outline, sketch
from songda.registry.places.rules.tiles import AreaValue, laid_out, limits_of, shade_of


def area(code, value):
    return AreaValue(code, code, value)


def test_areas_stand_where_the_pack_puts_them_and_others_follow():
    drawn = laid_out([area("a", 4), area("x", None), area("b", 0), area("y", 1)], {"a": (0, 2), "b": (1, 0), "gone": (9, 9)})
    assert {one.area.code: (one.row, one.column) for one in drawn.squares} == {"a": (0, 2), "b": (1, 0), "x": (2, 0), "y": (2, 1)}
    assert [one.shade for one in drawn.squares] == [4, 0, 0, 1]
    assert (drawn.width, drawn.height) == (312, 240)


def test_no_areas_no_map():
    assert laid_out([], {}).squares == ()


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_shade_is_what_the_legend_says(value, top):
    shade = shade_of(min(value, top), top)
    legend = dict(limits_of(top))
    assert legend[4] == top
    if shade:
        assert shade in legend
        assert min(value, top) <= legend[shade]
        assert all(min(value, top) > limit for lighter, limit in legend.items() if lighter < shade)


@given(st.lists(st.tuples(st.integers(34_000_000, 35_000_000), st.integers(113_000_000, 114_000_000)), min_size=1, max_size=9))
def test_everything_drawn_is_on_the_paper(points):
    drawn = sketch([Outline((point,), "point", "示例") for point in points])
    assert all(0 <= one.at[0] <= WIDTH and 0 <= one.at[1] <= HEIGHT for one in drawn.shapes)
    assert 0 < drawn.bar <= WIDTH / 3


def test_north_is_up_and_east_is_right():
    south_west, north_east = sketch(
        [Outline(((34_700_000, 113_600_000),), "point", "一"), Outline(((34_710_000, 113_620_000),), "point", "二")]
    ).shapes
    assert north_east.at[0] > south_west.at[0]
    assert north_east.at[1] < south_west.at[1]


@pytest.mark.parametrize(("span", "length"), [(0, "100 m"), (100_000, "5 km"), (900_000, "50 km")])
def test_the_scale_is_a_round_length(span, length):
    ends = (Outline(((34_700_000, 113_600_000),), "point", "一"), Outline(((34_700_000 + span, 113_600_000),), "point", "二"))
    assert sketch(ends).length == length
