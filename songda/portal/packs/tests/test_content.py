"""What the bundled pack holds: 143 policies under 13 categories, 82 measures in 9 classes, 62 implementing rules, each with its source."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from songda.portal.packs.tests.packs import PACK, declared

DOCUMENTS: Final = declared("documents")
MEASURES: Final = declared("measures")
RULES: Final = declared("implementing")
PLAYED_ON: Final = "2020-03-18"
LONGEST_TEXT: Final = 2400
LONGEST_SUMMARY: Final = 1000


@pytest.mark.row("POL-01")
def test_143_distinct_policies_stand_under_13_categories():
    categories = {one["code"] for one in declared("dictionaries", "document-categories")[0]["entries"]}
    assert len(DOCUMENTS) == len({one["code"] for one in DOCUMENTS}) == len({one["title"] for one in DOCUMENTS}) == 143
    numbers = [one["number"] for one in DOCUMENTS if "number" in one]
    assert len(numbers) == len(set(numbers)) > 50
    filed = Counter(category for one in DOCUMENTS for category in one["categories"])
    assert set(filed) == categories and len(categories) == 13
    assert sum(filed.values()) > 143, "a policy may stand under several categories: the sum is no count of policies"


@pytest.mark.row("POL-01")
def test_all_levels_are_there_and_nothing_is_later_than_the_day_played():
    assert {one["level"] for one in DOCUMENTS} == {"central", "province", "city", "district", "park"}
    assert max(one["issued_on"] for one in DOCUMENTS) < PLAYED_ON


@pytest.mark.row("POL-02")
def test_82_measures_stand_in_9_classes_and_every_policy_has_measures_or_a_reason():
    classes = {one["code"] for one in declared("dictionaries", "measure-classes")[0]["entries"]}
    assert len(MEASURES) == len({one["code"] for one in MEASURES}) == 82
    assert {one["class"] for one in MEASURES} == classes and len(classes) == 9
    held = {one["document"] for one in MEASURES}
    assert [one["code"] for one in DOCUMENTS if one["code"] not in held and "no_measure" not in one] == []
    texts = {one["code"]: one["text"] for one in DOCUMENTS}
    assert all(one["quote"] in texts[one["document"]] for one in MEASURES)


@pytest.mark.row("POL-02")
@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one["code"])
def test_every_measure_has_its_cases_and_what_its_kind_asks(measure):
    expected = {case["expect"] for case in measure["cases"]}
    assert len(measure["cases"]) >= 4 and expected == {"是", "否", "待核"}
    assert any(case.get("boundary") for case in measure["cases"])
    assert measure.get("budget_line") if measure["kind"] == "fund" else measure["time_limit_days"] > 0
    assert measure["contact"]["section"] and measure["contact"]["phone"]


@pytest.mark.row("POL-03")
def test_62_implementing_rules_cover_measures_and_leave_a_gap_to_report():
    assert len(RULES) == len({one["code"] for one in RULES}) == 62
    covered = {code for one in RULES for code in one["measures"]}
    assert covered < {one["code"] for one in MEASURES}
    assert all(one["valid_from"] <= PLAYED_ON for one in RULES)


def test_every_file_names_its_source_and_says_what_is_invented():
    for folder in ("documents", "measures", "implementing"):
        for file in sorted((PACK / folder).glob("*.yaml")):
            head = file.read_text(encoding="utf-8")
            assert head.startswith("# ") or "\nsource: " in head or "\ndocument: " in head, file.name
    assert all("演示文本：" in one["text"].splitlines()[-1] for one in DOCUMENTS)
    assert all(file.read_text(encoding="utf-8").startswith("# ") for file in (PACK / "documents").glob("*.yaml"))


def test_no_text_is_copied_at_length():
    whole = {"province-20", "city-30", "gx-kangyi-8"}
    longest = {one["code"]: LONGEST_TEXT if one["code"] in whole else LONGEST_SUMMARY for one in DOCUMENTS}
    assert [one["code"] for one in DOCUMENTS if len(one["text"]) > longest[one["code"]]] == []
