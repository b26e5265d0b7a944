"""Figures and checks as a pack's files have them 数据文件: read into values, and every fault with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from songda.office.indicators.rules.checks import agrees, find
from songda.office.indicators.rules.expressions import ExpressionError, names_in, parse
from songda.office.indicators.rules.figures import DAY, Figure, day_of, place_of

Item = Mapping[str, Any]
Where = tuple[str | int, ...]
FACTORS = {("亿元", "元"): 100_000_000, ("万元", "元"): 10_000, ("吨", "公斤"): 1000}
FACTORS |= {(unit, "只"): 1 for unit in ("支", "个", "把")}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: in which file (by its number), where in it, and what to do."""

    file: int
    where: Where
    message: str
    advice: str = ""


def value_and_scale(text: str) -> tuple[int, int]:
    """A decimal as an integer and how many of its digits stand after the point: 211.22 → (21122, 2)."""
    whole, _point, rest = text.partition(".")
    return int(whole + rest), len(rest)


def figure_of(item: Item) -> Figure:
    """One figure of a file."""
    value, scale = value_and_scale(item["value"])
    kept = ("code", "label", "indicator", "kind", "unit", "base_unit", "precision_word", "as_of", "scope", "numerator")
    return Figure(
        **{name: item.get(name, "") for name in (*kept, "denominator")},
        value=value,
        scale=scale,
        base_value=int(item["base_value"]) if "base_value" in item else None,
        precision=item.get("precision", "exact"),
        place=place_of(item["area"], item.get("body", "")),
        items=tuple(item.get("items", ())),
    )


def faults_in(files: Sequence[Item]) -> list[Fault]:
    """Everything wrong with the files of a pack, shape apart: figures, expressions, and checks that come out otherwise than expected.

    Checks are tried only where nothing else is wrong.
    """
    found = [*_repeated(files), *_of_figures(files)]
    return found or list(_of_checks(files))


def _each(files: Sequence[Item], key: str) -> Iterator[tuple[int, Where, Item]]:
    for number, file in enumerate(files):
        for at, item in enumerate(file.get(key, ())):
            yield number, (key, at), item


def _repeated(files: Sequence[Item]) -> Iterator[Fault]:
    for key in ("figures", "checks"):
        counted = Counter(item["code"] for _file, _where, item in _each(files, key))
        for file, where, item in _each(files, key):
            if counted[item["code"]] > 1:
                yield Fault(file, (*where, "code"), f"代码 {item['code']} 重复")


def _of_figures(files: Sequence[Item]) -> Iterator[Fault]:
    codes = {item["code"] for _file, _where, item in _each(files, "figures")}
    for file, where, item in _each(files, "figures"):
        for key, message, advice in _of_figure(item, codes):
            yield Fault(file, (*where, key), message, advice)


def _of_figure(item: Item, codes: Collection[str]) -> Iterator[tuple[str, str, str]]:
    if item.get("written", "") not in item["quote"]:
        yield "written", f"原句里没有“{item['written']}”", "写法须逐字取自原句"
    if ("base_value" in item) != ("base_unit" in item):
        yield "base_value", "base_value 与 base_unit 须同时给出", ""
    elif "base_value" in item and not _converts(item):
        yield "base_value", f"{item['value']}{item['unit']} 不等于 {item['base_value']}{item['base_unit']}", ""
    if item["unit"] == DAY and not _is_day(item["value"]):
        yield "value", f"没有这一天：{item['value']}", "日期写作八位数字"
    if item["kind"] == "rate" and item["unit"] != "%":
        yield "unit", "比率的单位应为 %", ""
    if ("as_of" in item) != ("as_of_basis" in item):
        yield "as_of", "时点须注明是写明还是推定", "as_of_basis: stated 或 implied"
    for key in ("numerator", "denominator"):
        if item.get(key, item["code"]) not in codes:
            yield key, f"没有数 {item[key]}", ""


def _converts(item: Item) -> bool:
    value, scale = value_and_scale(item["value"])
    factor = FACTORS.get((item["unit"], item["base_unit"]))
    return factor is not None and value * factor == int(item["base_value"]) * 10**scale


def _is_day(text: str) -> bool:
    try:
        day_of(int(text))
    except ValueError:
        return False
    return True


def _of_checks(files: Sequence[Item]) -> Iterator[Fault]:
    figures = {item["code"]: figure_of(item) for _file, _where, item in _each(files, "figures")}
    for file, where, item in _each(files, "checks"):
        if item["figure"] not in figures:
            yield Fault(file, (*where, "figure"), f"没有数 {item['figure']}")
            continue
        try:
            strangers = [code for code in names_in(parse(item["expression"])) if code not in figures]
        except ExpressionError as error:
            yield Fault(file, (*where, "expression"), str(error))
            continue
        yield from (Fault(file, (*where, "expression"), f"没有数 {code}") for code in strangers)
        if not strangers and (wrong := _unexpected(item, figures)):
            yield Fault(file, where, wrong, "请核对数、算式或预期")


def _unexpected(item: Item, figures: Mapping[str, Figure]) -> str:
    found = find(item["expression"], figures, unit=item.get("unit", ""), premise=item.get("premise", ""))
    computed = item.get("computed", "")
    if agrees(found, item["expected"], computed):
        return ""
    wanted = f"{item['expected']} {computed}".strip()
    places = len(computed.partition(".")[2]) or 4
    return f"核对 {item['code']} 应为 {wanted}，实为 {found.outcome.value} {found.text(places)}".strip()
