"""The smaller promises of the room: names a catalogue may take in, units, completion, JSON, gaps of SQL, cases."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from songda.engines.rules.cases import Case, lacking, read_facts, run_cases
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.complete import suggest
from songda.engines.rules.form import digest, from_json, to_json
from songda.engines.rules.lexicon import cautions, flaws, refusal
from songda.engines.rules.nearest import distance, nearest
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.sql import NotPortableError, to_sql
from songda.engines.rules.tell import decimal
from songda.engines.rules.tests.cast import CATALOGUE
from songda.engines.rules.units import over, spell, times, unit

ON = dt.date(2020, 3, 31)


@pytest.mark.parametrize(
    "name", ["且", "属于", "至少2项", "近3年", "2020年营收", "营业 收入", "营业(收入)", "a≥b", "-5", "", "（含）"]
)
def test_names_a_catalogue_must_not_take_in(name: str) -> None:
    assert refusal(name)


@pytest.mark.parametrize("name", ["在职人数", "非公企业", "满意度", "近3年研发费用", "R-D经费"])
def test_names_that_only_look_like_keywords_are_fine(name: str) -> None:
    assert not refusal(name)


def test_flaws_and_cautions_of_a_catalogue() -> None:
    assert flaws(CATALOGUE) == ()
    bad = [FactKind("a", "甲", Kind.NUM, "斗"), FactKind("b", "甲", Kind.BOOL), FactKind("c", "乙", Kind.CODE, code_list="无")]
    assert {reason for _, reason in flaws(Catalogue.of(bad))} == {
        "名称重复",
        "代码表「无」不存在",
        "事实「甲」的单位「斗」未登记",
    }
    assert ("非公企业", "以关键字开头或结尾") in cautions(CATALOGUE)
    assert ("非公企业", "包含另一名称「公企业」") in cautions(CATALOGUE)


def test_units_multiply_and_divide() -> None:
    per_test, tests = unit("元/人次"), unit("人次")
    assert per_test is not None
    assert tests is not None
    assert spell(times(per_test.dimension, tests.dimension)) == "元"
    assert spell(over(tests.dimension, tests.dimension)) == "比率"
    assert unit("万元/亩") is not None
    assert unit("斗") is None
    assert decimal(1, 8) == "0.125"
    assert decimal(1, 3) == "约0.333333"
    assert decimal(-5, 10) == "−0.5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("吞吐量 ≥ 5万吨", "50000吨"), ("吞吐量 < 0.5万吨", "4999吨"), ("箱量 > 3万标箱", "30001标箱"), ("箱量 = 3万标准箱", "30000标箱"),
        ("靠泊 ≥ 1.2万艘次", "12000艘次"), ("里程 ≥ 100公里", "100.5公里"),
    ],
)  # fmt: skip
def test_a_port_counts_tons_boxes_and_ships_also_by_the_ten_thousand(text: str, said: str) -> None:
    facts = [("吞吐量", "吨"), ("箱量", "标箱"), ("靠泊", "艘次"), ("里程", "公里")]
    catalogue = Catalogue.of([FactKind(name, name, Kind.NUM, counted) for name, counted in facts])
    case = Case("一例", {text.split(" ", maxsplit=1)[0]: said}, "是", ON)
    assert [one.message for one in run_cases(parse_condition(text, catalogue), None, [case], catalogue)] == [""]


def test_two_readings_are_refused_with_both() -> None:
    said = "这句话有两种读法：“参保企业 且 非公企业” 还是 “参保企业 且 非 公企业”？请在词与词之间加空格"
    with pytest.raises(RuleError) as caught:
        parse_condition("参保企业且非公企业", CATALOGUE)
    assert str(caught.value) == said


def test_nearest_names() -> None:
    assert distance("营业收人", "营业收入") == 1
    assert nearest("医药", ["医药制造业", "农业"]) == ("医药制造业",)
    assert nearest("完全不同", ["营业收入"]) == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("用工", "用工人数"),
        ("参保企业且重点", "重点保障企业"),
        ("营业收入 ≥ 5", "5万元"),
        ("企业规模 属于 {", "大型"),
        ("参保企业 且 非", "非公企业"),
    ],
)
def test_completion_puts_what_goes_on_from_the_typed_word_first(text: str, first: str) -> None:
    found = suggest(text, len(text), CATALOGUE)
    assert found[0].text == first
    assert text[found[0].start :] == "" or first.startswith(text[found[0].start :])


def test_completion_offers_only_what_may_follow() -> None:
    after_code_fact = {one.text for one in suggest("注册地 ", 4, CATALOGUE)}
    assert after_code_fact == {"属于", "不属于", "为", "不为", "已知", "未知"}
    assert suggest("不认识的词 且 ", 8, CATALOGUE) == []
    assert {one.text for one in suggest("设备投资额 × 20% ", 12, CATALOGUE, start="amount")} >= {"上限", "下限"}


def test_one_meaning_has_one_digest() -> None:
    texts = ("用工人数不少于50人", "用工人数 ≥ 50人", "(职工人数50人以上（含）)")
    assert len({digest(parse_condition(text, CATALOGUE)) for text in texts}) == 1
    assert digest(parse_condition("用工人数 > 50人", CATALOGUE)) != digest(parse_condition(texts[0], CATALOGUE))


def test_json_keeps_numbers_as_written() -> None:
    rule = parse_amount("设备投资额 × 5.5% 上限 1.5亿元", CATALOGUE)
    stored = to_json(rule)
    assert stored["rule"]["limits"] == [
        {"op": "limit", "upper": True, "bound": {"op": "literal", "number": "1.5", "unit": "亿元"}}
    ]
    assert from_json(stored) == rule


@pytest.mark.parametrize(
    "obj",
    [
        None,
        {"schema": 2, "rule": {"op": "holds", "fact": "key"}},
        {"schema": 1, "rule": {"op": "holds", "fact": "key", "more": 1}},
        {"schema": 1, "rule": {"op": "holds", "fact": 5}},
        {"schema": 1, "rule": {"op": "value", "fact": "staff"}},
        {"schema": 1, "rule": {"op": ["holds"]}},
        {"schema": 1, "rule": {"op": "and", "items": []}},
        {"schema": 1, "rule": {"op": "listed", "fact": "discredited", "on": "2020-02-30"}},
        {
            "schema": 1,
            "rule": {"op": "compare", "operator": "≥", "left": {"op": "literal", "number": "1e9", "unit": "元"}, "right": 1},
        },
    ],
)
def test_json_that_is_no_rule_is_refused(obj: object) -> None:
    with pytest.raises(RuleError):
        from_json(obj)


def test_sqlite_refuses_what_it_could_not_hold_exactly() -> None:
    rule = parse_condition("营业收入 × 满意度 ≥ 研发费用 × 裁员率", CATALOGUE)
    with pytest.raises(NotPortableError, match="sqlite"):
        to_sql(rule, CATALOGUE, "sqlite", ON)
    assert "NUMERIC" in to_sql(rule, CATALOGUE, "postgresql", ON)
    simple = parse_condition("营业收入 ≥ 500万元 且 用工人数 ≥ 50人 且 近3年 每年 年营业收入 ≥ 5万元", CATALOGUE)
    assert "*" not in to_sql(simple, CATALOGUE, "sqlite", ON)


def test_sql_quotes_what_a_catalogue_brings_in() -> None:
    from songda.engines.rules.catalogue import CodeList

    nasty = Catalogue.of([FactKind('a"b', "地区", Kind.CODE, code_list="x")], [CodeList("x", {"o'k": "一"})])
    text = to_sql(parse_condition("地区 属于 一", nasty), nasty, "duckdb", ON)
    assert '"a""b"' in text
    assert "'o''k'" in text


def test_cases_check_amounts_and_say_which_answers_no_case_expects() -> None:
    rule, amount = parse_condition("设备投资额 ≥ 100万元", CATALOGUE), parse_amount("设备投资额 × 20% + 失业保险费", CATALOGUE)
    cases = [
        Case("够", {"设备投资额": "100万元", "失业保险费": "5元"}, "是", ON, "20.0005万元"),
        Case("缺", {"设备投资额": "100万元"}, "是", ON, "待核"),
        Case("错", {"设备投资额": "100万元", "失业保险费": "5元"}, "是", ON, "1元"),
        Case("否", {"设备投资额": "1万元"}, "否", ON, "1元"),
    ]
    results = run_cases(rule, amount, cases, CATALOGUE)
    assert [one.passed for one in results] == [True, True, False, False]
    assert results[2].message == "金额应为1元，实为200005元"
    assert results[3].message == "应为1元，实无金额（否）"
    assert lacking(cases) == ("待核",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("用工人数", "48"),
        ("用工人数", "48台"),
        ("参保企业", "对"),
        ("成立日期", "去年"),
        ("注册地", "火星"),
        ("失信名单", "也许"),
        ("年营业收入", "100万元"),
        ("用工人", "1人"),
    ],
)
def test_case_texts_that_cannot_be_read_are_refused(name: str, text: str) -> None:
    with pytest.raises(RuleError):
        read_facts({name: text}, CATALOGUE)


def test_case_texts_by_kind() -> None:
    given = {"用工人数": "1,048人", "满意度": "90%", "净": "", "安全事故": "2019年1月2日、2020年1月1日"}
    del given["净"]
    facts = read_facts(given, CATALOGUE)
    assert facts["staff"].value == 1048
    assert facts["satisfaction"].value == Fraction(9, 10)
    assert facts["accident"].value == (dt.date(2019, 1, 2), dt.date(2020, 1, 1))
    assert read_facts({"用工人数": "未知"}, CATALOGUE) == {}


def test_spans_point_at_the_smallest_wrong_part() -> None:
    text = "参保企业 且 (用工人数 ≥ 50人 或 营业收入 ≥ 5人)"
    with pytest.raises(RuleError) as caught:
        parse_condition(text, CATALOGUE)
    problem = caught.value.problems[0]
    assert text[problem.start : problem.end] == "5人"
    rule = parse_condition("参保企业 且 用工人数 ≥ 50人", CATALOGUE)
    assert rule.span == (0, 17)
    assert show(rule, CATALOGUE) == "参保企业 且 用工人数 ≥ 50人"
