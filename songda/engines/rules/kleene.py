"""Joins 联结: strong Kleene logic over the answers of a rule's leaves, and which leaves decide the result.

A leaf is known by its place in the rule's text. `answer` joins the answers; `mark` notes the leaves that decide the
answer or, for 待核, could still change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from songda.engines.rules.verdict import Answer

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
_INVERTED = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}


class Join(Protocol):
    """A part of a rule, over the answers of the rule's leaves by place."""

    def answer(self, seen: list[Answer]) -> Answer:
        """This part's answer."""
        ...

    def mark(self, seen: list[Answer], matters: list[bool]) -> None:
        """Note the leaves that this part's answer hangs on."""
        ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf."""

    place: int

    def answer(self, seen: list[Answer]) -> Answer:
        """The leaf's own answer."""
        return seen[self.place]

    def mark(self, seen: list[Answer], matters: list[bool]) -> None:
        """A leaf hangs on itself."""
        del seen
        matters[self.place] = True


@dataclass(frozen=True, slots=True)
class Inverse:
    """非."""

    item: Join

    def answer(self, seen: list[Answer]) -> Answer:
        """是 and 否 change places, 待核 stays."""
        return _INVERTED[self.item.answer(seen)]

    def mark(self, seen: list[Answer], matters: list[bool]) -> None:
        """As the item."""
        self.item.mark(seen, matters)


@dataclass(frozen=True, slots=True)
class Count:
    """At least `count` of the items; 且 is all of them, 或 one of them."""

    count: int
    items: tuple[Join, ...]

    def answer(self, seen: list[Answer]) -> Answer:
        """t items 是 and u 待核: 是 if t reaches the count, 待核 if t + u does, else 否."""
        return self._of([one.answer(seen) for one in self.items])

    def mark(self, seen: list[Answer], matters: list[bool]) -> None:
        """The items that answer as the whole does: they carry it, or keep it open."""
        answers = [one.answer(seen) for one in self.items]
        own = self._of(answers)
        for one, found in zip(self.items, answers, strict=True):
            if found is own:
                one.mark(seen, matters)

    def _of(self, answers: list[Answer]) -> Answer:
        sure = answers.count(YES)
        if sure >= self.count:
            return YES
        return UNKNOWN if sure + answers.count(UNKNOWN) >= self.count else NO


@dataclass(frozen=True, slots=True)
class CountOfLeaves:
    """`Count` where every item is a leaf and the leaves stand together: the usual case, without a call per leaf."""

    count: int
    start: int
    end: int

    def answer(self, seen: list[Answer]) -> Answer:
        """As `Count`."""
        answers = seen[self.start : self.end]
        sure = answers.count(YES)
        if sure >= self.count:
            return YES
        return UNKNOWN if sure + answers.count(UNKNOWN) >= self.count else NO

    def mark(self, seen: list[Answer], matters: list[bool]) -> None:
        """As `Count`."""
        own = self.answer(seen)
        for place in range(self.start, self.end):
            if seen[place] is own:
                matters[place] = True


def count_of(count: int, items: tuple[Join, ...]) -> Join:
    """At least `count` of these."""
    places = [one.place for one in items if isinstance(one, Leaf)]
    if len(places) == len(items):
        return CountOfLeaves(count, places[0], places[-1] + 1)
    return Count(count, items)
