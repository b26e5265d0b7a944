"""Lost labels 漏号: a paragraph whose number a copy has dropped, between articles whose numbers leave room for just that one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from songda.engines.reading.language.lines import Label, Line
from songda.engines.reading.structure.levels import Plan

_UNITS = re.compile(r"(?:责任|牵头|配合|实施|落实|对接)(?:单位|部门)\s*:[^。\n]{2,}$")
_UNITS_ONLY = re.compile(r"[(\[〔]?\s*(?:责任|牵头|配合|实施|落实|对接)(?:单位|部门)\s*:")


def with_lost_labels(text: str, lines: tuple[Line, ...], plan: Plan) -> tuple[Line, ...]:
    """The lines, with an empty label on each paragraph that must be the missing number.

    It is, where one number is missing and its predecessor has two paragraphs while all others have one, or goes on after the units
    that close an article.
    """
    marks = [at for at, line in enumerate(lines) if line.label and (line.label.style is plan.articles or plan.heads(line))]
    single = _mostly_single(lines, marks, plan)
    found = list(lines)
    for at, after in pairwise(marks):
        label, later = lines[at].label, lines[after].label
        if label and later and label.style is later.style is plan.articles and later.number == label.number + 2:
            lost = _lost(text, lines, range(at + 1, after), single=single)
            if lost is not None:
                start = lines[lost].start
                found[lost] = replace(lines[lost], label=Label(label.style, label.number + 1, start, start))
    return tuple(found)


def _lost(text: str, lines: tuple[Line, ...], between: range, *, single: bool) -> int | None:
    plain = [at for at in between if lines[at].label is None and not _UNITS_ONLY.match(lines[at].plain(text))]
    closed = next((at for at in plain if _UNITS.search(lines[at - 1].plain(text))), None)
    return closed if closed is not None else (plain[0] if single and len(plain) == 1 == len(between) else None)


def _mostly_single(lines: tuple[Line, ...], marks: list[int], plan: Plan) -> bool:
    """Has nearly every article one paragraph?"""
    sizes = [after - at for at, after in pairwise(marks) if (label := lines[at].label) and label.style is plan.articles]
    return len(sizes) > 1 and sum(1 for size in sizes if size > 1) <= max(1, len(sizes) // 5)
