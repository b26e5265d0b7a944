from __future__ import annotations

import pytest

from songda.registry.subjects.rules import scale, sizes

WAN = sizes.TEN_THOUSAND_YUAN


@pytest.mark.parametrize(
    ("code", "given", "size"),
    [
        ("C3711", {"staff": 1200, "revenue": 30_000 * WAN}, "中型"),
        ("C", {"staff": 310, "revenue": 1900 * WAN}, "小型"),
        ("37", {"staff": 10, "revenue": 50_000 * WAN}, "微型"),
        ("E47", {"revenue": 90_000 * WAN, "assets": 4000 * WAN}, "小型"),
        # the published dispute: 103 persons, 15 735.28 万元
        ("I65", {"staff": 103, "revenue": 1_573_528 * WAN // 100}, "中型"),
        ("591", {"staff": 300, "revenue": 3000 * WAN}, "中型"),
        ("5920", {"staff": 100, "revenue": 1000 * WAN}, "中型"),
        ("A01", {"revenue": 50 * WAN}, "小型"),
        ("A01", {"revenue": 50 * WAN - 1}, "微型"),
        ("7090", {"staff": 99}, "小型"),
        ("L72", {"staff": 300, "assets": 120_000 * WAN}, "大型"),
    ],
)
def test_the_smallest_grade_of_all_indicators(code, given, size):
    assert sizes.grade(code, **given).size == size


def test_every_bound_of_the_table_is_inclusive():
    for line in sizes.TABLE:
        for place in range(3):
            at = {name: bounds[place] * (1 if name == "staff" else WAN) for name, bounds in line.bounds.items()}
            assert sizes.grade(line.codes[0], **at).size == sizes.GRADES[place + 1]
            below = {name: value - 1 for name, value in at.items()}
            assert sizes.grade(line.codes[0], **below).size == sizes.GRADES[place]


def test_what_is_unknown_stays_open_unless_nothing_can_be_smaller():
    assert sizes.grade("C", staff=500).size is None
    assert "营业收入" in sizes.grade("C", staff=500).why
    assert sizes.grade("C", staff=19).size == "微型"


@pytest.mark.parametrize(
    ("code", "word"), [("J66", "不适用"), ("5300", "不适用"), ("F", "过粗"), ("59", "过粗"), ("K70", "过粗"), ("?", "无法识别")]
)
def test_industries_without_a_line_say_why(code, word):
    found = sizes.grade(code, staff=10, revenue=0, assets=0)
    assert found.size is None
    assert word in found.why


def test_listed_status_is_only_warned_about():
    assert scale.warning("C37", 2020, listed=True, revenue=1999 * WAN) != ""
    assert scale.warning("C37", 2020, listed=False, revenue=2000 * WAN) != ""
    assert scale.warning("C37", 2020, listed=True, revenue=2000 * WAN) == ""
    assert scale.warning("C37", 2020, listed=None, revenue=2000 * WAN) == ""
    assert scale.warning("G54", 2020, listed=False, revenue=1500 * WAN) != ""
    assert scale.warning("G54", 2021, listed=False, revenue=1500 * WAN) == ""
    assert scale.warning("O80", 2019, listed=False, revenue=1 * WAN, staff=50) != ""
    assert scale.warning("E47", 2020, listed=False, revenue=9000 * WAN) == ""
