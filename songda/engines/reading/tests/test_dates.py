"""Dates: absolute, relative to the document's year, months, quarters, ends of month and year, spans and roles."""

from __future__ import annotations

import pytest

from songda.engines.reading.dates import dates


def _read(text: str, year: int | None = 2021) -> list[tuple[str, str | None, str]]:
    return [(one.first, one.last, one.role) for one in dates(text, 0, len(text), year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自2021年2月1日至5月31日", [("2021-02-01", "2021-05-31", "exact")]),
        ("至2021年底", [("2021-12-31", None, "until")]),
        ("3月底前申报", [("2021-03-31", None, "by")]),
        ("2021年一季度减免", [("2021-01", "2021-03", "exact")]),
        ("2月份租金", [("2021-02", None, "exact")]),
        ("2021年2月份、3月份、4月份租金", [("2021-02", "2021-04", "exact")]),
        ("自2021年2月起", [("2021-02", None, "from")]),
        ("二〇二一年三月八日", [("2021-03-08", None, "exact")]),
        ("延长至2月24日", [("2021-02-24", None, "until")]),
        ("3个月内", []),
        ("2021年2月30日", []),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    """The year is the document's where the text leaves it out; a day that does not exist is no date."""
    assert _read(text) == expected


def test_no_year_is_not_guessed() -> None:
    """Without a year anywhere, a month and day stay unread."""
    assert _read("3月底前申报", None) == []
    assert _read("2020年1月至3月底", None) == [("2020-01", "2020-03-31", "exact")]
