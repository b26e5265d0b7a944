from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.rollup import MixedCountsError, Places, Wanted, gather, tally

FIRST, LENGTH = dt.date(2020, 2, 27), 6  # over a leap day
LAST = FIRST + dt.timedelta(days=LENGTH - 1)
UNITS = [("city", "41/"), ("a", "41/01/"), ("b", "41/02/"), ("a1", "41/01/001/"), ("a2", "41/01/002/"), ("b1", "41/02/001/")]
TREE = Places.of(UNITS)
PATHS = [*(path for _unit, path in UNITS), "41/01/001/P1/", "41/03/", "99/", ""]
WANTED = [
    Wanted("all", "cases", stock=False, cells="kind"),
    Wanted("all-stock", "cases", stock=True),
    Wanted("some", "cases", stock=False, where={"step": ("x", "y")}, cells="step"),
    Wanted("one", "cases", stock=True, where={"kind": ("k",), "step": ("x",)}),
]
flows = st.lists(
    st.tuples(
        st.none() | st.integers(0, LENGTH - 1).map(lambda at: FIRST + dt.timedelta(days=at)),
        st.sampled_from(PATHS),
        st.tuples(st.sampled_from("kl"), st.sampled_from("xyz")),
        st.integers(-(10**12), 10**12),
    ),
    max_size=40,
)


def cube_of(rows):
    return gather(rows, TREE, counts="cases", names=("kind", "step"), first=FIRST, last=LAST)


def slowly(rows, one):
    """The same by the definition: for each unit, day and cell, add up every row that lies below the unit."""
    told = Counter()
    for day, path, (kind, step), number in rows:
        held = {"kind": kind, "step": step}
        if any(held[name] not in values for name, values in one.where.items()):
            continue
        for cell in {"", held[one.cells]} if one.cells else {""}:
            for unit, top in UNITS:
                for at in range(LENGTH):
                    then = FIRST + dt.timedelta(days=at)
                    counted = day == then or (one.stock and (day is None or day < then))
                    told[cell, unit, at] += number if counted and path.startswith(top) else 0
    return told


@given(flows)
@settings(max_examples=60, deadline=None)
def test_every_number_is_the_sum_of_its_rows(rows):
    found = tally(cube_of(rows), WANTED)
    for one in WANTED:
        slow = slowly(rows, one)
        for (_code, cell), numbers in ((key, array) for key, array in found.items() if key[0] == one.code):
            for place, unit in enumerate(TREE.units):
                assert [int(number) for number in numbers[place]] == [slow[cell, unit, at] for at in range(LENGTH)]
        assert all(cell == "" or (one.code, cell) in found for (cell, _unit, _at), number in slow.items() if number)


@given(flows)
@settings(max_examples=30, deadline=None)
def test_a_unit_is_its_own_rows_and_those_of_the_units_below(rows):
    whole = tally(cube_of(rows), WANTED)["all", ""]
    own = tally(
        gather([row for row in rows if row[1] == "41/01/"], TREE, counts="cases", names=("kind", "step"), first=FIRST, last=LAST),
        WANTED,
    )["all", ""]
    at = {unit: place for place, unit in enumerate(TREE.units)}
    assert (whole[at["a"]] == own[at["a"]] + whole[at["a1"]] + whole[at["a2"]]).all()


def test_count_units_are_never_added():
    """Rule G 3 of the mission."""
    with pytest.raises(MixedCountsError, match="firms"):
        tally(cube_of([]), [Wanted("x", "firms", stock=True)])
    with pytest.raises(KeyError, match="nothing"):
        tally(cube_of([]), [Wanted("x", "cases", stock=True, where={"nothing": ("a",)})])


def test_what_lies_outside_is_left_out_or_refused():
    inside = (FIRST, "41/", ("k", "x"), 1)
    found = tally(cube_of([inside, (FIRST, "99/", ("k", "x"), 5)]), [Wanted("n", "cases", stock=False)])["n", ""]
    assert found.sum() == 1
    with pytest.raises(ValueError, match="outside"):
        cube_of([(LAST + dt.timedelta(days=1), "41/", ("k", "x"), 1)])
    with pytest.raises(ValueError, match="one path"):
        Places.of([(1, "41/"), (2, "41/")])
