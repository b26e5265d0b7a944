"""What only the loaders would notice, noticed before: articles that a text has, units and days that agree, files that must be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from songda.portal.packs.planwork import labels_in, plain
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import SECTIONS, Pack, Sheet, Where
from songda.registry.calendars.rules import fault_of
from songda.registry.organisations.rules import SEGMENT_LENGTH, TERRITORIES

Problems = Iterator[PackProblem]
NEEDED = ("sources", "facts", "calendar", "organisations", "dictionary", "kind", "indicators")
"""Sections without which the house does not work."""
LISTED = TERRITORIES - {"park"}
"""Kinds of areas that rules name, so that the dictionary of areas must have them."""
SPANS = (("valid_from", "valid_until"), ("opens_on", "closes_on"), ("starts_on", "ends_on"), ("since", "until"))


def agreement_problems(pack: Pack) -> Problems:
    """Everything that would stop the loading."""
    yield from _missing(pack)
    yield from _articles(pack)
    yield from _same_texts(pack)
    yield from _spans(pack)
    yield from _segments(pack)
    yield from _short_names(pack)
    yield from _listed_areas(pack)
    yield from _named_units(pack)
    yield from _calendar(pack)


def _missing(pack: Pack) -> Problems:
    for section in NEEDED:
        if not pack.of(section):
            yield PackProblem(SECTIONS[section], 0, "", "缺少这个文件", "songda pack new 新建的活动包里有，可以取来")


def _articles(pack: Pack) -> Problems:
    texts = {sheet.data["code"]: sheet.data["text"] for sheet in pack.of("document") if sheet.data["text"].strip()}
    labels = {code: list(filter(None, map(plain, labels_in(text)))) for code, text in texts.items()}
    named: list[tuple[Sheet, Where, str, str]] = [
        (sheet, ("article",), sheet.data["document"], sheet.data["article"]) for sheet in pack.of("measure")
    ]
    for sheet in pack.of("document"):
        for at, link in enumerate(sheet.data.get("links", ())):
            named.append((sheet, ("links", at, "article"), sheet.data["code"], link["article"]))
            named.append((sheet, ("links", at, "upper_article"), link["upper"], link["upper_article"]))
    for sheet, where, code, label in named:
        held = labels.get(code)
        if held is not None and plain(label) not in held:
            has = f"读出的条款：{'、'.join(held)}" if held else "正文要用“一、”“二、”分条，至少两条，每条另起一行"
            yield sheet.problem(where, f"文件 {code} 里没有条款“{label}”", has)
    for sheet in pack.of("document"):
        held, claimed = labels.get(sheet.data["code"]), sheet.data.get("claims_articles")
        if held is not None and claimed not in (None, len(held)):
            message = f"自称 {claimed} 条，正文读出 {len(held)} 条"
            yield sheet.problem(
                ("claims_articles",), message, f"读出的条款：{'、'.join(held) or '无'}；请核对正文的分条，或改这个数"
            )


def _same_texts(pack: Pack) -> Problems:
    for key, word in (("text", "正文"), ("title", "标题")):
        seen: dict[str, str] = {}
        for sheet in pack.of("document"):
            text = sheet.data[key].strip()
            if text in seen:
                yield sheet.problem((key,), f"{word}与 {seen[text]} 相同", "同一份文件只收一次")
            seen[text] = sheet.file


def _spans(pack: Pack) -> Problems:
    for sheet in pack.sheets:
        for first, last in SPANS:
            if sheet.data.get(first, "") > sheet.data.get(last, "9"):
                yield sheet.problem((last,), f"{sheet.data[last]} 早于 {first} {sheet.data[first]}")


def _segments(pack: Pack) -> Problems:
    taken: dict[tuple[str, str], str] = {}
    for sheet, where, item in pack.items("organisations", "organisations"):
        if item["kind"] not in TERRITORIES or "segment" not in item:
            continue
        place = item.get("parent", ""), item["segment"]
        if place in taken:
            yield sheet.problem((*where, "segment"), f"路径段 {item['segment']} 已被 {taken[place]} 使用", "同一上级下不能重复")
        elif len(item["segment"]) > SEGMENT_LENGTH:
            yield sheet.problem((*where, "segment"), f"路径段最多 {SEGMENT_LENGTH} 位")
        taken[place] = item["name"]


def _short_names(pack: Pack) -> Problems:
    """Rosters find a unit by its short name within a territory."""
    taken: dict[tuple[str, str], str] = {}
    for sheet, where, item in pack.items("organisations", "organisations"):
        place = item.get("parent", ""), item["short_name"]
        if place in taken:
            message = f"简称“{item['short_name']}”已被 {taken[place]} 使用"
            yield sheet.problem((*where, "short_name"), message, "同一上级下不能重复：名册里按简称认机构，请改成分得清的简称")
        taken.setdefault(place, item["code"])


def _listed_areas(pack: Pack) -> Problems:
    areas = next((sheet for sheet in pack.of("dictionary") if sheet.data["code"] == "areas"), None)
    if areas is None:
        yield PackProblem("dictionaries/areas.yaml", 0, "", "缺少这个文件", "规则里的“注册地 属于 …”要用它")
        return
    known = {entry["code"] for entry in areas.data["entries"]}
    for sheet, where, item in pack.items("organisations", "organisations"):
        if item["kind"] in LISTED and item["code"] not in known:
            advice = "请在其中加一条，代码相同；规则里的“注册地 属于 …”要用它"
            yield sheet.problem((*where, "code"), f"{areas.file} 里没有 {item['code']}（{item['name']}）", advice)
    yield from _same_tree(pack, areas)


def _same_tree(pack: Pack, areas: Sheet) -> Problems:
    """Areas lie in the dictionary where they lie among the organisations; above the city the dictionary may go on."""
    units = {item["code"]: item for _, _, item in pack.items("organisations", "organisations")}
    for at, entry in enumerate(areas.data["entries"]):
        unit = units.get(entry["code"], {})
        wanted, found = unit.get("parent"), entry.get("parent")
        if wanted is None or wanted == found or unit["kind"] not in LISTED:
            continue
        above = units.get(wanted, {}).get("name", wanted)
        message = f"{entry['label']} 的上级应为 {wanted}（{above}），现为 {found or '空'}"
        place: Where = ("entries", at, "parent") if found else ("entries", at)
        yield areas.problem(place, message, "与 organisations/ 里的上级要一致：“属于”按这里的上下级判断")


def _calendar(pack: Pack) -> Problems:
    """Every day once, and only days of a weekend worked in exchange."""
    taken: dict[str, tuple[Sheet, Where]] = {}
    for sheet, where, item in pack.items("calendar", "days"):
        day = item["day"]
        if day in taken:
            first, place = taken[day]
            yield sheet.problem((*where, "day"), f"{day} 写了两次", f"{first.file} 第 {first.line(place)} 行已有，请删去一处")
        taken.setdefault(day, (sheet, where))
        if fault := fault_of(dt.date.fromisoformat(day), working=item["working"]):
            yield sheet.problem((*where, "working"), fault, "working: true 只用于周末调休上班；放假写 false")


def _named_units(pack: Pack) -> Problems:
    units = {item["code"] for _, _, item in pack.items("organisations", "organisations")}
    kinds = {sheet.data["code"] for sheet in pack.of("kind")}
    for section, key, name, known, word in (
        ("papers", "marks", "unit", units, "机构"),
        ("mirrors", "systems", "area", units, "机构"),
        ("mirrors", "matters", "lead", units, "机构"),
        ("mirrors", "matters", "kind", kinds, "事项类别"),
    ):
        for sheet, where, item in pack.items(section, key):
            if item.get(name, "") not in known and name in item:
                yield sheet.problem((*where, name), f"没有{word} {item[name]}")
    yield from _circles(pack)


def _circles(pack: Pack) -> Problems:
    items: Mapping[str, Any] = {item["code"]: item for _, _, item in pack.items("organisations", "organisations")}
    for sheet, where, item in pack.items("organisations", "organisations"):
        seen, at = {item["code"]}, item.get("parent", "")
        while at in items and at not in seen:
            seen.add(at)
            at = items[at].get("parent", "")
        if at in seen:
            yield sheet.problem((*where, "parent"), f"{item['name']} 的上级绕回到了 {at}", "上级要一层层到市为止")
