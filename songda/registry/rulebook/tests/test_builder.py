from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.show import show
from songda.engines.rules.tests.strategies import catalogues, conditions
from songda.kernel.errors import Invalid
from songda.registry.rulebook.rules.builder import condition_of_form, form_of
from songda.registry.rulebook.rules.form_nodes import ALL, ANY, ROW, SOME, TEXT, FormNode, read_form, to_data
from songda.registry.rulebook.rules.form_steps import node_at, spell, step
from songda.registry.rulebook.rules.form_view import units_like, view_of

SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}
BOOK = Catalogue.of(
    [
        FactKind("size", "企业规模", Kind.CODE, code_list="sizes"),
        FactKind("staff", "用工人数", Kind.NUM, unit="人", aliases=("职工人数",)),
        FactKind("rent", "月租金", Kind.NUM, unit="元"),
        FactKind("rate", "裁员率", Kind.NUM, unit="%"),
        FactKind("founded", "成立日期", Kind.DATE, fixed=True),
        FactKind("insured", "参保企业", Kind.BOOL),
        FactKind("discredited", "失信名单", Kind.LIST),
        FactKind("income", "历年营业收入", Kind.SERIES, unit="元"),
        FactKind("arrears", "欠薪记录", Kind.EVENT),
    ],
    [CodeList("sizes", SIZES)],
)


@st.composite
def written(draw):
    catalogue = draw(catalogues())
    return catalogue, draw(conditions(catalogue, 3))


@given(written())
@settings(max_examples=150, deadline=None)
def test_text_and_form_lose_nothing(pair):
    catalogue, condition = pair
    text = show(condition, catalogue)
    form = form_of(parse_condition(text, catalogue), catalogue)
    posted = read_form(json.dumps(to_data(form)))
    built = condition_of_form(posted, catalogue)
    assert posted == form
    assert (built.condition, built.text, built.errors) == (condition, text, {})
    assert form_of(built.condition, catalogue) == form
    view_of(form, catalogue, built.errors)


@given(written(), st.data())
@settings(max_examples=50, deadline=None)
def test_moving_changes_the_order_and_loses_no_row(pair, data):
    catalogue, condition = pair
    form = form_of(condition, catalogue)
    before = sorted(map(repr, leaves(form)))
    for _ in range(4):
        path = data.draw(st.sampled_from(list(paths(form))))
        moved = step(form, data.draw(st.sampled_from(["up", "down", "wrap"])), spell(path), "", catalogue)
        form = moved.form
        node_at(form, tuple(int(one) for one in moved.focus.split(".")) if moved.focus else ())
        assert sorted(map(repr, leaves(form))) == before
        condition_of_form(form, catalogue)


def leaves(node):
    return [leaf for one in node.items for leaf in leaves(one)] if node.is_group else [node]


def paths(node, at=()):
    yield at
    for place, one in enumerate(node.items):
        yield from paths(one, (*at, place))


def form(text):
    return form_of(parse_condition(text, BOOK), BOOK)


