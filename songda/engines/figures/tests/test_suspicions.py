"""What looks wrong is flagged, with a reason; what is usual is not."""

from __future__ import annotations

import pytest

from songda.engines.figures.reader import read_figures


def flags(text: str) -> set[tuple[str, str, str]]:
    return {(one.quote, one.severity, one.sort) for one in read_figures(text).flags}


def test_a_share_above_all_is_grave_and_so_are_its_numbers() -> None:
    told = flags("应返岗80人，已返岗170人，返岗率212.5%。")
    assert {("212.5%", "high", "above_100"), ("80人", "high", "above_100"), ("170人", "high", "above_100")} <= told


@pytest.mark.parametrize("text", ["产值同比增长120%。", "任务完成率95%。", "复工率100%。"])
def test_growth_and_single_rates_are_usual(text: str) -> None:
    assert flags(text) == set()


def test_all_at_exactly_100_is_doubted() -> None:
    assert ("100%", "high", "exactly_100") in flags("企业78家、商户813户、工地34个，复工率均为100%。")
    assert ("100%", "medium", "exactly_100") in flags("规上企业复工率、返岗率均达100%。")


def test_two_totals_for_one_thing() -> None:
    told = flags("全市累计走访企业1200家。\n据统计，全市累计走访企业1300家。")
    assert told == {("1200家", "medium", "two_totals"), ("1300家", "medium", "two_totals")}
    assert flags("截至3月1日，全市累计走访企业1200家。\n截至4月1日，全市累计走访企业1300家。") == set()


def test_slips_of_unit() -> None:
    assert ("265万家", "high", "arithmetic") in flags("甲镇120家、乙镇145家，合计265万家。")
    assert ("4007万户", "high", "magnitude") in flags("复工商家4007万户。")
    assert flags("全省市场主体850万户。") == set()


def test_a_range_turned_round() -> None:
    assert ("8—3家", "medium", "range") in flags("每组联系8—3家企业。")


def test_each_flag_has_its_reason_and_place() -> None:
    text = "工业60家、服务业30家，合计95家。"
    for one in read_figures(text).flags:
        assert one.reason.endswith("。")
        assert text[slice(*one.span)] == one.quote
