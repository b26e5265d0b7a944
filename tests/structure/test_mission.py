"""docs/mission.md says of every row whether it works, and only says so where a test shows it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(
    r"^\| ((?:POL|SVC|FAC|CNF|CMD|SUP)-\d\d) \| ([^|]+) \| (works|partly|not yet) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE
)
MARK = re.compile(r"pytest\.mark\.row\(([^)]*)\)")


def table() -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs/mission.md").read_text(encoding="utf8")
    return {found[1]: (found[3], found[5].strip()) for found in ROW.finditer(text)}


def marked() -> set[str]:
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "songda").rglob("test_*.py")]
    marks = [mark for path in files for mark in MARK.findall(path.read_text(encoding="utf8"))]
    return {row for mark in marks for row in re.findall(r"[A-Z]{3}-\d\d", mark)}


def test_every_row_of_the_mission_is_there() -> None:
    rows = table()
    counts = {group: sum(row.startswith(group) for row in rows) for group in ("POL", "SVC", "FAC", "CNF", "CMD", "SUP")}
    assert counts == {"POL": 35, "SVC": 63, "FAC": 40, "CNF": 13, "CMD": 38, "SUP": 23}


def test_a_row_that_works_has_a_test_that_carries_it() -> None:
    claimed = {row for row, (state, _test) in table().items() if state == "works"}
    assert claimed <= marked()


def test_a_marked_row_is_not_called_not_yet() -> None:
    rows = table()
    assert {row for row in marked() if rows[row][0] == "not yet"} == set()


def test_named_tests_exist() -> None:
    missing = [
        test
        for _state, test in table().values()
        for test in test.split("<br>")
        if test and not (ROOT / test.strip("`").split("::")[0]).exists()
    ]
    assert missing == []
