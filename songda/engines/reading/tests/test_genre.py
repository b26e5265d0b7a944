"""Genres, and the doubts about numbering and frame."""

from __future__ import annotations

import pytest

from songda.engines.reading.drafts import read

MEASURES = "云溪市若干措施\n一、减租。给予减租。\n二、减费。给予减费。\n云溪市人民政府\n2021年3月8日\n"


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (MEASURES, "measures"),
        ("云溪市办法\n第一条 为了发展，制定本办法。\n第二条 对企业给予奖励。\n", "regulation"),
        ("关于申报中心的通知\n一、申报条件\n在本市注册。\n二、申报材料\n申请表。\n", "guide"),
        ("减税问答\n一、哪些企业可享受？\n小微企业。\n二、如何享受？\n免申即享。\n", "qa"),
        ("减税问答\n问：哪些企业可享受？\n答：小微企业。\n问：如何享受？\n答：免申即享。\n", "qa"),
        ("云溪发布新政\n记者从市政府获悉：\n第一，给予减租。\n第二，给予减费。\n第三，给予补贴。\n", "digest"),
    ],
)
def test_genres(text: str, genre: str) -> None:
    """One of each."""
    assert read(text).genre == genre


def _doubts(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.quote.text[:3]) for one in read(text).doubts if one.kind in {"numbering", "frame", "layout"}]


def test_no_doubt_about_a_whole_document() -> None:
    """Title, issuer, day and numbers in order."""
    assert _doubts(MEASURES) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (MEASURES.replace("二、", "三、"), {"numbering"}),
        (MEASURES + "", set()),
        (
            MEASURES.replace("二、", "一、减税。给予减税。\n一、减息。给予减息。\n二、").replace("一、减租", "三、减租"),
            {"numbering"},
        ),
        ("云溪市若干措施\n对企业给予租金补贴。\n云溪市人民政府\n2021年3月8日\n", {"numbering"}),
        (MEASURES.replace("云溪市人民政府\n2021年3月8日\n", ""), {"frame"}),
        ("云溪市公告\n天气晴朗\n云溪市人民政府\n2021年3月8日\n", {"layout"}),
    ],
)
def test_doubts(text: str, kinds: set[str]) -> None:
    """Gaps, repeats, no numbers at all, no issuer and day, no articles."""
    assert {kind for kind, _ in _doubts(text)} == kinds


def test_validity_from_an_unknown_day_is_doubted_where_it_is_said() -> None:
    """自发布之日起 without a day of issue."""
    text = "云溪市若干措施\n一、减租。给予减租。\n二、减费。给予减费。\n本措施自发布之日起施行。\n"
    assert ("frame", "本措施") in _doubts(text)
