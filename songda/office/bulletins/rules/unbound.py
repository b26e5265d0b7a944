"""Numbers typed by hand 未绑定: what the reader of figures finds in a text that no value stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songda.engines.figures.reader import read_figures
from songda.office.bulletins.rules.rendering import Paragraph, plain, spans

_DIGITS = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?")
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number without a value: as written, with the words around it. Confirmed with a reason it may stay (`key`)."""

    quote: str
    clause: str

    @property
    def key(self) -> str:
        """What a confirmation is for: this number in these words. Other words ask anew."""
        return f"{self.quote}｜{self.clause}"[:200]


def unbound_in(paragraphs: Sequence[Paragraph]) -> list[Unbound]:
    """Every figure that the reader finds outside the bound numbers, and every digit it makes nothing of; days are no figures."""
    text = "\n".join(plain(one) for one in paragraphs)
    taken = list(_bound(paragraphs))
    found: list[tuple[int, Unbound]] = []
    for figure in read_figures(text).figures:
        start, end = figure.span
        if figure.kind != "date" and not _touches(taken, start, end):
            found.append((start, Unbound(figure.quote, _around(text, start, end))))
        taken.append((start, end))
    left = (digits for digits in _DIGITS.finditer(text) if not _touches(taken, *digits.span()))
    found += [(digits.start(), Unbound(digits[0], _around(text, *digits.span()))) for digits in left]
    return list(dict.fromkeys(one for _start, one in sorted(found, key=lambda pair: pair[0])))


def _bound(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    at = 0
    for paragraph in paragraphs:
        yield from ((at + start, at + end) for start, end, _token in spans(paragraph))
        at += len(plain(paragraph)) + 1


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < last and first < end for first, last in taken)


def _around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _AROUND) : start].rsplit("\n", 1)[-1]
    after = text[end : end + _AROUND].split("\n", 1)[0]
    return f"{before}{text[start:end]}{after}"
