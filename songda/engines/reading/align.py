"""Two versions of a text side by side 对照: which article became which, where a piece went, what words changed.

`align` pairs articles in three steps, surest first: equal bodies, equal headings, then bodies that share rare runs of characters.
Each article left over is compared with the few that share most with it, so time grows with the length of the texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

Span = tuple[int, int]
Block = tuple[int, int, int]  # place in the former text, place in the latter, how many characters are the same

_RUN = 3  # characters of a run looked up
_RARE = 12  # articles a run may stand in and still tell something
_CANDIDATES = 6  # articles compared with one left over
_ALIKE = 0.4
_ALIKE_BY_NUMBER = 0.25  # where the numbers agree
_KEPT = 0.8  # of a carried piece
_TELLING = 8  # characters that stand for themselves anywhere in the text
_FINE = 4000  # units compared one by one; longer texts sentence by sentence
_UNIT = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；;\n]*[。；;\n]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article (or a measure) to be paired: number and title as read, body without its label."""

    number: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What became of what: indexes into the two sequences. kind: `same` but for blanks, `changed`, `new`, `gone`.

    `likeness` 0 … 1 (share of character pairs in common); `moved`: it stands in another order among its neighbours.
    """

    former: int | None
    latter: int | None
    kind: str
    likeness: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a piece stands in the later text; `exact`: in the same words."""

    start: int
    end: int
    exact: bool


def align(former: Sequence[Piece], latter: Sequence[Piece]) -> tuple[Pair, ...]:
    """Pairs in the order of the latter sequence, each piece once; what is gone stands after what it followed."""
    before = {at: _Read.of(piece) for at, piece in enumerate(former)}
    after = {at: _Read.of(piece) for at, piece in enumerate(latter)}
    left, right = dict(before), dict(after)
    found: dict[int, int] = {}
    for step in (_by_body, _by_heading, _by_likeness):
        for one, other in step(left, right):
            found[other] = one
            del left[one], right[other]
    return tuple(_in_order(before, after, found))


def carry(span: Span, former_text: str, latter_text: str, *, around: Span, within: Span | None) -> Carried | None:
    """Where the piece `span` of the former text stands in the latter; None where fewer than 80 % of its characters are left.

    `around` is the article it stood in, `within` what became of that article (None: it is gone). Equal words in that article
    come first, then changed words in it, then telling words (8 characters) that stand exactly once anywhere.
    """
    words = former_text[slice(*span)]
    if within is not None:
        places = list(_places(words, latter_text, within))
        if len(places) == 1:
            return Carried(places[0], places[0] + len(words), exact=True)
        mapped = _mapped(span, former_text, latter_text, around, within)
        if places and not (mapped and mapped.exact):
            near = within[0] + span[0] - around[0]
            start = min(places, key=lambda place: abs(place - near))
            return Carried(start, start + len(words), exact=True)
        if mapped:
            return mapped
    start = latter_text.find(words) if len(words) >= _TELLING else -1
    if start < 0 or latter_text.find(words, start + 1) >= 0:
        return None
    return Carried(start, start + len(words), exact=True)


def difference(former: str, latter: str) -> tuple[tuple[str, str], ...]:
    """The two texts as (op, text) pieces in reading order: `same`, `gone`, `new`. Numbers and words are never cut in two.

    The `same` and `gone` pieces joined are the former text, the `same` and `new` ones the latter.
    """
    pieces: list[tuple[str, str]] = []
    at, to = 0, 0
    for one, other, size in [*_blocks(former, latter), (len(former), len(latter), 0)]:
        pieces += [("gone", former[at:one]), ("new", latter[to:other]), ("same", former[one : one + size])]
        at, to = one + size, other + size
    return tuple(_joined(piece for piece in pieces if piece[1]))


def likeness(one: str, other: str) -> float:
    """The share of character pairs that two texts have in common (Dice's coefficient), blanks aside."""
    return _Read.of(Piece("", "", one)).likeness(_Read.of(Piece("", "", other)))


@dataclass(frozen=True, slots=True)
class _Read:
    piece: Piece
    plain: str
    pairs: Counter[str]

    @classmethod
    def of(cls, piece: Piece) -> _Read:
        plain = "".join(piece.body.split())
        return cls(piece, plain, Counter(map(str.__add__, plain, plain[1:])))

    def likeness(self, other: _Read) -> float:
        if self.plain == other.plain:
            return 1.0
        total = self.pairs.total() + other.pairs.total()
        return 2 * sum(min(count, other.pairs[pair]) for pair, count in self.pairs.items()) / total if total else 0.0

    def runs(self) -> set[str]:
        return {self.plain[at : at + _RUN] for at in range(max(1, len(self.plain) - _RUN + 1))}


_Left = Mapping[int, _Read]


def _by_body(left: _Left, right: _Left) -> list[Span]:
    return _by_key(left, right, lambda read: read.plain, once=False)


def _by_heading(left: _Left, right: _Left) -> list[Span]:
    def heading(read: _Read) -> str:
        return f"{read.piece.number} {read.piece.title}" if read.piece.title else ""

    sure = _by_key(left, right, heading)
    taken, given = {one for one, _ in sure}, {other for _, other in sure}
    rest = {at: read for at, read in left.items() if at not in taken}, {at: read for at, read in right.items() if at not in given}
    return sure + _by_key(*rest, lambda read: read.piece.title)


