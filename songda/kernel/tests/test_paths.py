"""Scope as ranges over paths."""

from __future__ import annotations

import pytest

from songda.kernel.paths import outermost, path_end, repath, within
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        (["4101/03/", "4101/03/001/", "4101/04/"], ["4101/03/", "4101/04/"]),
        (["4101/03/", "4101/031/"], ["4101/03/", "4101/031/"]),
        (["", "4101/"], [""]),
        ([], []),
    ],
)
def test_nested_scopes_collapse(paths, kept):
    assert outermost(paths) == kept


@pytest.mark.parametrize(
    ("inside", "path"),
    [
        (True, "4101/03/"),
        (True, "4101/03/001/"),
        (True, "4101/03/zz/"),
        (False, "4101/031/"),
        (False, "4101/04/"),
        (False, "4101/"),
    ],
)
def test_a_range_holds_the_subtree_and_no_more(inside, path):
    assert ("4101/03/" <= path < path_end("4101/03/")) == inside
    assert "" <= path < path_end("")


def test_within_selects_what_the_range_says(cast):
    def names(*paths):
        return set(Subject.objects.filter(within(paths)).values_list("local_number", flat=True))

    assert names(cast.zone.area_path) == {"D0001", "D0002"}
    assert names(cast.zone.area_path, cast.other_street.area_path) == names("") == {"D0001", "D0002", "D0003"}
    assert names() == set()


def test_repath_carries_the_subtree_alone(cast):
    assert repath(Subject, cast.zone.area_path, "4101/99/") == 2
    assert set(Subject.objects.values_list("area_path", flat=True)) == {"4101/99/001/", "4101/04/001/"}
    assert repath(Organisation, cast.street_office.area_path, "4101/99/001/") == 1
