"""Departments: labels, brackets, lead and support, elliptic lists, and units that only act in a sentence."""

from __future__ import annotations

import pytest

from songda.engines.reading.drafts import read

HEAD = "1.减租。对小微企业给予租金减免。"
NEXT = "\n2.补贴。对小微企业给予补贴。\n"


def _units(tail: str) -> list[tuple[str, str]]:
    return [(unit.name, unit.role) for unit in read(HEAD + tail + NEXT).articles[0].departments]


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ("（责任单位：市财政局、税务局，各县（市、区）政府）", ["市财政局", "税务局", "各县（市、区）政府"]),
        ("(责任单位:市财政局,市税务局)", ["市财政局", "市税务局"]),
        ("〔责任部门：市财政局；市税务局〕", ["市财政局", "市税务局"]),
        ("\n责任单位：市财政局、人行、银保监分局", ["市财政局", "人行", "银保监分局"]),
        ("（责任单位：市财政局、市税务局等按职责分工负责）", ["市财政局", "市税务局"]),
        ("（责任单位：市财政局、市税务局", ["市财政局", "市税务局"]),
        ("（责任单位：市财政局，各市、自治州人民政府，各园区）", ["市财政局", "各市、自治州人民政府", "各园区"]),
        ("（市商务局、各区政府）", ["市商务局", "各区政府"]),
        ("（责任单位：市财政局 市税务局）", ["市财政局", "市税务局"]),
        ("（责任单位：市财政局和市文化和旅游局）", ["市财政局", "市文化和旅游局"]),
        ("（对接部门：市财政局；联系人：张某；联系电话：12345678）", ["市财政局"]),
        ("（责任部门：市财政局（电话：12345678））", ["市财政局"]),
        ("（责任单位：市财政局、\n市税务局，各区政府）", ["市财政局", "市税务局", "各区政府"]),
        ("（责任单位：市农业农\n村局、市林业局）", ["市农业农村局", "市林业局"]),
        ("\n责任单位：市财政局、市税务局、\n市工信局\n", ["市财政局", "市税务局", "市工信局"]),
        ("【责任单位】市财政局", ["市财政局"]),
        ("（责任单位 市财政局、税务局）", ["市财政局", "税务局"]),
        ("（责任单位：市财政局市税务局）", ["市财政局", "市税务局"]),
        ("（责任单位：市财政局、郑州海关等）", ["市财政局", "郑州海关"]),
        ("（责任单位：市财政局）（完成时限：2020年6月底）", ["市财政局"]),
        ("（牵头领导：某某；责任单位：市财政局；责任人：某某）", ["市财政局"]),
        ("责任单位为市财政局、市税务局。", ["市财政局", "市税务局"]),
        ("（市财政局会同市税务局负责落实）", ["市财政局", "市税务局"]),
        ("（责任单位：市财政局（市金融办）、市委宣传部）", ["市财政局（市金融办）", "市委宣传部"]),
        ("主管部门为中小企业减负。", []),
        ("（含个体工商户）", []),
        ("", []),
    ],
)
def test_names(tail: str, names: list[str]) -> None:
    """Names as written, in order, split outside brackets; a bracket that is not all units is none."""
    assert [name for name, _ in _units(tail)] == names


@pytest.mark.parametrize(
    "tail",
    [
        "（市工信局牵头，市财政局、市税务局配合）",
        "（牵头单位：市工信局；配合单位：市财政局、市税务局）",
        "（牵头：市工信局；配合：市财政局、市税务局）",
    ],
)
def test_lead_and_support(tail: str) -> None:
    """牵头 and 配合, after the names or as labels."""
    assert _units(tail) == [("市工信局", "lead"), ("市财政局", "support"), ("市税务局", "support")]


def test_units_are_not_part_of_the_last_measure() -> None:
    """The measure ends where its units begin."""
    article = read(HEAD + "（责任单位：市财政局）" + NEXT).articles[0]
    assert [measure.quote.text for measure in article.measures] == ["对小微企业给予租金减免。"]


def test_units_that_act_in_an_article_of_organisation() -> None:
    """X、Y负责… and 由X负责解释 name units where no label does; 有关部门 does not."""
    text = "第一条 为了发展，制定本办法。\n第二条 市科技局、市财政局负责本办法的组织实施。\n第三条 有关部门负责监督。\n第四条 本办法由市科技局负责解释。\n"
    units = [[unit.name for unit in article.departments] for article in read(text).articles]
    assert units == [[], ["市科技局", "市财政局"], [], ["市科技局"]]


def test_units_given_a_task_in_an_article_that_promises() -> None:
    """由X统一组织 names a unit of a measure; 经X备案 does not."""
    text = "1.补贴参展。对参展企业给予补贴，经市科技局备案后由市商务局统一组织申报。\n2.补贴用电。对企业给予用电补贴，经市科技局备案。\n"
    assert [[unit.name for unit in article.departments] for article in read(text).articles] == [["市商务局"], []]


def test_units_of_the_closing_rules() -> None:
    """A committee and a government explain, several units carry the work out."""
    text = "第一条 对企业给予补贴。\n第二条 本办法由某市委、某市人民政府负责解释，具体工作由市工信局、市财政局等部门承担。\n"
    assert [unit.name for unit in read(text).articles[1].departments] == ["某市委", "某市人民政府", "市工信局", "市财政局"]
