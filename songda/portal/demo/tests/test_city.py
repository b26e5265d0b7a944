from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from songda.portal.demo.economy import graded_by_rule
from songda.portal.demo.registering import Ground, Place, draw
from songda.portal.demo.registers import declared
from songda.portal.demo.words import SYLLABLES, brands
from songda.portal.demo.workforce import shared
from songda.portal.packs import catalogue_of
from songda.portal.packs.tests.packs import PACK
from songda.registry.subjects.rules import sizes, uscc

CATALOGUE = catalogue_of(PACK)
CITY = declared()
GROUND = Ground(CATALOGUE, {group.area: [Place(1, "4101/72/", group.area)] for group in CITY.groups})


def drawn(code, city=CITY):
    at = next(at for at, group in enumerate(city.groups) if group.code == code)
    return draw(city, at, GROUND, brands(random.Random(city.seed)))


def test_the_same_seed_draws_the_same_register_and_another_seed_another():
    first, again = drawn("sj-industry-above"), drawn("sj-industry-above")
    assert first.digest == again.digest
    assert drawn("sj-industry-above", replace(CITY, seed=CITY.seed + 1)).digest != first.digest


@pytest.mark.parametrize(
    ("code", "count", "above"),
    [
        ("eq-industry-above", 78, True),
        ("eq-industry-below", 813, False),
        ("eq-service-above", 180, True),
        ("sj-industry-above", 101, True),
    ],
)
def test_registers_have_as_many_firms_as_the_texts_say_on_their_side_of_the_threshold(code, count, above):
    register = drawn(code)
    assert Counter(register.hot["above_scale"]) == {above: count}
    industrial = {one[:2].isdigit() and 13 <= int(one[:2]) <= 46 for one in register.hot["industry"]}
    assert industrial == {code.startswith(("eq-industry", "sj-industry"))}


def test_all_subjects_of_the_declaration_are_where_the_texts_count_them():
    firms = Counter()
    for group in CITY.groups:
        firms[group.area, group.kind] += group.count
    named = Counter((one.area, one.kind) for one in CITY.named)
    assert firms["410103", "enterprise"] == 27_039
    assert firms["410103", "project"] == 344
    assert firms["410108", "project"] + named["410108", "project"] == 182
    assert firms["410172", "project"] + named["410172", "project"] == 113
    zone = next(group for group in CITY.groups if group.code == "gx-firms")
    assert zone.count > zone.reachable == 26_940
    assert 54_000 <= CITY.subjects <= 59_000


def test_codes_are_well_formed_and_in_no_real_area():
    keys = drawn("eq-service-above").keys
    assert not any(uscc.problem(key) for key in keys)
    assert {key[2:8] for key in keys} == {"990000"}
    assert len(set(keys)) == len(keys)


def test_names_are_invented_and_never_twice():
    names = drawn("eq-industry-below").names
    assert len(set(names)) == len(names)
    assert all(name[2] in SYLLABLES and name[4] in SYLLABLES for name in names)


def test_sizes_follow_the_statistical_rule():
    rng = np.random.default_rng(7)
    codes = [code for code in CATALOGUE.code_lists["gbt4754"].names if len(code) == 4]
    classes = np.array([codes[pick] for pick in rng.integers(0, len(codes), 400)], object)
    given = {
        "staff": rng.integers(1, 1500, 400),
        "revenue": rng.integers(0, 9 * 10**10, 400),
        "assets": rng.integers(0, 9 * 10**11, 400),
    }
    names = CATALOGUE.code_lists["sizes"].names
    found = [names.get(code) for code in graded_by_rule(classes, given, CATALOGUE.code_lists["sizes"])]
    rows = zip(classes, *(column.tolist() for column in given.values()), strict=True)
    assert found == [sizes.grade(code, staff=staff, revenue=revenue, assets=assets).size for code, staff, revenue, assets in rows]


def test_sources_know_only_part():
    register = drawn(
        "eq-service-below", replace(CITY, groups=tuple(replace(one, count=min(one.count, 900)) for one in CITY.groups))
    )
    known = Counter({column.fact: len(column.rows) for column in register.columns})
    assert known["registered_area"] == 900
    assert 200 < known["headcount"] < 700


def column(register, fact):
    return next(one for one in register.columns if one.fact == fact)


def test_people_add_up_to_what_the_texts_count_and_everybody_above_scale_is_back():
    zone, sites = drawn("gx-firms"), drawn("hj-projects")
    assert column(zone, "back_at_work").values.sum() == 180_706
    assert (column(sites, "due_at_work").values.sum(), column(sites, "back_at_work").values.sum()) == (8_084, 17_075)
    today = column(zone, "resumption")
    above = np.array(zone.hot["above_scale"], bool)[today.rows]
    assert set(today.values[above].tolist()) == {"resumed"}
    back, due = (
        dict(zip(one.rows.tolist(), one.values.tolist(), strict=True))
        for one in (column(zone, "back_at_work"), column(zone, "due_at_work"))
    )
    assert all(count <= due[row] for row, count in back.items())
    assert all(back[row] == due[row] for row in back if zone.hot["above_scale"][row])


def test_nobody_at_work_again_is_on_the_negative_list():
    zone = drawn("gx-firms")
    states = column(zone, "resumption").values
    assert len(column(zone, "negative_list").rows) == 640
    assert "resumed" not in set(states[column(zone, "negative_list").rows].tolist())


@pytest.mark.parametrize("total", [0, 1, 7, 100, 159])
def test_heads_are_shared_out_whole_and_within_their_room(total):
    weights, most = np.array([5, 0, 11, 90]), np.array([10, 50, 9, 90])
    given = shared(weights, total, most)
    assert given.sum() == total
    assert (given <= most).all()
    assert (given >= 0).all()