TEXTS = (
    "参保企业", "非 (参保企业 或 用工人数 ≥ 50人)", "企业规模 不属于 {小型；微型} 以最近值计", "成立日期 满 2个月 且 成立日期 ≥ 2019年1月1日",
    "不在 失信名单 于 2020年1月1日", "近3年 每年 历年营业收入 ≥ 500万元", "近6个月 内 无 欠薪记录", "月租金 介于 1万元 (含) 与 2.5万元 (不含) 之间",
    "至少2项 {参保企业；企业规模 属于 {小型}；用工人数 未知}", "裁员率 ≤ 5.5%", "非 用工人数 ≥ 50人", "非 成立日期 介于 2019年1月1日 (含) 与 2020年1月1日 (不含) 之间",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_what_officials_write_needs_no_row_of_text(text):
    assert "text" not in {leaf.kind for leaf in leaves(form(text))}
    assert condition_of_form(form(text), BOOK).text == text


@pytest.mark.parametrize("text", ["月租金 × 12 ≥ 50万元", "复合增长率(历年营业收入, 2年) ≥ 20%", "用工人数 ≥ 用工人数"])
def test_what_no_row_can_say_is_a_row_of_text(text):
    (row,) = form(text).items
    assert (row.kind, row.values["text"]) == (TEXT, text)


def row(**values):
    codes = values.pop("codes", ())
    return FormNode(ROW, values=values, codes=codes)


WRONG = (
    (row(), "请选择名称"),
    (row(fact="用工人敷"), "目录里没有"),
    (row(fact="用工人数", verb="≥", unit="人"), "请填写数值"),
    (row(fact="用工人数", verb="≥", number="五十", unit="人"), "阿拉伯数字"),
    (row(fact="用工人数", verb="≥", number="50", unit="万元"), "人"),
    (row(fact="用工人数", verb="≥", number="50", unit="光年"), "请选择单位"),
    (row(fact="用工人数", verb="属于"), "怎样比较"),
    (row(fact="企业规模", verb="属于"), "至少选择一项"),
    (row(fact="企业规模", verb="属于", codes=("巨型",)), "巨型"),
    (row(fact="成立日期", verb="满", count="0", period="年"), "大于 0"),
    (row(fact="成立日期", verb="满", count="5", period="工作日"), "期限"),
    (row(fact="成立日期", verb="≥", day="2020-02-31"), "请填写日期"),
    (row(fact="月租金", verb="介于", low="5", low_unit="元", high="2", high_unit="元", low_in="含", high_in="含"), "小于"),
    (row(fact="月租金", verb="介于", low="1", low_unit="元", high="2", high_unit="元"), "含不含"),
    (FormNode(TEXT), "请写条件"),
    (FormNode(TEXT, values={"text": "用工人数 ≥ 50"}), "没有单位"),
    (FormNode(ANY), "还没有条件"),
    (FormNode(SOME, (row(fact="参保企业", verb="是"),), {"count": "2"}), "1 到 1"),
)


@pytest.mark.parametrize(("node", "said"), WRONG)
def test_an_open_row_says_what_is_lacking_and_the_text_is_no_rule(node, said):
    built = condition_of_form(FormNode(ALL, (row(fact="参保企业", verb="是"), node)), BOOK)
    assert said in built.errors["1"]
    assert built.condition is None
    if node.kind == ROW:
        assert built.text == f"参保企业 且 {node.values.get('fact', '')} …".replace("  ", " ")


def test_an_open_row_keeps_the_brackets_of_what_is_around_it():
    group = FormNode(ANY, (row(fact="参保企业", verb="是"), row()))
    built = condition_of_form(FormNode(ALL, (group, row(fact="职工人数", verb="≥", number="５０", unit="人"))), BOOK)
    assert built.text == "(参保企业 或 …) 且 用工人数 ≥ 50人"


def test_an_empty_form_says_nothing():
    assert condition_of_form(FormNode(ALL), BOOK).errors == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "row"}', "[" * 50_000, '{"kind":"all","items":[1]}', " " * 70_000])
def test_what_is_no_form_is_refused(text):
    with pytest.raises(Invalid):
        read_form(text)


def test_steps():
    start = form("参保企业 且 (用工人数 ≥ 50人 或 企业规模 属于 {小型})")
    assert says(step(start, "up", "1", "", BOOK).form) == "(用工人数 ≥ 50人 或 企业规模 属于 {小型}) 且 参保企业"
    assert says(step(start, "down", "0", "", BOOK).form) == "参保企业 或 用工人数 ≥ 50人 或 企业规模 属于 {小型}"
    out = step(start, "up", "1.0", "", BOOK)
    assert (says(out.form), out.focus) == ("参保企业 且 用工人数 ≥ 50人 且 企业规模 属于 {小型}", "1")
    assert says(step(start, "unwrap", "1", "", BOOK).form) == "参保企业 且 用工人数 ≥ 50人 且 企业规模 属于 {小型}"
    assert says(step(start, "remove", "1.1", "", BOOK).form) == "参保企业 且 用工人数 ≥ 50人"
    assert says(step(start, "negate", "1", "", BOOK).form) == "参保企业 且 非 (用工人数 ≥ 50人 或 企业规模 属于 {小型})"
    assert says(step(start, "latest", "1.0", "", BOOK).form).startswith("参保企业 且 (用工人数 ≥ 50人 以最近值计 或")
    assert says(step(start, "code", "1.1", "micro", BOOK).form).endswith("{小型；微型})")
    assert step(start, "add-row", "1", "", BOOK).focus == "1.2"


def test_another_fact_begins_a_row_anew_but_keeps_what_fits():
    start = form("用工人数 ≥ 50人")
    assert step(start, "fact", "0", "职工人数", BOOK).form.items[0].values["number"] == "50"
    assert step(start, "fact", "0", "月租金", BOOK).form.items[0].values == {
        "fact": "月租金", "verb": "≥", "unit": "万元", "low_unit": "万元", "high_unit": "万元", "low_in": "含", "high_in": "不含",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("do", "at"), [("up", "9"), ("nothing", "0"), ("add-row", "0"), ("unwrap", "0"), ("remove", "a"), ("wrap", "0.0")]
)
def test_a_step_that_cannot_be_taken_is_refused(do, at):
    with pytest.raises(Invalid):
        step(form("参保企业 且 用工人数 ≥ 50人"), do, at, "", BOOK)


def says(node):
    return condition_of_form(node, BOOK).text


def test_units_of_one_kind_smallest_first():
    assert units_like("元") == ("元", "千元", "万元", "百万元", "亿元")
    assert units_like("元/人次") == ("元/人次", "千元/人次", "万元/人次", "百万元/人次", "亿元/人次")
    assert units_like("%")[0] == "‰"
