from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from songda.deliveries.policy.library.rules.rereading import Blocked, Fresh, Held, plan


def test_equal_places_are_the_same_piece():
    found = plan([Held(1, 0, 10), Held(2, 10, 20)], [Fresh(10, 20), Fresh(0, 10)])
    assert (found.renewed, found.added, found.dropped) == ({0: 2, 1: 1}, (), ())


def test_the_same_number_wins_over_the_larger_overlap():
    found = plan([Held(1, 0, 10, "1"), Held(2, 10, 20, "2")], [Fresh(0, 14, "2")])
    assert found.renewed == {0: 2}
    assert found.dropped == (1,)


def test_nothing_is_taken_on_the_place_of_a_fixed_piece():
    found = plan([Held(1, 0, 10, fixed=True)], [Fresh(5, 15), Fresh(10, 20)])
    assert (found.renewed, found.added, found.fixed) == ({}, (1,), (1,))


def test_a_piece_that_would_lose_an_anchor_becomes_fixed():
    held = [Held(1, 0, 10, anchors=((6, 9),)), Held(2, 10, 20)]
    found = plan(held, [Fresh(0, 8), Fresh(8, 20)])
    assert (found.fixed, found.renewed, found.added, found.dropped) == ((1,), {}, (), (2,))
    assert plan([held[0]], [Fresh(0, 12)]).renewed == {0: 1}


def test_a_linked_piece_is_not_dropped():
    assert plan([Held(1, 0, 10, linked=True)], []).fixed == (1,)


def test_places_that_overlap_block_together():
    blocked = Blocked([(5, 9), (0, 6), (20, 30)])
    assert [blocked.meets(*span) for span in ((0, 1), (8, 9), (9, 20), (29, 40), (30, 40))] == [True, True, False, True, False]


@st.composite
def rows(draw, most=8):
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=2 * most)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@settings(max_examples=200, deadline=None)
@given(rows(), st.lists(st.booleans(), min_size=20, max_size=20), rows())
def test_every_piece_has_one_fate_and_none_overlap(held, fixed, fresh):
    pieces = [Held(key, *span, fixed=fixed[key]) for key, span in enumerate(held)]
    news = [Fresh(*span) for span in fresh]
    found = plan(pieces, news)
    assert sorted([*found.renewed.values(), *found.dropped, *found.fixed]) == [one.key for one in pieces]
    assert set(found.fixed) == {one.key for one in pieces if one.fixed}
    assert not set(found.renewed) & set(found.added)
    after = [(news[at].start, news[at].end) for at in (*found.renewed, *found.added)]
    blocked = Blocked((one.start, one.end) for one in pieces if one.fixed)
    assert not any(blocked.meets(*span) for span in after)
