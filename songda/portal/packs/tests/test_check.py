from __future__ import annotations

import pytest

from songda.engines.rules.cases import run_cases
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.portal.packs import catalogue_of
from songda.portal.packs.checking import check_pack
from songda.portal.packs.reading import read_pack
from songda.portal.packs.rulework import cases_in
from songda.portal.packs.tests.packs import PACK, declared, spoiled

MEASURE = "measures/gx-kangyi-8-20.yaml"
IMPLEMENTING = "implementing/gx-r-wages.yaml"


def test_the_bundled_pack_has_no_problem():
    report = check_pack(PACK)
    assert report.problems == ()
    held = len(declared("measures"))
    assert report.counts["measures"] == held and report.counts["cases"] >= 4 * held


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("facts.yaml", "kind: date, owner", "kind: day, owner", "只能是"),
        ("facts.yaml", "name: 用工人数", "name: 属于", "与关键词相同"),
        ("facts.yaml", "code_list: sizes", "code_list: grades", "代码表「grades」不存在"),
        ("pack.yaml", "demonstration: true", "demonstration: 真", "应为true 或 false"),
        ("pack.yaml", 'requires: "0.1"', 'requires: "9.0"', "请先升级"),
        ("sources.yaml", "code: registry,", "code: tax,", "重复"),
        ("organisations/parks.yaml", 'parent: "410103"', 'parent: "419999"', "没有机构 419999"),
        ("organisations/areas.yaml", 'segment: "02"', 'kind_of: "02"', "不认识的项 kind_of"),
        ("places.yaml", "code: market-eq-1", "code: market-hj-1", "重复"),
        ("places.yaml", '"34.7301, 113.6502"', '"113.6502, 34.7301"', "先写纬度"),
        ("places.yaml", 'area: "410171", form', 'area: "419999", form', "没有辖区 419999"),
        ("places.yaml", '{area: "410106", row: 0, column: 0}', '{area: "410106", row: 0, column: 1}', "放了两个辖区"),
        ("dictionaries/gbt4754.yaml", '"0111"', '"0112"', "重复"),
        ("calendar.yaml", "working: false", "working: maybe", "应为true 或 false"),
        ("documents/gx-kangyi-8.yaml", "upper: city-30", "upper: city-31", "没有文件 city-31"),
        ("documents/gx-kangyi-8.yaml", "每人次100元", "每人次90元", "原文里没有这一段"),
        (MEASURE, "核酸检测人次 ≥ 1人次", "核酸检测人数 ≥ 1人次", "核酸检测人次"),
        (MEASURE, "× 100元/人次", "× 100元", "应为金额"),
        (MEASURE, "expect: 待核", "expect: 是", "实为待核"),
        (MEASURE, 'amount: "1.2万元"', 'amount: "1.3万元"', "金额应为1.3万元，实为12000元"),
        (MEASURE, "department: gx-headquarters", "department: gx-nobody", "没有机构 gx-nobody"),
        (MEASURE, "budget_line: 疫情防控专项资金\n", "", "缺少 budget_line"),
        (MEASURE, "kind: fund", "kind: fund\nkind_of: [", "YAML 有误"),
        (IMPLEMENTING, "gx-kangyi-8-26", "gx-kangyi-8-99", "没有措施 gx-kangyi-8-99"),
        (IMPLEMENTING, "gx-kangyi-8-26", "gx-kangyi-8-20", "缺少 payment_basis"),
        (IMPLEMENTING, "time_limit_days: 3", "time_limit_days: 4", "长于措施 gx-kangyi-8-26 承诺的 3 个工作日"),
        (IMPLEMENTING, "department: gx-planning", "department: gx-nobody", "没有机构 gx-nobody"),
        (IMPLEMENTING, "contact: 规划国土住建局窗口\n", "", "缺少 contact"),
    ],
)
def test_a_mistake_is_found_where_it_stands(tmp_path, file, before, after, said):
    found = spoiled(tmp_path, file, before, after)
    assert any(said in str(one) for one in found), [str(one) for one in found]
    hit = next(one for one in found if said in str(one))
    assert hit.line > 0


