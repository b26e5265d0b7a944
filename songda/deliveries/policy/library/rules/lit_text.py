"""The text of a document with its spans lit 点亮的原文: lines cut into pieces, each knowing what covers it and where it begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NO_TITLE_AFTER = 12  # lines: what a document calls itself stands at its head


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, half-open, called `key`. `sort` says how it is lit; without one it is a place to jump to.

    sorts: `source` 出处, `open` 待定条件, `settled` 已处理条件, `figure` 数额, `unit` 单位, `doubt` 疑点, `key_point` 重点, `red_line` 红线.
    """

    key: str
    start: int
    end: int
    sort: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that begins at character `at`, covered by exactly these spans. `begins`: those that begin here."""

    text: str
    at: int
    keys: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    begins: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """An article's place in the text, by its key, with its label."""

    key: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text. `heading`: part of the document's title; `article`: the one it lies in; `label` where that begins."""

    pieces: list[Piece]
    article: int | None = None
    label: str = ""
    heading: bool = False

    @property
    def indented(self) -> bool:
        """Whether the line brings its own indent."""
        return self.pieces[0].text[:1].isspace()


def lit_lines(text: str, spans: Iterable[Span], articles: Sequence[Home] = (), title: str = "") -> list[Line]:
    """The text line by line, blank lines left out. `articles` in order of the text."""
    places = [(at, line) for at, line in _lines_of(text) if line.strip()]
    covering = _by_line(places, spans)
    headings = _title_lines(places, title)
    starts = [home.start for home in articles]
    lines = []
    for number, (at, line) in enumerate(places):
        held = pieces_of(line, at, covering[number])
        row = bisect_right(starts, at + len(line) - 1) - 1
        home = articles[row] if row >= 0 and at < articles[row].end else None
        label = home.label if home and home.start >= at else ""
        lines.append(Line(held, home.key if home else None, label, number in headings))
    return lines


def pieces_of(line: str, at: int, spans: Sequence[Span]) -> list[Piece]:
    """One line as pieces, cut wherever a span begins or ends. Joined, they are the line."""
    end = at + len(line)
    edges = sorted({at, end, *(min(max(edge, at), end) for span in spans for edge in (span.start, span.end))})
    return [_piece(line, at, left, right, spans) for left, right in pairwise(edges)]


def _piece(line: str, at: int, left: int, right: int, spans: Sequence[Span]) -> Piece:
    over = [span for span in spans if span.start <= left and span.end >= right]
    lit = [span for span in over if span.sort]
    return Piece(
        line[left - at : right - at],
        left,
        tuple(dict.fromkeys(span.key for span in lit)),
        tuple(dict.fromkeys(span.sort for span in lit)),
        tuple(span for span in over if span.start == left),
    )


def _lines_of(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _by_line(places: Sequence[tuple[int, str]], spans: Iterable[Span]) -> list[list[Span]]:
    """For each line, the spans that reach into it."""
    starts = [at for at, _line in places]
    found: list[list[Span]] = [[] for _ in places]
    for span in spans:
        if span.start < span.end:
            first = max(bisect_right(starts, span.start) - 1, 0)
            for number in range(first, bisect_right(starts, span.end - 1)):
                if span.start < starts[number] + len(places[number][1]):
                    found[number].append(span)
    return found


def _title_lines(places: Sequence[tuple[int, str]], title: str) -> set[int]:
    """The lines at the head which together are the title."""
    wanted = "".join(title.split())
    words = ["".join(line.split()) for _at, line in places[:_NO_TITLE_AFTER]]
    for first in range(len(words)):
        joined = ""
        for last in range(first, len(words)):
            joined += words[last]
            if joined == wanted:
                return set(range(first, last + 1))
            if not wanted.startswith(joined):
                break
    return set()
