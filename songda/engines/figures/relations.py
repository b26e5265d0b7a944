"""All relations of a text 关系: the finders run over each sentence, and one relation remains for each printed result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.figures.changes import changes
from songda.engines.figures.checks import Check, Finder, Sentence, judged
from songda.engines.figures.gaps import gaps
from songda.engines.figures.mentions import Mention
from songda.engines.figures.misprints import misprints
from songda.engines.figures.plain import Plain
from songda.engines.figures.products import products
from songda.engines.figures.ratios import ratios
from songda.engines.figures.sums import sums

FINDERS: tuple[Finder, ...] = (sums, ratios, changes, gaps, products)
_GOES_ON = re.compile(
    r"(?:其中|包括|分[类行地区]|按[^,。]{1,8}[分看]|(?:以上|上述)?[两二三四五六七八九十各]?[类项者种批部组个]?[^,。;；:\d]{0,6}(?:合计|共计|总计|相加))"
)

_MOST = 60  # figures of a sentence looked at together, so that time grows in proportion to length


def relations(plain: Plain, found: list[Mention]) -> list[Check]:
    """Every relation that the text states, checked."""
    checks = []
    for sentence in _sentences(plain, found):
        told = [check for finder in FINDERS for check in finder(sentence)]
        results = {check.result.start for check in told if check.kind != "subset"}
        checks += [judged(check) for check in (*told, *misprints(sentence, results))]
    return list(_settled(checks))


def _sentences(plain: Plain, found: list[Mention]) -> Iterator[Sentence]:
    spans = plain.sentences()
    groups: dict[int, list[Mention]] = {}
    for one in found:
        groups.setdefault(one.sentence, []).append(one)
    earlier: tuple[Mention, ...] = ()
    held: list[Mention] = []
    for number, figures in groups.items():
        goes_on = 0 < len(held) < _MOST and held[-1].sentence == number - 1 and _goes_on(plain.text, spans[number][0])
        held = [*held, *figures] if goes_on else figures
        follows = number + 1 in groups and len(held) < _MOST and _goes_on(plain.text, spans[number + 1][0])
        if not follows:
            for at in range(0, len(held), _MOST):
                yield Sentence(plain.text, tuple(held[at : at + _MOST]), () if goes_on else earlier[-_MOST:])
        earlier = tuple(figures)


def _goes_on(text: str, start: int) -> bool:
    """Whether a sentence belongs to the one before: by its first words, or because that was a line of a list (…；)."""
    return bool(_GOES_ON.match(text, start)) or text[max(0, start - 2) : start] in (";\n", "；\n")


def _settled(checks: list[Check]) -> Iterator[Check]:
    """Without repeats; a relation that fails yields to one that holds for the same printed result, a subset to any sum with it."""
    seen: set[tuple[bool, frozenset[int]]] = set()
    proved = {check.result.start for check in checks if check.holds and check.kind != "subset"}
    for check in checks:
        mark = (check.kind == "subset", frozenset(one.start for one in check.figures))
        if mark in seen or (not check.holds and check.kind != "subset" and check.result.start in proved):
            continue
        seen.add(mark)
        yield check
