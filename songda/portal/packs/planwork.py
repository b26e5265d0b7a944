"""Plans 落实方案 and industry groups 行业组 of a pack: what they name exists, and every article of the superior document is answered for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from songda.engines.reading.drafts import read
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, Sheet

Problems = Iterator[PackProblem]


def plan_problems(pack: Pack) -> Problems:
    """What is wrong with any plan."""
    documents = {sheet.data["code"]: sheet.data for sheet in pack.of("document")}
    known = {
        "units": {item["code"] for _, _, item in pack.items("organisations", "organisations")},
        "measures": {sheet.data["code"] for sheet in pack.of("measure")},
    }
    for sheet in pack.of("plan"):
        for key in ("upper", "document"):
            if key in sheet.data and sheet.data[key] not in documents:
                yield sheet.problem((key,), f"没有文件 {sheet.data[key]}")
        if sheet.data["area"] not in known["units"]:
            yield sheet.problem(("area",), f"没有机构 {sheet.data['area']}")
        for at, row in enumerate(sheet.data["rows"]):
            yield from _row(sheet, at, row, known)
        upper = documents.get(sheet.data["upper"])
        if upper is not None:
            yield from _whole(sheet, labels_in(upper["text"]))


def labels_in(text: str) -> list[str]:
    """The labels of a text's articles, without their marks."""
    return [plain(one.label.text) for one in read(text).articles]


def plain(label: str) -> str:
    """A label without the marks around it: 二十、 and 二十 are one."""
    return label.strip("、. ．")


def guide_problems(pack: Pack, catalogue: Catalogue) -> Problems:
    """What is wrong with industry groups and with the facts that hold in certain industries alone."""
    industry = catalogue.by_code.get("industry")
    codes = catalogue.code_lists[industry.code_list].names if industry else {}
    for sheet in pack.of("guides"):
        for key in ("groups", "only_in"):
            for at, item in enumerate(sheet.data.get(key, ())):
                for code in item["industries"]:
                    if code not in codes:
                        yield sheet.problem((key, at, "industries"), f"行业代码表里没有 {code}")
        for at, item in enumerate(sheet.data.get("only_in", ())):
            entry = catalogue.by_code.get(item["fact"])
            if entry is None or entry.kind is not Kind.BOOL:
                yield sheet.problem(("only_in", at, "fact"), f"事实目录里没有是否型事实 {item['fact']}")


def _row(sheet: Sheet, at: int, row: dict[str, Any], known: dict[str, set[str]]) -> Problems:
    for code in (*([row["lead"]] if "lead" in row else []), *row.get("support", ())):
        if code not in known["units"]:
            yield sheet.problem(("rows", at), f"没有机构 {code}")
    if "measure" in row and row["measure"] not in known["measures"]:
        yield sheet.problem(("rows", at, "measure"), f"没有措施 {row['measure']}")
    if ("not_applicable" in row) == ("lead" in row):
        yield sheet.problem(("rows", at), "每条要么有牵头单位，要么写明不适用的理由")
    if "lead" in row and "due" not in row:
        yield sheet.problem(("rows", at), "缺少完成期限 due")


def _whole(sheet: Sheet, labels: Sequence[str]) -> Problems:
    told = [plain(row["article"]) for row in sheet.data["rows"]]
    for label in labels:
        if label not in told:
            yield sheet.problem(("rows",), f"上位文件的“{label}”没有落实安排", "请指定牵头单位，或写明不适用的理由")
    for at, label in enumerate(told):
        if label not in labels or label in told[:at]:
            yield sheet.problem(("rows", at, "article"), f"上位文件里没有“{label}”，或已安排过")
