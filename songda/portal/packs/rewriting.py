"""Rewriting a file 改写文件 so that it says something else and keeps the rest as people wrote it: comments, order, spaces.

Only the lines of what differs are written anew, with what stood in them. What comes out is read again: where it does not say
what it should, the whole file is written plainly, and its comments are lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO
from typing import Any

import yaml

from songda.portal.packs.reading import Sheet, parse_sheet

WIDEST = 100_000  # lines are kept whole, however long


@dataclass(frozen=True, slots=True)
class LineEdit:
    """Lines from `first` up to but not including `last` give way to others."""

    first: int
    last: int
    lines: Sequence[str]


class _TooCloseError(Exception):
    """This cannot be said by lines of its own: the level above is written anew."""


class _Dumper(yaml.SafeDumper):
    """As people write: lists under their name are moved in, texts of several lines stand as they are."""

    def increase_indent(self, *given: Any, **named: Any) -> None:
        """Never without an indent."""
        super().increase_indent(*given, **{**named, "indentless": False})


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def rewritten(sheet: Sheet, wanted: dict[str, Any]) -> tuple[str, bool]:
    """The text of the file when it says `wanted`, and whether what people wrote around it is kept."""
    lines = sheet.text.splitlines(keepends=True)
    try:
        edits = list(_mapping(sheet.node, sheet.data, wanted, lines))
    except _TooCloseError:
        return written(wanted), False
    for edit in sorted(edits, key=lambda one: (one.first, one.last), reverse=True):
        lines[edit.first : edit.last] = edit.lines
    text = "".join(lines)
    found = parse_sheet(text, sheet.file, sheet.section)
    return (text, True) if isinstance(found, Sheet) and found.data == wanted else (written(wanted), False)


def written(value: Any, *, flow: bool = False) -> str:
    """A value as YAML: groups of single values in one line, or with `flow` all in one line."""
    dumper = _Dumper(StringIO(), default_flow_style=True if flow else None, sort_keys=False)
    node = dumper.represent_data(value)
    if not flow and isinstance(node, yaml.CollectionNode):
        node.flow_style = False
    return str(yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=WIDEST))


def _mapping(node: yaml.Node, old: dict[str, Any], new: dict[str, Any], lines: Sequence[str]) -> Iterator[LineEdit]:
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        raise _TooCloseError
    column = node.value[0][0].start_mark.column
    for at, (key, value) in enumerate(node.value):
        name = key.value
        if name in new and new[name] == old[name]:
            continue
        first, last = key.start_mark.line, _last_line(value) + 1
        if name not in new:
            if at == 0:
                raise _TooCloseError
            yield LineEdit(first, last, ())
        else:
            yield from _value(value, old[name], {name: new[name]}, (first, last, column), lines)
    added = {name: value for name, value in new.items() if name not in old}
    if added:
        end = _last_line(node) + 1
        yield LineEdit(end, end, _indented(written(added), " " * column, " " * column))


def _value(
    node: yaml.Node, old: Any, new: dict[str, Any], span: tuple[int, int, int], lines: Sequence[str]
) -> Iterator[LineEdit]:
    """A named value: what lies in it, where that can be told apart, else the whole of it."""
    first, last, column = span
    (wanted,) = new.values()
    try:
        if isinstance(old, dict) and isinstance(wanted, dict):
            yield from list(_mapping(node, old, wanted, lines))
            return
        if isinstance(old, list) and isinstance(wanted, list) and wanted:
            yield from list(_sequence(node, old, wanted, lines))
            return
    except _TooCloseError:
        pass
    flow = isinstance(node, yaml.CollectionNode) and bool(node.flow_style) and bool(wanted)
    (name,) = new
    text = f"{written({name: ''}).partition(':')[0]}: {written(wanted, flow=True)}" if flow else written(new)
    yield LineEdit(first, last, _indented(text, lines[first][:column], " " * column))


def _sequence(node: yaml.Node, old: list[Any], new: list[Any], lines: Sequence[str]) -> Iterator[LineEdit]:
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        raise _TooCloseError
    column = lines[node.value[0].start_mark.line].index("-")
    flow = isinstance(node.value[-1], yaml.CollectionNode) and bool(node.value[-1].flow_style)
    had, have = ([json.dumps(one, ensure_ascii=False, sort_keys=True) for one in side] for side in (old, new))
    for sort, begin, end, start, stop in SequenceMatcher(None, had, have, autojunk=False).get_opcodes():
        if sort == "equal":
            continue
        if end - begin == stop - start:
            for at, value in zip(range(begin, end), new[start:stop], strict=True):
                yield from _item(node.value[at], old[at], value, column, lines)
            continue
        place = node.value[begin].start_mark.line if begin < len(old) else _last_line(node) + 1
        for gone in node.value[begin:end]:
            yield LineEdit(gone.start_mark.line, _last_line(gone) + 1, ())
        text = "".join(_listed(value, column, flow=flow) for value in new[start:stop])
        yield LineEdit(place, place, text.splitlines(keepends=True))


def _item(node: yaml.Node, old: Any, new: Any, column: int, lines: Sequence[str]) -> Iterator[LineEdit]:
    try:
        if isinstance(old, dict) and isinstance(new, dict):
            yield from list(_mapping(node, old, new, lines))
            return
    except _TooCloseError:
        pass
    flow = isinstance(node, yaml.CollectionNode) and bool(node.flow_style)
    text = _listed(new, column, flow=flow)
    yield LineEdit(node.start_mark.line, _last_line(node) + 1, text.splitlines(keepends=True))


def _listed(value: Any, column: int, *, flow: bool) -> str:
    if flow:
        return f"{' ' * column}- {written(value, flow=True)}"
    return "".join(_indented(written(value), f"{' ' * column}- ", " " * (column + 2)))


def _indented(text: str, before: str, below: str) -> list[str]:
    found = [line for line in text.splitlines(keepends=True) if line != "...\n"]
    return [f"{below if at else before}{line}" if line.strip() else line for at, line in enumerate(found)]


def _last_line(node: yaml.Node) -> int:
    """The last line that a value fills; what follows it (blank lines, comments) is not its own."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        below = node.value[-1]
        return _last_line(below[1] if isinstance(below, tuple) else below)
    end = node.end_mark
    return int(end.line) - (1 if end.column == 0 and end.line > node.start_mark.line else 0)
