"""Reading notices of holidays. The texts are in our own words, in the ways of saying that notices of 2019 to 2026 used."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from songda.registry.calendars.rules import read_notice, read_table

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020" / "calendar.yaml"
NOTICES = {
    2019: """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """元旦:2022年12月31日至2023年1月2日放假调休,共3天。
春节:1月21日至27日放假调休,共7天。1月28日(星期六)、1月29日(星期日)上班。
清明节:4月5日放假,共1天。
劳动节:4月29日至5月3日放假调休,共5天。4月23日(星期日)、5月6日(星期六)上班。
端午节:6月22日至24日放假调休,共3天。6月25日(星期日)上班。
中秋节、国庆节:9月29日至10月6日放假调休,共8天。10月7日(星期六)、10月8日(星期日)上班。""",
    2024: """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2026: """关于2026年部分节假日安排
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}


def known(year: int) -> dict[str, bool]:
    """The days of a year's notice as the pack has them: some of its last December belong to the next year's."""
    days = yaml.safe_load(PACK.read_text(encoding="utf-8"))["days"]
    return telling({one["day"]: one["working"] for one in days if f"{year - 1}-12-25" <= one["day"] < f"{year}-12-25"})


def telling(days: dict[str, bool]) -> dict[str, bool]:
    """The days that tell something: a weekend off needs no word, and the pack has some of them and some not."""
    return {day: working for day, working in days.items() if working != (dt.date.fromisoformat(day).weekday() < 5)}


@pytest.mark.parametrize("year", NOTICES)
def test_a_notice_reads_as_the_days_that_are_known(year):
    read = read_notice(NOTICES[year], None if year == 2026 else year)
    assert read.faults == ()
    assert telling({one.day.isoformat(): one.working for one in read.days}) == known(year)


def test_a_recommendation_is_no_day_off_and_is_told():
    read = read_notice(NOTICES[2024], 2024)
    assert dt.date(2024, 2, 9) not in {one.day for one in read.days}
    assert any("除夕" in one for one in read.unused)


def test_one_day_not_moved_and_a_span_over_the_year():
    assert [one.day for one in read_notice("元旦：1月1日（周三）放假1天，不调休。", 2025).days] == [dt.date(2025, 1, 1)]
    over = read_notice("元旦：2027年12月31日至1月2日放假调休，共3天。", 2028)
    assert [one.day.isoformat() for one in over.days] == ["2027-12-31", "2028-01-01", "2028-01-02"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("元旦：1月1日（星期五）放假，共1天。", "2026-01-01 是星期四"),
        ("元旦：1月1日至3日放假调休，共4天。", "写明放假4天，读到3天"),
        ("元旦：1月1日放假。1月5日（星期一）上班。", "本来就上班"),
        ("春节：2月30日至3月2日放假。", "不是日期"),
        ("春节：除夕起放假7天。", "没有读到日期"),
        ("各地要做好值班工作。", "没有读到放假或上班的日期"),
    ],
)
def test_what_does_not_fit_is_a_fault(text, said):
    assert any(said in fault for fault in read_notice(text, 2026).faults)


def test_a_notice_without_a_year_is_a_fault():
    assert read_notice("元旦：1月1日放假。").faults


def test_a_table_of_days():
    read = read_table("日期,类型,名目\n2027/1/1,放假,元旦\n2027-01-02,休,元旦\n2027年1月9日,上班,元旦\n")
    assert [(one.day.isoformat(), one.working) for one in read.days] == [
        ("2027-01-01", False), ("2027-01-02", False), ("2027-01-09", True),
    ]  # fmt: skip
    assert len(read_table("2027-13-01,放假,元旦\n2027-01-01,也许,元旦\n2027-01-01,放假\n").faults) == 3
    assert read_table("").faults


@pytest.mark.parametrize(
    "text",
    ["9999年12月31日放假", "元旦：9999年12月31日放假，与周末连休。", "元旦：0年0月0日放假。", "\0", "元旦：" * 4000],
)
def test_nothing_that_is_typed_breaks_the_reading(text):
    assert read_notice(text, 2027).faults
    assert read_table(text).faults
    assert read_table(f"99999999999999999999-1-1,放假,{text}").faults
    assert read_table("x" * 200_000).faults
