"""Dates: absolute, relative to the document's year, months, quarters, ends of month and year, spans and roles."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read
from songda.engines.reading.values.dates import dates, undated
from songda.engines.reading.values.years import year_of


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
        ("2021年2—6月", [("2021-02", "2021-06", "exact")]),
        ("1-10月份", [("2021-01", "2021-10", "exact")]),
        ("3月1日至5日", [("2021-03-01", "2021-03-05", "exact")]),
        ("2021.3.1-2021.6.30", [("2021-03-01", "2021-06-30", "exact")]),
        ("2021-03-01起", [("2021-03-01", None, "from")]),
        ("申请日在2021年3月8日及之前", [("2021-03-08", None, "by")]),
        ("申请日在2021年3月8日及之后", [("2021-03-08", None, "from")]),
        ("顺延至2月24日前缴纳", [("2021-02-24", None, "by")]),
        ("3月8日17:30前", [("2021-03-08", None, "by")]),
        ("3月8日後签订", [("2021-03-08", None, "from")]),
        ("自2020年度开始", [("2020-01", None, "from")]),
        ("2020年营业收入", []),
        ("年底前完成", [("2021-12-31", None, "by")]),
        ("今年年底前完成", [("2021-12-31", None, "by")]),
        ("去年12月底", [("2020-12-31", None, "exact")]),
        ("第二、三、四季度", [("2021-04", "2021-12", "exact")]),
        ("前三季度", [("2021-01", "2021-09", "exact")]),
        ("1月份、3月份、9月份", [("2021-01", None, "exact"), ("2021-03", None, "exact"), ("2021-09", None, "exact")]),
        ("每年5月底前", []),
        ("3月8日（含3月8日）前", [("2021-03-08", None, "by")]),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    """The year is the document's where the text leaves it out; a day that does not exist is no date."""
    assert _read(text) == expected


def test_no_year_is_not_guessed() -> None:
    """Without a year anywhere, a month and day stay unread."""
    assert _read("3月底前申报", None) == []
    assert _read("2020年1月至3月底", None) == [("2020-01", "2020-03-31", "exact")]


def test_the_year_of_a_text_without_a_date_is_an_estimate() -> None:
    """The latest document it cites by number is as old or older; without one there is no year, and a person is asked."""
    assert year_of(Document("按《办法》（某发〔2019〕3号）和〔2021〕8号文执行")) == 2021
    assert year_of(Document("给予企业补贴")) is None
    text = "一、减租金。对企业减免租金50%，从3月1日起执行。\n二、发补贴。对企业给予补贴5万元。"
    assert [quote.text for quote in undated(text, 0, len(text))] == ["3月1日"]
    assert [one.kind for one in read(text).doubts if one.kind == "date"] == ["date"]
