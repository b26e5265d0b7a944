"""Mistakes that people make when they write a pack by hand: each is told with its file and line, what was expected, what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from songda.kernel.errors import Conflict, Invalid
from songda.portal.packs.beginning import KEPT, begin_pack, start_pack
from songda.portal.packs.checking import check, check_pack
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import SECTIONS, Pack, read_pack, read_sheet, section_of
from songda.portal.packs.tests.packs import PACK

MEASURE, AREAS, UNITS = "measures/sample-10-01.yaml", "organisations/areas.yaml", "organisations/departments.yaml"
DOCUMENT, TREE, DAYS = "documents/sample-10.yaml", "dictionaries/areas.yaml", "calendar.yaml"


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("packs") / "ours"
    start_pack(path, code="linjiang-2026", name="临江市：“三送一强” #1")
    return path


@pytest.fixture(scope="module")
def whole(ours) -> Pack:
    return read_pack(ours)


def spoiled(whole: Pack, folder: Path, file: str, data: bytes) -> list[PackProblem]:
    (folder / "spoiled.yaml").write_bytes(data)
    found = read_sheet(folder / "spoiled.yaml", file, section_of(file) or "")
    sheets = tuple(sheet for sheet in whole.sheets if sheet.file != file)
    wrong = (found,) if isinstance(found, PackProblem) else ()
    return list(check(Pack(whole.path, sheets if wrong else (*sheets, found), wrong)).problems)


def test_a_new_pack_checks_at_once_and_says_what_to_change(ours):
    report = check_pack(ours)
    assert [str(one) for one in report.problems] == []
    assert report.counts["measures"] == report.counts["documents"] == 1 and report.counts["calendar"] > 700
    for file in ours.rglob("*.yaml"):
        first, second = file.read_text(encoding="utf-8").splitlines()[:2]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).resolve().is_file(), file
        assert second.startswith("# 【"), file
    with pytest.raises(Conflict):
        start_pack(ours, code="again", name="再来")


def test_no_unit_of_the_demonstration_is_left_in_a_new_pack(ours, whole):
    others = {item["code"] for _, _, item in read_pack(PACK).items("organisations", "organisations")}
    named = {sheet.file for sheet in whole.sheets for code in others if f'"{code}"' in sheet.text or f": {code}\n" in sheet.text}
    assert named == set()


def test_a_code_that_cannot_be_one_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(Invalid):
        start_pack(tmp_path / "new", code="临江", name="临江市")
    assert not (tmp_path / "new").exists()


def test_a_pack_begun_from_another_takes_along_all_but_its_policies(tmp_path):
    begin_pack(tmp_path / "mine", PACK, code="mine", name="本地活动")
    found = read_pack(tmp_path / "mine")
    assert {sheet.section for sheet in found.sheets} == {"pack", *KEPT}
    assert {"document", "measure", "implementing", "plan", "figure"}.isdisjoint(KEPT)
    assert [str(one) for one in check(found).problems] == []


MISTAKES = [
    (AREAS, "  - {code: \"990102\"", "\t- {code: \"990102\"", "制表符"),
    (MEASURE, "title: 稳", "title：稳", "冒号是全角"),
    (UNITS, "name: 示例市工业和信息化局, short_name", "name: 示例市工业和信息化局，short_name", "逗号是全角"),
    (MEASURE, "budget_line: 失业保险基金", "   budget_line: 失业保险基金", "YAML 有误"),
    (MEASURE, "title: 稳岗返还（示例）", 'title: "稳岗返还（示例）', "YAML 有误"),
    (MEASURE, "kind: fund", "kind: fund\nkind: service", "“kind”写了两次"),
    (MEASURE, "quote: 对不裁员", "quote: &q 对不裁员", ""),
    ("pack.yaml", 'place: "990100"', "place: 990100", "应为文本（加引号）"),
    ("pack.yaml", "demonstration: false", "demonstration: no", "应为true 或 false"),
    ("pack.yaml", 'place: "990100"', 'place: "990109"', "没有机构 990109"),
    (MEASURE, 'opens_on: "2026-11-02"', 'opens_on: "2026/11/2"', "受理开始写法不对"),
    (MEASURE, 'opens_on: "2026-11-02"', 'opens_on: "2026-02-30"', "没有 2026-02-30 这一天"),
    (MEASURE, 'closes_on: "2027-12-31"', 'closes_on: "2025-12-31"', "早于 opens_on"),
    (MEASURE, "department: hr", "department: hrx", "没有机构 hrx"),
    (MEASURE, "department: hr", "departmnet: hr", "可以是：department"),
    (MEASURE, "class: jobs", "class: job", "字典 measure-classes 里没有 job"),
    (MEASURE, "article: 一、", "article: 三、", "没有条款“三、”"),
    (MEASURE, "quote: 对不裁员", "quote: 对没裁员", "原文里没有这一段（出处须逐字取自文件正文；最像的一句：对不裁员或少裁员"),
    (MEASURE, "裁员率 ≤ 5.5%\n", "裁员比例 ≤ 5.5%\n", "裁员比例"),
    (MEASURE, "amount: 4万元", "amount: 5万元", "实为40000元"),
    (MEASURE, "boundary: true\n", "boundary: false\n", "缺边界案例"),
    (AREAS, 'parent: "990100", segment: "02"', 'parent: "990100", segment: "01"', "路径段 01 已被 示例市东区 使用"),
    (AREAS, 'code: "990102001"', 'code: "990101001"', "代码 990101001 重复"),
    (AREAS, "kind: district, parent: \"990100\", segment: \"02\"", "kind: county, parent: \"990100\", segment: \"02\"", "类型只能是"),
    (TREE, '  - {code: "990102001", label: 西一街道, parent: "990102"}\n', "", "dictionaries/areas.yaml 里没有 990102001（西一街道）"),
    (UNITS, 'short_name: 市人社局, kind: department, parent: "990100"', "short_name: 市人社局, kind: department, parent: hr", "绕回到了 hr"),
    (DOCUMENT, "  二、减", "  减", "至少两条"),
    (DOCUMENT, "issued_on:", "issue_on:", "可以是：issued_on"),
    (DOCUMENT, "categories:", "claims_articles: 3\ncategories:", "自称 3 条，正文读出 2 条（读出的条款：一、二；"),
    (DOCUMENT, "categories:", "claims_articles: 2\ncategories:", ""),
    (TREE, 'label: 西一街道, parent: "990102"', 'label: 西一街道, parent: "990101"', "西一街道 的上级应为 990102（示例市西区），现为 990101"),
    (TREE, 'label: 西一街道, parent: "990102"', "label: 西一街道", "现为 空"),
    (UNITS, "short_name: 市工信局", "short_name: 市人社局", "简称“市人社局”已被 hr 使用（同一上级下不能重复"),
    (DAYS, '"2026-10-01", working: false', '"2026-10-02", working: false', "2026-10-02 写了两次（calendar.yaml 第 "),
    (DAYS, '"2026-10-01", working: false', '"2026-10-01", working: true', "2026-10-01 是星期四，本来就上班"),
    ("implementing/sample-r-01.yaml", "payment_basis: ", "conditions: ", "缺少 payment_basis"),
    ("returns.yaml", "indicator: declared-workers, required", "indicator: declared-worker, required", "没有指标 declared-worker，相近的有 declared-workers"),
    ("returns.yaml", "at: declared-workers", "at: declared-worker", "说明所在的 declared-worker 不在表内"),
    ("returns.yaml", "申报到岗人数 ≤ 上期", "申报到岗 ≤ 上期", "不认识「申报到岗」"),
    ("returns.yaml", "kinds: [street]", "units: [hrx]", "没有机构 hrx"),
    ("retention.yaml", "code: sign-ins, period: 1年", "code: sign-ins, period: 30天", "至少应保存 183 天"),
    ("facts.yaml", "kind: num, unit: 人,", "kind: num, unit: 斗,", "的单位「斗」未登记（可用的单位见"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_place_and_a_way_out(tmp_path, ours, whole, mistake):
    file, before, after, said = mistake
    text = (ours / file).read_text(encoding="utf-8")
    assert before in text
    found = spoiled(whole, tmp_path, file, text.replace(before, after, 1).encode())
    if not said:  # an anchor alone harms nobody
        assert found == []
        return
    hits = [one for one in found if said in str(one)]
    assert hits, [str(one) for one in found]
    assert all(one.line > 0 and one.file for one in hits)


@pytest.mark.parametrize("mistake", [one for one in MISTAKES if one[0] in ("returns.yaml", "retention.yaml", DAYS)])
def test_a_wrong_row_is_told_at_its_own_line(tmp_path, ours, whole, mistake):
    file, before, after, said = mistake
    text = (ours / file).read_text(encoding="utf-8")
    wanted = text[: text.index(before)].count("\n") + 1
    lines = {one.line for one in spoiled(whole, tmp_path, file, text.replace(before, after, 1).encode()) if said in str(one)}
    assert lines & {wanted, wanted + 1}  # a day written twice is told where it stands the second time


def test_the_line_of_a_mark_is_the_line_where_it_stands(tmp_path, ours, whole):
    text = (ours / MEASURE).read_text(encoding="utf-8")
    wanted = next(at for at, line in enumerate(text.splitlines(), 1) if line.startswith("title"))
    [found] = spoiled(whole, tmp_path, MEASURE, text.replace("title: 稳", "title：稳").encode())
    assert (found.file, found.line) == (MEASURE, wanted) and "半角冒号" in found.advice


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("code: 示例\n".encode("gb18030"), "另存为"),
        (b"", "不能是空的"),
        (b"- a\n- b\n", "名称: 值"),
        (b"code: " + b"[" * 40_000, "层级太深"),
        (b"- " * 40_000, "层级太深"),
        (b"a: &a [1]\nb: [*a, *a]\n", "不能用 & 和 * 引用"),
        (b"# " + b"x" * (5 << 20), "太大"),
        (b"code: !!python/object:os.system x\n", "YAML 有误"),
    ],
)
def test_a_file_that_is_no_file_of_ours_is_told(tmp_path, whole, data, said):
    found = spoiled(whole, tmp_path, MEASURE, data)
    assert any(said in str(one) for one in found), [str(one) for one in found]


def test_a_byte_order_mark_does_no_harm(tmp_path, ours, whole):
    assert spoiled(whole, tmp_path, MEASURE, b"\xef\xbb\xbf" + (ours / MEASURE).read_bytes()) == []


def test_files_that_would_be_passed_over_are_told(tmp_path, ours):
    mine = tmp_path / "mine"
    shutil.copytree(ours, mine)
    (mine / MEASURE).rename(mine / "measures/sample-10-01.yml")
    (mine / "facts.yaml").rename(mine / "facts.yaml.txt")
    (mine / "measures/清单.xlsx").write_bytes(b"PK")
    (mine / "notes.yaml").write_text("a: 1", encoding="utf-8")
    told = {one.file: str(one) for one in check_pack(mine).problems}
    assert set(told) == {"measures/sample-10-01.yml", "facts.yaml.txt", "measures/清单.xlsx", "notes.yaml"}
    (mine / "facts.yaml.txt").unlink()
    (mine / "measures/清单.xlsx").unlink()
    (mine / "notes.yaml").unlink()
    (mine / "measures/sample-10-01.yml").unlink()
    assert any(one.file == SECTIONS["facts"] and "缺少这个文件" in one.message for one in check_pack(mine).problems)