def _by_key(left: _Left, right: _Left, key: Callable[[_Read], str], *, once: bool = True) -> list[Span]:
    """Pairs with the same key, in order; `once`: only where the key stands once on each side. Empty keys pair nothing."""
    before, after = _grouped(left, key), _grouped(right, key)
    found: list[Span] = []
    for name, ones in before.items():
        others = after.get(name, [])
        if not once or (len(ones), len(others)) == (1, 1):
            found += zip(ones, others, strict=False)
    return found


def _grouped(reads: _Left, key: Callable[[_Read], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for at, read in reads.items():
        if name := key(read):
            groups.setdefault(name, []).append(at)
    return groups


def _by_likeness(left: _Left, right: _Left) -> list[Span]:
    """The likest first, each piece once."""
    where: dict[str, list[int]] = {}
    for at, read in right.items():
        for run in read.runs():
            where.setdefault(run, []).append(at)
    ranked: list[tuple[float, int, int]] = []
    for at, read in left.items():
        votes = Counter(other for run in read.runs() if len(where.get(run, ())) <= _RARE for other in where.get(run, ()))
        for other, _count in votes.most_common(_CANDIDATES):
            alike, same_number = read.likeness(right[other]), read.piece.number == right[other].piece.number
            if alike >= (_ALIKE_BY_NUMBER if same_number else _ALIKE):
                ranked.append((-alike - 0.1 * same_number, at, other))
    return _each_once(sorted(ranked))


def _each_once(ranked: Iterable[tuple[float, int, int]]) -> list[Span]:
    ones: set[int] = set()
    others: set[int] = set()
    found = []
    for _rank, one, other in ranked:
        if one not in ones and other not in others:
            ones.add(one)
            others.add(other)
            found.append((one, other))
    return found


def _in_order(before: _Left, after: _Left, found: Mapping[int, int]) -> Iterator[Pair]:
    still = _longest_rising([found[at] for at in sorted(found)])
    gone = [at for at in before if at not in set(found.values())]
    shown: set[int] = set()

    def leaving(last: int) -> Iterator[Pair]:
        for at in gone:
            if at <= last and at not in shown:
                shown.add(at)
                yield Pair(at, None, "gone", 0.0)

    for at, read in after.items():
        one = found.get(at)
        if one is None:
            yield Pair(None, at, "new", 0.0)
            continue
        if one in still:
            yield from leaving(one)
        same = before[one].plain == read.plain
        yield Pair(one, at, "same" if same else "changed", round(before[one].likeness(read), 3), one not in still)
    yield from leaving(len(before))


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The members of one longest rising subsequence (patience sorting): what kept its order."""
    tops: list[int] = []
    ends: list[int] = []
    behind: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tops, place)
        behind[place] = ends[at - 1] if at else None
        tops[at:], ends[at:] = [place, *tops[at + 1 :]], [place, *ends[at + 1 :]]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = behind[last]
    return kept


def _places(words: str, text: str, within: Span) -> Iterator[int]:
    at = text.find(words, *within) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1, within[1])


def _mapped(span: Span, former_text: str, latter_text: str, around: Span, within: Span) -> Carried | None:
    """The piece through the blocks that are the same in both articles."""
    start, end = span[0] - around[0], span[1] - around[0]
    found = [
        (max(start, one) + other - one, min(end, one + size) + other - one)
        for one, other, size in _blocks(former_text[slice(*around)], latter_text[slice(*within)])
        if one < end and one + size > start
    ]
    kept = sum(right - left for left, right in found)
    if not found or kept < _KEPT * (end - start) or 2 * kept < found[-1][1] - found[0][0]:
        return None
    left, right = within[0] + found[0][0], within[0] + found[-1][1]
    return Carried(left, right, latter_text[left:right] == former_text[slice(*span)])


def _blocks(former: str, latter: str) -> list[Block]:
    """What is the same in both, in order: of units (numbers, words, characters), or of sentences where the texts are long."""
    ones, others = _units(former), _units(latter)
    if max(len(ones), len(others)) > _FINE:
        ones, others = _SENTENCE.findall(former), _SENTENCE.findall(latter)
    head = next(
        (at for at, (one, other) in enumerate(zip(ones, others, strict=False)) if one != other), min(len(ones), len(others))
    )
    short = min(len(ones), len(others)) - head
    tail = next((at for at in range(short) if ones[-1 - at] != others[-1 - at]), short)
    middle = ones[head : len(ones) - tail], others[head : len(others) - tail]
    matched = SequenceMatcher(None, *middle, autojunk=max(map(len, middle)) > _FINE).get_matching_blocks()
    runs = [(0, 0, head), *((one.a + head, one.b + head, one.size) for one in matched)]
    runs.append((len(ones) - tail, len(others) - tail, tail))
    at, to = [0, *accumulate(map(len, ones))], [0, *accumulate(map(len, others))]
    return [(at[one], to[other], at[one + size] - at[one]) for one, other, size in runs if size]


def _units(text: str) -> list[str]:
    return _UNIT.findall(text)


def _joined(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbours of one sort made one."""
    held: tuple[str, str] | None = None
    for op, text in pieces:
        if held and held[0] == op:
            held = op, held[1] + text
            continue
        if held:
            yield held
        held = op, text
    if held:
        yield held
