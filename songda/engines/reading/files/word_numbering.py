"""Automatic numbering of Word 自动编号: which label stands before a paragraph, from numbering.xml and styles.xml.

After ECMA-376 part 1, 17.9: lists of one abstract numbering share their counters; a deeper level begins again after a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from songda.engines.reading.files.labels import spaced, written
from songda.engines.reading.files.package import child, local, value

_LEVELS = 9
_DEPTH = 12  # of styles based on styles
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format, text of the label (第%1条), first number, the level after which it begins again."""

    form: str
    text: str
    start: int
    restart: int
    digits: bool


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class _Styles:
    """The list and level that each style brings, its own or of the style it is based on; looked up where a paragraph asks."""

    def __init__(self, styles: Any | None) -> None:
        self._known = {value(style, "styleId"): style for style in _children(styles, "style")}
        self._found: dict[str, tuple[str, int]] = {}

    def number(self, name: str) -> tuple[str, int]:
        """List and level of a style, of the default paragraph style for an empty name; no list is the empty string."""
        if name not in self._found:
            plain = name or next((one for one, style in self._known.items() if _is_default(style)), "")
            self._found[name] = self._chained(plain)
        return self._found[name]

    def _chained(self, at: str) -> tuple[str, int]:
        number, level = "", -1
        for _ in range(_DEPTH):
            if at not in self._known or (number and level >= 0):
                break
            said, depth, at = _own_number(self._known[at])
            number, level = number or said, level if level >= 0 else depth
        return number, max(level, 0)


@dataclass(slots=True)
class Numbering:
    """The lists of a document with their counters as they stand; `label` goes one paragraph on."""

    lists: dict[str, _List]
    styles: _Styles
    linked: dict[str, int]  # the level whose paragraphs have this style
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Any | None) -> str:
        """The label before a paragraph with these properties (w:pPr), with the blank after it; empty for none."""
        number, level = self._place(properties)
        held = self.lists.get(number)
        if held is None or level not in held.levels:
            return ""
        counts = self.counts.setdefault(held.abstract, {})
        self._count(counts, held, number, level)
        shape = held.levels[level]
        return (
            ""
            if shape.form == "bullet"
            else spaced(_PLACE.sub(lambda place: _part(held, counts, shape, place), shape.text).strip())
        )

    def _place(self, properties: Any | None) -> tuple[str, int]:
        style = _said(properties, "pStyle")
        number, level = self.styles.number(style)
        level = self.linked.get(style, level)
        own = child(properties, "numPr")
        if own is not None:
            said, depth = child(own, "numId"), child(own, "ilvl")
            number = value(said) if said is not None else number
            level = _whole(value(depth), level) if depth is not None else level
        return number, level

    def _count(self, counts: dict[int, int], held: _List, number: str, level: int) -> None:
        fresh = level in held.starts and (number, level) not in self.begun
        self.begun.add((number, level))
        if fresh:
            counts[level] = held.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else held.levels[level].start
        for deeper in [one for one in counts if one > level]:
            restart = held.levels[deeper].restart if deeper in held.levels else deeper
            if restart and level < restart:
                del counts[deeper]


def _part(held: _List, counts: dict[int, int], shape: Level, place: re.Match[str]) -> str:
    at = int(place.group(1)) - 1
    level = held.levels.get(at)
    if level is None:
        return ""
    return written(counts.get(at, level.start), "decimal" if shape.digits else level.form)


def numbering_of(numbering: Any | None, styles: Any | None) -> Numbering:
    """The lists of a document from its two parts, either of which may be missing."""
    by_style = _Styles(styles)
    shapes = {value(one, "abstractNumId"): one for one in _children(numbering, "abstractNum")}
    nums = {value(one, "numId"): one for one in _children(numbering, "num")}
    lists: dict[str, _List] = {}
    for number, num in nums.items():
        abstract = _abstract(num, shapes, nums, by_style)
        levels = _levels(shapes.get(abstract))
        starts: dict[int, int] = {}
        for override in _children(num, "lvlOverride"):
            at = _whole(value(override, "ilvl"), 0)
            levels |= _levels(override)
            start = child(override, "startOverride")
            if start is not None:
                starts[at] = _whole(value(start), 1)
        lists[number] = _List(abstract, levels, starts)
    linked = {value(style): at for shape in shapes.values() for at, style in _linked(shape)}
    return Numbering(lists, by_style, linked)


def _linked(shape: Any) -> list[tuple[int, Any]]:
    """Levels that name the paragraph style they belong to."""
    pairs = [(_whole(value(level, "ilvl"), 0), child(level, "pStyle")) for level in _children(shape, "lvl")]
    return [(at, style) for at, style in pairs if style is not None]


def _abstract(num: Any, shapes: dict[str, Any], nums: dict[str, Any], by_style: _Styles) -> str:
    """The abstract numbering of a list, followed through one numbering style where it only points to that."""
    said = value(child(num, "abstractNumId")) if child(num, "abstractNumId") is not None else ""
    link = child(shapes.get(said), "numStyleLink")
    target = nums.get(by_style.number(value(link))[0]) if link is not None else None
    onward = child(target, "abstractNumId")
    return value(onward) if onward is not None else said


def _levels(shape: Any | None) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in _children(shape, "lvl"):
        at = _whole(value(level, "ilvl"), 0)
        if 0 <= at < _LEVELS:
            found[at] = Level(
                form=_said(level, "numFmt") or "decimal",
                text=_said(level, "lvlText"),
                start=_whole(_said(level, "start"), 1),
                restart=_whole(_said(level, "lvlRestart"), at),
                digits=child(level, "isLgl") is not None,
            )
    return found


def _own_number(style: Any) -> tuple[str, int, str]:
    """List and level that a style names itself (empty, -1 for none), and the style it is based on."""
    own = child(style, "pPr", "numPr")
    return _said(own, "numId"), _whole(_said(own, "ilvl"), -1), _said(style, "basedOn")


def _is_default(style: Any) -> bool:
    return value(style, "default") in ("1", "true") and value(style, "type") == "paragraph"


def _said(element: Any | None, name: str) -> str:
    found = child(element, name)
    return value(found) if found is not None else ""


def _children(element: Any | None, name: str) -> list[Any]:
    return [] if element is None else [one for one in element if local(one) == name]


def _whole(said: str, otherwise: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else otherwise
