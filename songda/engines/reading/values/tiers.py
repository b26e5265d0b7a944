"""Tiers 档: which figures of a measure belong together: n thresholds to n sums, n names to n sums (分别), instalments in order.

Nothing is paired where the counts differ; that is a `Clash`, for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from songda.engines.reading.values.figure_roles import Place
from songda.engines.reading.values.quantity import Family, Quantity


@dataclass(frozen=True, slots=True)
class Tiered:
    """A quantity with its part and place, before its tier is known."""

    quantity: Quantity
    role: str
    place: Place

    @property
    def family(self) -> Family:
        """What the quantity counts."""
        return self.quantity.family


@dataclass(frozen=True, slots=True)
class Clash:
    """A 分别 whose two lists differ in length: the span of the list of figures, how many names, how many figures."""

    start: int
    end: int
    names: int
    figures: int


Run = tuple[int, ...]  # places in the reading of figures that follow each other as one list
_FAMILIES = (Family.MONEY, Family.RATE, Family.COUNT)
_NEXT = re.compile(
    r"\s*(?:\([^)]*\)|及?以[上下内]|的|\s){0,4}(?:/[^，。；、\d]{1,6})?(?:[、]|以及|[和及或与]){1,2}[^，。；;、\d]{0,10}"
)
_LABEL = re.compile(
    r"\s*(?:/[^，。；、\d]{1,6})?(?:\([^)]*\)|及?以[上下内]|\s){0,2}[，,；;]\s*(?![^，。；;\d]*(?:最高|不超过|不高于|再|另|总|累计|合计|其中|每年))[^，。；;\d]{2,18}"
)
_STOP = re.compile(r"[。；;]")
_EACH = "分别"
_LEVEL = r"(?:国家|全国|省|市|区|县|部|厅|镇)级?"
_LEVELS = re.compile(rf"{_LEVEL}(?:[、和及或与]{_LEVEL})+")
_JOINER = re.compile(r"、|[和或]|(?<!参)与|及(?!以[上下])")
_PHRASE = re.compile(r"[，,。；;]|的|对|为|(?<![、和])获")
_BRACKETS = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_REACH = 160  # names stand in the same sentence, not far before their sums
_LATE_CAP = re.compile(r"总额|累计|合计|最高|不超过")


def tiers(plain: str, start: int, read: list[Tiered]) -> list[int | None]:
    """The tier of each figure, in order; None where it belongs to none."""
    found: dict[int, int] = {}
    runs = tuple(_runs(plain, read))
    for at, run in enumerate(runs):
        for partner in _partners(plain, start, read, runs, at):
            found.update({place: step for step, place in enumerate(partner, start=1)})
            found.update({place: step for step, place in enumerate(run, start=1)})
    if not found:
        found = _instalments(read) or _alternating(read) or _labelled(plain, read)
    return [found.get(place) for place in range(len(read))]


def clashes(plain: str, start: int, read: list[Tiered]) -> Iterator[Clash]:
    """The lists behind a 分别 that match neither a list of thresholds nor a list of names."""
    runs = tuple(_runs(plain, read))
    for at, run in enumerate(runs):
        head = plain[_sentence(plain, start, read[run[0]].quantity.start) : read[run[0]].quantity.start]
        if len(run) < 2 or _side(read[run[0]]) == "need" or _EACH not in head or tuple(_partners(plain, start, read, runs, at)):
            continue
        counts = _names(head)
        if counts and max(counts) > 1:
            yield Clash(read[run[0]].quantity.start, read[run[-1]].quantity.end, max(counts), len(run))


def _runs(plain: str, read: list[Tiered]) -> Iterator[Run]:
    run: list[int] = []
    for at, one in enumerate(read):
        if one.family not in _FAMILIES:
            continue
        if run and not _follows(plain, read[run[-1]], one):
            yield tuple(run)
            run = []
        run.append(at)
    if run:
        yield tuple(run)


def _follows(plain: str, before: Tiered, one: Tiered) -> bool:
    between = plain[before.quantity.end : one.quantity.start]
    return len(between) < 30 and _side(before) == _side(one) and _NEXT.fullmatch(between) is not None


def _side(one: Tiered) -> str:
    return "need" if one.role == "threshold" else "gift"


def _partners(plain: str, start: int, read: list[Tiered], runs: tuple[Run, ...], at: int) -> Iterator[Run]:
    """The list that a list of gifts goes with: thresholds of the same number, or (as an empty list) names of the same number."""
    run = runs[at]
    if len(run) < 2 or _side(read[run[0]]) == "need":
        return
    first = read[run[0]].quantity.start
    begin = _sentence(plain, start, first)
    needs = [one for one in runs[:at] if read[one[0]].quantity.start >= begin and _side(read[one[0]]) == "need"]
    if needs and len(needs[-1]) > 1:
        if len(needs[-1]) == len(run):
            yield needs[-1]
        return
    if len(run) in _names(plain[begin:first]):
        yield ()


def _sentence(plain: str, start: int, at: int) -> int:
    low = max(start, at - _REACH)
    stops = [mark.end() for mark in _STOP.finditer(plain, low, at)]
    return stops[-1] if stops else low


def _names(said: str) -> set[int]:
    """How many names a sentence may list before its sums: by clause, by phrase, by 、 alone, by levels (国家级、省级)."""
    said = _BRACKETS.sub("名", said)
    counts = {1 + len(_JOINER.findall(found.group())) for found in _LEVELS.finditer(said)}
    for clause in re.split(r"[，,。；;]|分别", said):
        counts.update(1 + len(_JOINER.findall(part)) for part in (clause, *_PHRASE.split(clause)))
        counts.add(1 + clause.count("、"))
    return counts


def _instalments(read: list[Tiered]) -> dict[int, int]:
    parts = [at for at, one in enumerate(read) if one.role == "split"]
    return {at: step for step, at in enumerate(parts, start=1)} if len(parts) > 1 else {}


def _alternating(read: list[Tiered]) -> dict[int, int]:
    """Threshold and gift in turn, twice or more: 100亩以上的给予…，500亩以上的给予…; a cap on the whole belongs to none."""
    groups: list[tuple[list[int], list[int]]] = []
    for at, one in enumerate(read):
        if one.family not in _FAMILIES:
            continue
        if _side(one) == "need":
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(at)
        elif groups and not (groups[-1][1] and _LATE_CAP.search(one.place.before)):
            groups[-1][1].append(at)
    if len(groups) < 2 or any(len(need) != 1 or len(gift) != 1 for need, gift in groups):
        return {}
    return {at: step for step, (need, gift) in enumerate(groups, start=1) for at in (*need, *gift)}


def _labelled(plain: str, read: list[Tiered]) -> dict[int, int]:
    """Sums each with its own short name, one after another: 一等奖9万元，二等奖6万元."""
    sums = [at for at, one in enumerate(read) if one.family is Family.MONEY]
    if len(sums) < 2 or any(read[at].role == "threshold" for at in sums):
        return {}
    pairs = [(read[left], read[right]) for left, right in pairwise(sums)]
    alike = all(
        before.role == one.role
        and _LABEL.fullmatch(plain[before.quantity.end : min(one.quantity.start, before.quantity.end + 40)])
        for before, one in pairs
    )
    return {at: step for step, at in enumerate(sums, start=1)} if alike else {}
