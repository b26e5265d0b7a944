"""What holds for any text: every quote is verbatim, nothing crashes, and the time stays bounded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.reading.document import Document, Quote
from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.to_json import as_json

PIECES = (
    "一、", "二、", "（一）", "（二）", "1.", "2．", "3、", "第一条 ", "第2条", "第一章 总 则", "①", "方向1：",
    "对小微企业", "，", "。", "；", "\n", "（", "）", "给予", "20万元", "5,000 万元", "50％", "5%—20%", "减半或全免", "奖励", "补贴",
    "责任单位：", "市财政局、", "牵头", "2021年3月8日", "至2021年底", "3个月", "第三年", "每人每月", "100元/亩", "自发布之日起施行", "本措施",
    "附件：", "附 则", "的企业", "“", "”", "《", "》", "a", " ", "\u3000", "百分之五十", "1:1配套", "十", "〔2021〕5号", "由", "提高至",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def _quotes(value: object) -> Iterator[Quote]:
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _quotes(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _quotes(getattr(value, field.name))


def _read(text: str) -> Document | None:
    try:
        return read(text)
    except ReadingError:
        return None


@given(TEXTS)
@settings(max_examples=300, deadline=1000)
def test_every_quote_is_verbatim(text: str) -> None:
    """text[start:end] == quote for every value of every document, and the JSON can be made."""
    document = _read(text)
    if document is None:
        return
    for quote in _quotes(document):
        assert text[quote.start : quote.end] == quote.text
    as_json(document)


HOSTILE = (
    "（", "20万元、", "责任单位：", "的中小企业", "由市财政局、", "每人", "1.\n", "一、", "2021年3月", "对", "9", "十", "，", "市、", "《",
    "1.给予奖励。\n", "一、给予每人20万元。", "每新增1人，", "由50%", "本政策有效期",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_bounded_on_hostile_texts(piece: str) -> None:
    """Long runs of one piece take work in proportion to their length: four times the text, nothing like sixteen times the work.

    Work is the processor's own, the least of three, so that a busy machine changes nothing.
    """

    def work(characters: int) -> float:
        text, spent = piece * (characters // len(piece)), []
        for _ in range(3):
            begun = time.process_time()
            _read(text)
            spent.append(time.process_time() - begun)
        return min(spent)

    assert work(24_000) < 9 * max(work(6_000), 0.005)