def test_the_line_is_the_line_of_the_mistake(tmp_path):
    found = spoiled(tmp_path, MEASURE, "expect: 否", "expect: 不")
    lines = (PACK / MEASURE).read_text(encoding="utf-8").splitlines()
    assert found[0].file == MEASURE
    assert lines[found[0].line - 1].strip() == "expect: 否"
    assert found[0].where == "cases[1].expect"


def test_a_stranger_among_the_files_is_named(tmp_path):
    copy = tmp_path / "pack"
    copy.mkdir()
    (copy / "notes.yaml").write_text("a: 1", encoding="utf-8")
    files = {one.file for one in check_pack(copy).problems}
    assert files == {"notes.yaml", "pack.yaml"}


@pytest.mark.row("POL-18")
def test_thirty_measures_stand_on_eight_articles_and_each_has_its_cases():
    measures = [sheet for sheet in read_pack(PACK).of("measure") if sheet.data["document"] == "gx-kangyi-8"]
    assert len(measures) == 30
    assert len({sheet.data["article"] for sheet in measures}) == 8
    for sheet in measures:
        cases = cases_in(sheet)
        assert len(cases) >= 4
        assert {case.expect for case in cases} == {"是", "否", "待核"}
        assert any(one.get("boundary") for one in sheet.data["cases"])


@pytest.mark.row("POL-18")
def test_a_large_firm_is_refused_by_every_measure_for_small_ones():
    catalogue, asked, refused = catalogue_of(PACK), 0, 0
    for sheet in read_pack(PACK).of("measure"):
        if "企业规模" not in sheet.data["rule"] or "大型" in sheet.data["rule"]:
            continue
        case, asked = cases_in(sheet)[0], asked + 1
        large = type(case)(case.name, {**case.given, "企业规模": "大型"}, "否", case.on)
        refused += run_cases(parse_condition(sheet.data["rule"], catalogue), None, [large], catalogue)[0].passed
    assert refused == asked > 26


@pytest.mark.row("POL-18")
def test_a_missing_measure_is_noticed(tmp_path):
    found = spoiled(tmp_path, MEASURE, "document: gx-kangyi-8\n", "document: sj-plan-30\n")
    assert any("自称 30 项举措，包里有 29 项" in str(one) for one in found)


@pytest.mark.row("SUP-14")
@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("six-difficulties", 6), ("four-batches", 4), ("three-rates", 3), ("six-stabilities", 6), ("two-levels", 2),
        ("three-layers", 3), ("two-levels-three-layers-one", 6), ("document-categories", 13), ("measure-classes", 9),
    ],
)  # fmt: skip
def test_a_numbered_term_has_the_entries_it_claims(tmp_path, file, count):
    entries = next(sheet.data["entries"] for sheet in read_pack(PACK).of("dictionary") if sheet.data["code"] == file)
    assert len(entries) == count
    last = f'  - {{code: "{entries[-1]["code"]}", label: {entries[-1]["label"]}}}\n'
    found = spoiled(tmp_path, f"dictionaries/{file}.yaml", last, "")
    assert any(f"名称所称为{count}条，实为{count - 1}条" in str(one) for one in found)


@pytest.mark.row("POL-21")
def test_the_top_up_is_half_of_the_citys_decision():
    catalogue = catalogue_of(PACK)
    sheet = next(one for one in read_pack(PACK).of("measure") if one.data["code"] == "sj-plan-30-01")
    rule, amount = parse_condition(sheet.data["rule"], catalogue), parse_amount(sheet.data["amount"], catalogue)
    fen = {one.case.name: one.sum.fen for one in run_cases(rule, amount, cases_in(sheet), catalogue) if one.sum}
    assert fen["符合条件"] == 50_000_00 and fen["市级补贴调整为8万元"] == 40_000_00
