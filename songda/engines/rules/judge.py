"""Judging 判定: one subject against one or many rules, row by row, with every reason.

Strong Kleene throughout. `judge` is the oracle of the other evaluators; `prepare` compiles rules once, so that many
subjects (or one subject against a whole policy library) are judged without walking the trees or printing anything again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.facts import Facts
from songda.engines.rules.kleene import NO, UNKNOWN, YES, Inverse, Join, Leaf, count_of
from songda.engines.rules.leaves import Decide, decide
from songda.engines.rules.show import show
from songda.engines.rules.sight import Gap, Sight
from songda.engines.rules.tell import tell_standing
from songda.engines.rules.verdict import Answer, Cause, Reason, Used, Verdict
from songda.engines.rules.walk import BRANCHES, names_of

Found = Any  # True, False or Gap


def judge(rule: tree.Condition, facts: Facts, *, on: dt.date, catalogue: Catalogue) -> Verdict:
    """The verdict of a checked rule for one subject on one day, with a reason for each leaf in the order of the text."""
    return prepare(rule, catalogue).judge(facts, on=on)


def answer(rule: tree.Condition, facts: Facts, *, on: dt.date, catalogue: Catalogue) -> Answer:
    """The answer alone."""
    return prepare(rule, catalogue).answer(facts, on=on)


def prepare(rule: tree.Condition, catalogue: Catalogue) -> Prepared:
    """A rule compiled for many subjects."""
    return Prepared(PreparedSet([rule], catalogue))


def prepare_all(rules: Iterable[tree.Condition], catalogue: Catalogue) -> PreparedSet:
    """Rules compiled together: a condition they share is looked at once per subject."""
    return PreparedSet(rules, catalogue)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One compiled rule: alone, or at its place in a set."""

    of: PreparedSet
    place: int = 0

    @property
    def condition(self) -> tree.Condition:
        """The rule as it was given."""
        return self.of.conditions[self.place]

    @property
    def facts(self) -> tuple[str, ...]:
        """Codes of the facts it uses, each once, in the order of the text."""
        return self.of.facts(self.place)

    def judge(self, facts: Facts, *, on: dt.date) -> Verdict:
        """The verdict with its reasons."""
        return self.of.judge(facts, on=on)[self.place]

    def answer(self, facts: Facts, *, on: dt.date) -> Answer:
        """The answer alone."""
        return self.of.answer(self.place, facts, on=on)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A distinct leaf: its canonical text, its closure and the facts it looks at."""

    text: str
    decide: Decide
    facts: tuple[str, ...]
    lenient: bool
    listed_on: dt.date | None


class PreparedSet:
    """Rules compiled together."""

    def __init__(self, rules: Iterable[tree.Condition], catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._leaves: list[_Leaf] = []
        self._places: dict[tuple[tree.Condition, bool], int] = {}
        self.conditions = tuple(rules)
        self._rules = [self._compile(rule) for rule in self.conditions]

    def rule(self, place: int) -> Prepared:
        """One of the rules by itself."""
        return Prepared(self, place)

    def facts(self, place: int) -> tuple[str, ...]:
        """Codes of the facts that one rule uses."""
        return tuple(dict.fromkeys(fact for one in self._rules[place][0] for fact in self._leaves[one].facts))

    def answer(self, place: int, facts: Facts, *, on: dt.date) -> Answer:
        """The answer of one rule; the conditions of the others are not looked at."""
        sight, (places, join) = Sight(facts, on, self.catalogue), self._rules[place]
        return join.answer([_answer(self._leaves[one].decide(sight)) for one in places])

    def answers(self, facts: Facts, *, on: dt.date) -> tuple[Answer, ...]:
        """The answers of all rules, in order."""
        sight = Sight(facts, on, self.catalogue)
        seen = [_answer(one.decide(sight)) for one in self._leaves]
        return tuple(join.answer([seen[place] for place in places]) for places, join in self._rules)

    def judge(self, facts: Facts, *, on: dt.date) -> tuple[Verdict, ...]:
        """The verdicts of all rules, in order, with their reasons."""
        return _Judging(self._leaves, Sight(facts, on, self.catalogue)).verdicts(self._rules)

    def _compile(self, rule: tree.Condition) -> tuple[list[int], Join]:
        places: list[int] = []
        join = self._joined(rule, places, lenient=False)
        return places, join

    def _joined(self, node: tree.Condition, places: list[int], *, lenient: bool) -> Join:
        if isinstance(node, tree.Latest):
            return self._joined(node.item, places, lenient=True)
        if isinstance(node, tree.Not) and isinstance(node.item, BRANCHES):
            return Inverse(self._joined(node.item, places, lenient=lenient))
        if isinstance(node, tree.And | tree.Or | tree.AtLeast):
            items = tuple(self._joined(one, places, lenient=lenient) for one in node.items)
            count = node.count if isinstance(node, tree.AtLeast) else len(items) if isinstance(node, tree.And) else 1
            return count_of(count, items)
        places.append(self._leaf(node, lenient=lenient))
        return Leaf(len(places) - 1)

    def _leaf(self, node: tree.Condition, *, lenient: bool) -> int:
        """The place of a leaf, or of a negated leaf: 不在 失信名单 is told in its own words, not as 在 … 否."""
        place = self._places.get((node, lenient))
        if place is None:
            place = self._places[node, lenient] = len(self._leaves)
            bare = node.item if isinstance(node, tree.Not) else node
            listed_on = bare.on if isinstance(bare, tree.Listed) else None
            text = show(tree.Latest(node) if lenient else node, self.catalogue)
            closure = decide(bare, self.catalogue, lenient=lenient)
            closure = closure if bare is node else _inverted(closure)
            self._leaves.append(_Leaf(text, closure, names_of(node), lenient, listed_on))
        return place


class _Judging:
    """One subject's judging: every distinct leaf decided once, its reason made when first needed."""

    def __init__(self, leaves: list[_Leaf], sight: Sight) -> None:
        self.leaves = leaves
        self.sight = sight
        self.found = [one.decide(sight) for one in leaves]
        self.answers = [_answer(one) for one in self.found]
        self._used: list[tuple[Used, ...] | None] = [None] * len(leaves)
        self._reasons: tuple[list[Reason | None], list[Reason | None]] = ([None] * len(leaves), [None] * len(leaves))

    def verdicts(self, rules: list[tuple[list[int], Join]]) -> tuple[Verdict, ...]:
        return tuple(self._verdict(places, join) for places, join in rules)

    def _verdict(self, places: list[int], join: Join) -> Verdict:
        seen = [self.answers[place] for place in places]
        matters = [False] * len(places)
        result = join.answer(seen)
        join.mark(seen, matters)
        reasons = tuple([self._reason(place, matters=deciding) for place, deciding in zip(places, matters, strict=True)])
        return Verdict(result, reasons, (), settling_of(reasons) if result is UNKNOWN else ())

    def _reason(self, place: int, *, matters: bool) -> Reason:
        known = self._reasons[matters]
        found = known[place]
        if found is None:
            leaf = self.leaves[place]
            found = known[place] = Reason(leaf.text, self.answers[place], self._used_by(place), matters)
        return found

    def _used_by(self, place: int) -> tuple[Used, ...]:
        found = self._used[place]
        if found is None:
            found = self._used[place] = tuple(
                self._use(self.leaves[place], fact, self.found[place]) for fact in self.leaves[place].facts
            )
        return found

    def _use(self, leaf: _Leaf, fact: str, found: Found) -> Used:
        sight = self.sight
        seen = sight.as_it_stands(fact) if leaf.lenient else sight.strictly(fact)
        cause = seen.cause if isinstance(seen, Gap) else Cause.NONE
        if cause is Cause.NONE and isinstance(found, Gap) and found.fact == fact:
            cause = found.cause
        used = sight.used(fact, cause)
        if leaf.listed_on is None or fact not in sight.facts:
            return used
        standing: Any = sight.facts[fact].value
        return Used(fact, used.name, tell_standing(standing, leaf.listed_on), used.as_of, used.source, cause)


def settling_of(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """Codes of the facts whose knowledge could settle a 待核, in the order of the text."""
    open_ones = (one for one in reasons if one.matters and one.answer is UNKNOWN)
    return tuple(dict.fromkeys(used.fact for one in open_ones for used in one.used if used.cause is not Cause.NONE))


def _inverted(closure: Decide) -> Decide:
    def judge_not(sight: Sight) -> Found:
        found = closure(sight)
        return found if isinstance(found, Gap) else not found

    return judge_not


def _answer(found: Found) -> Answer:
    return YES if found is True else NO if found is False else UNKNOWN
