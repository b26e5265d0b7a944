"""What a pack's files say of one another: every code that is used exists, once, and means the right sort of thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from songda.engines.rules.catalogue import CodeList
from songda.engines.rules.catalogue_files import code_list
from songda.engines.rules.lexicon import flaws
from songda.portal.packs.catalogue import catalogue_in
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, Sheet, Where
from songda.registry.codes.packs import dictionary_faults, edition_of
from songda.registry.organisations.rules import TERRITORIES, fault_of_place
from songda.registry.places.packs import fault_of_shape

Problems = Iterator[PackProblem]


def reference_problems(pack: Pack) -> Problems:
    """Everything that does not fit together."""
    yield from _repeated(pack)
    yield from _organisations(pack)
    yield from _places(pack)
    yield from _dictionaries(pack)
    yield from _facts(pack)
    yield from _documents(pack)
    yield from _measures(pack)
    yield from _implementing(pack)
    yield from _economy(pack)


def lists_of(pack: Pack) -> dict[str, CodeList]:
    """The pack's dictionaries by code."""
    return {sheet.data["code"]: code_list(sheet.data) for sheet in pack.of("dictionary")}


def _repeated(pack: Pack) -> Problems:
    coded: list[tuple[str, Sheet, Where, str]] = [
        (section, sheet, ("code",), sheet.data["code"])
        for section in ("dictionary", "document", "measure", "implementing", "figure", "bulletin")
        for sheet in pack.of(section)
    ]
    for section, key in (("organisations",) * 2, ("facts",) * 2, ("sources",) * 2, ("channels",) * 2, ("places",) * 2):
        coded += [(section, sheet, (*where, "code"), item["code"]) for sheet, where, item in pack.items(section, key)]
    counted = Counter((section, code) for section, _, _, code in coded)
    for section, sheet, where, code in coded:
        if counted[section, code] > 1:
            yield sheet.problem(where, f"代码 {code} 重复")


def _organisations(pack: Pack) -> Problems:
    kinds = {item["code"]: item["kind"] for _, _, item in pack.items("organisations", "organisations")}
    for sheet, where, item in pack.items("organisations", "organisations"):
        named: list[tuple[str, str]] = [(key, item[key]) for key in ("parent", "branch_of") if key in item]
        named += [("members", code) for code in item.get("members", ())]
        for key, code in named:
            if code not in kinds:
                yield sheet.problem((*where, key), f"没有机构 {code}")
        if item["kind"] in TERRITORIES and "segment" not in item:
            yield sheet.problem(where, f"{item['name']} 缺少 segment（辖区路径中的一段）")
        if fault := fault_of_place(item["kind"], kinds.get(item.get("parent", ""))):
            yield sheet.problem((*where, "parent"), f"{item['name']}：{fault}")
    place = pack.head.get("place")
    if place not in kinds:
        yield pack.of("pack")[0].problem(("place",), f"没有机构 {place}")


def _places(pack: Pack) -> Problems:
    areas = {item["code"] for _, _, item in pack.items("organisations", "organisations") if item["kind"] in TERRITORIES}
    for key in ("places", "tiles"):
        for sheet, where, item in pack.items("places", key):
            if item["area"] not in areas:
                yield sheet.problem((*where, "area"), f"没有辖区 {item['area']}")
            if key == "places" and (fault := fault_of_shape(item)):
                yield sheet.problem((*where, "points"), fault)
    squares = [(sheet, where, (item["row"], item["column"])) for sheet, where, item in pack.items("places", "tiles")]
    counted = Counter(square for _, _, square in squares)
    for sheet, where, square in squares:
        if counted[square] > 1:
            yield sheet.problem(where, f"第 {square[0]} 行第 {square[1]} 列放了两个辖区")


def _dictionaries(pack: Pack) -> Problems:
    for sheet in pack.of("dictionary"):
        for wrong in dictionary_faults(edition_of(sheet.data)):
            yield sheet.problem(("entries",), wrong)


def _facts(pack: Pack) -> Problems:
    places = {item["name"]: (sheet, where) for sheet, where, item in pack.items("facts", "facts")}
    places |= {alias: places[item["name"]] for _, _, item in pack.items("facts", "facts") for alias in item.get("aliases", ())}
    for name, reason in flaws(catalogue_in(pack)):
        sheet, where = places[name]
        advice = "可用的单位见手册“写一个活动包”的单位表；没有的用“个”“次”“件”等相近的" if "未登记" in reason else ""
        yield sheet.problem(where, f"「{name}」{reason}", advice)


