"""Which numerals are figures, and with what value, unit and precision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from songda.engines.figures.reader import read_figures


def told(text: str) -> list[tuple[str, str]]:
    return [(str(one.value), one.unit) for one in read_figures(text).figures if one.kind != "date"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发放口罩１２，３４５只。", [("12345", "只")]),
        ("全縣共有企業一百二十家。", [("120", "家")]),
        ("投放贷款1亿2000万元。", [("1.2", "亿元")]),
        ("协调贷款八千万元，涉及二十余家企业。", [("8000", "万元"), ("20", "家")]),
        ("日交易额超亿元，咨询百余次。", [("1", "亿元"), ("100", "次")]),
        ("百分之六十的商户开门。", [("60", "%")]),
        ("追加配比1：0.5。", [("1", "份"), ("0.5", "份")]),
        ("分别高于全市1.2、0.8个百分点。", [("1.2", "个百分点"), ("0.8", "个百分点")]),
        ("按每人次100元补助，土地租金200元/亩。", [("100", "元/人次"), ("200", "元/亩")]),
        ("设政策组、服务组两个组。", [("2", "个")]),
    ],
)
def test_numbers_in_every_script_are_figures(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "干部们千方百计、三番五次上门。",
        "坚持“一企一策”“三个到位”，落实“5+2”。",
        "豫政〔2020〕9号文件，电话0371-12345678，热线12345。",
        "第一批项目在三里河街道、五一路2号开工。",
        "购置84消毒液、N95口罩，部署5G。",
        "一是加强领导，二是压实责任；第3季度启动。",
        "全天7×24小时值守，9:00开门。",
    ],
)
def test_idioms_names_and_serials_are_not(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [("约300家", "approx"), ("300余家", "at_least"), ("近百人", "less_than"), ("不超过50家", "at_most"), ("300家", "exact")],
)
def test_precision_follows_the_words(text: str, precision: str) -> None:
    assert read_figures(text).figures[0].precision == precision


def test_ranges_keep_both_ends() -> None:
    figure = read_figures("提供岗位1200至1500个。").figures[0]
    assert (figure.value, figure.upto) == (Decimal(1200), Decimal(1500))


def test_one_per_cent_of_two_rates_is_two_figures() -> None:
    figures = read_figures("企业复工率、员工返岗率均达98%。").figures
    assert [one.subject for one in figures] == ["企业复工率", "员工返岗率"]


def test_dates_are_figures_of_their_own() -> None:
    assert [one.value for one in read_figures("2021年3月5日启动，截至4月6日完成。").figures] == ["2021-03-05", "--04-06"]


def test_spans_are_verbatim_across_broken_lines() -> None:
    text = "截至目前，全区累计已复工复产企业195\n\n家，返岗１２００ 人，其他各项工作正在有序推进之中。"
    figures = read_figures(text).figures
    assert [text[slice(*one.span)] for one in figures] == ["195\n\n家", "１２００ 人"]
    assert [one.quote for one in figures] == ["195家", "１２００人"]


def test_subject_scope_and_time_come_from_the_words_around() -> None:
    first, second = (
        one for one in read_figures("截至3月5日，全区复工企业120家，其中规上企业30家。").figures if one.kind == "measure"
    )
    assert (first.subject, first.scope, first.as_of) == ("全区复工企业", "全区", "--03-05")
    assert "其中" in second.scope


@pytest.mark.parametrize("text", ["", "\n\n", "亿元万户", "1" * 3000, "、".join(["12家"] * 400), "一二三四五" * 500, "“" * 200])
def test_any_text_is_read(text: str) -> None:
    for one in read_figures(text).figures:
        assert 0 <= one.span[0] < one.span[1] <= len(text)