def _documents(pack: Pack) -> Problems:
    codes = {sheet.data["code"] for sheet in pack.of("document")}
    areas = {item["code"] for _, _, item in pack.items("organisations", "organisations")}
    categories = set(lists_of(pack).get("document-categories", CodeList("", {})).names)
    for sheet in pack.of("document"):
        data = sheet.data
        if data["area"] and data["area"] not in areas:
            yield sheet.problem(("area",), f"没有机构 {data['area']}")
        for at, category in enumerate(data["categories"]):
            if categories and category not in categories:
                yield sheet.problem(("categories", at), f"字典 document-categories 里没有 {category}")
        for key in ("relations", "links"):
            for at, item in enumerate(data.get(key, ())):
                if item["upper"] not in codes:
                    yield sheet.problem((key, at, "upper"), f"没有文件 {item['upper']}")


def _measures(pack: Pack) -> Problems:
    documents = {sheet.data["code"]: sheet.data for sheet in pack.of("document")}
    organisations = {item["code"] for _, _, item in pack.items("organisations", "organisations")}
    lists = lists_of(pack)
    coded = {"class": "measure-classes", "money": "benefit-kinds", "delivery": "delivery-modes"}
    for sheet in pack.of("measure"):
        data = sheet.data
        document = documents.get(data["document"])
        if document is None:
            yield sheet.problem(("document",), f"没有文件 {data['document']}")
        elif data["quote"] not in document["text"]:
            yield sheet.problem(
                ("quote",), "原文里没有这一段", f"出处须逐字取自文件正文{_likest(data['quote'], document['text'])}"
            )
        for key in ("department", "area"):
            if data[key] and data[key] not in organisations:
                yield sheet.problem((key,), f"没有机构 {data[key]}")
        for key, name in coded.items():
            if name in lists and data[key] not in lists[name].names:
                yield sheet.problem((key,), f"字典 {name} 里没有 {data[key]}")
    yield from _counts(pack)


def _likest(quote: str, text: str) -> str:
    """The sentence of a text that a quote was probably taken from."""
    near = get_close_matches(quote, re.split(r"[。\n]", text), 1, 0.5)
    return f"；最像的一句：{near[0].strip()}" if near else ""


def _implementing(pack: Pack) -> Problems:
    """Implementing rules name measures, units and areas of the pack; where they cover money, they say what it is paid from."""
    kinds = {sheet.data["code"]: sheet.data["kind"] for sheet in pack.of("measure")}
    promised = {
        sheet.data["code"]: sheet.data["time_limit_days"] for sheet in pack.of("measure") if "time_limit_days" in sheet.data
    }
    organisations = {item["code"] for _, _, item in pack.items("organisations", "organisations")}
    for sheet in pack.of("implementing"):
        data = sheet.data
        for at, code in enumerate(data["measures"]):
            if code not in kinds:
                yield sheet.problem(("measures", at), f"没有措施 {code}")
            elif data["time_limit_days"] > promised.get(code, data["time_limit_days"]):
                yield sheet.problem(("time_limit_days",), f"长于措施 {code} 承诺的 {promised[code]} 个工作日")
        for key in ("department", "area"):
            if data[key] and data[key] not in organisations:
                yield sheet.problem((key,), f"没有机构 {data[key]}")
        if "payment_basis" not in data and any(kinds.get(code) == "fund" for code in data["measures"]):
            yield sheet.problem(("measures",), "所落实的措施中有资金奖补类，缺少 payment_basis", "请写明资金来源与拨付依据")


def _counts(pack: Pack) -> Problems:
    held = Counter(sheet.data["document"] for sheet in pack.of("measure"))
    for sheet in pack.of("document"):
        claimed = sheet.data.get("claims_measures")
        if claimed is not None and held[sheet.data["code"]] != claimed:
            yield sheet.problem(("claims_measures",), f"自称 {claimed} 项举措，包里有 {held[sheet.data['code']]} 项")


def _economy(pack: Pack) -> Problems:
    units = {item["code"] for _, _, item in pack.items("organisations", "organisations")}
    facts = {item["code"] for _, _, item in pack.items("facts", "facts")}
    for sheet in pack.of("economy"):
        entry = sheet.data["entry"]
        if entry["started"] not in facts:
            yield sheet.problem(("entry", "started"), f"没有事实 {entry['started']}")
        for at, code in enumerate(entry.get("desks", ())):
            if code not in units:
                yield sheet.problem(("entry", "desks", at), f"没有机构 {code}")
