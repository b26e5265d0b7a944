"""A plan 判定图: many rules as one graph in which every distinct condition, and every distinct combination, stands once.

Rules share conditions heavily (105 distinct ones in 82 rules), which is where the speed of matching comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property

from songda.engines.match.leaves import Leaf
from songda.engines.match.rails import Rails, Words, at_least, every, inverse, some
from songda.engines.rules.tree import And, AtLeast, Condition, Latest, Node, Not, Or

Make = Callable[[list[Rails], Rails | None], Rails]


class Term:
    """A leaf with the way it looks at stale values; its hash is computed once."""

    __slots__ = ("_hash", "facts", "latest", "leaf")

    def __init__(self, leaf: Leaf, *, latest: bool) -> None:
        self.leaf = leaf
        self.latest = latest
        self.facts = facts_of(leaf)
        self._hash = hash((leaf, latest))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and (self._hash, self.latest, self.leaf) == (other._hash, other.latest, other.leaf)


@dataclass(frozen=True, slots=True)
class Step:
    """A combination of earlier steps."""

    make: Make
    parts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """The graph of a set of rules. `roots` has the step of each rule, `uses` how often each step's value is asked for."""

    steps: tuple[Step | Term, ...]
    roots: Mapping[str, int]
    uses: tuple[int, ...]

    @classmethod
    def of(cls, rules: Mapping[str, Condition]) -> Plan:
        """The plan of these rules, by name."""
        graph = _Graph()
        roots = {name: graph.add(rule) for name, rule in rules.items()}
        uses = [0] * len(graph.steps)
        for at in (*roots.values(), *(part for step in graph.steps if isinstance(step, Step) for part in step.parts)):
            uses[at] += 1
        return cls(tuple(graph.steps), roots, tuple(uses))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The distinct conditions, those on the same facts together."""
        return tuple(sorted((step for step in self.steps if isinstance(step, Term)), key=lambda term: sorted(term.facts)))

    @cached_property
    def rows(self) -> Mapping[int, tuple[int, ...]]:
        """Which rules (by their place) each root step answers."""
        found: dict[int, tuple[int, ...]] = {}
        for row, at in enumerate(self.roots.values()):
            found[at] = (*found.get(at, ()), row)
        return found

    def answer(self, rails_of: Callable[[Term], Rails], out: Words) -> Words:
        """Write the rails of each rule, from the rails of its terms, into `out` (rules × 2 × words), and return it.

        Steps come after their parts, so one pass does; a value is dropped at its last use. No closure refers to itself here:
        a cycle would keep every block's rails alive until the collector comes, and fresh memory costs more than the sums.
        """
        kept: dict[int, Rails] = {}
        left = list(self.uses)
        for at, step in enumerate(self.steps):
            rows = self.rows.get(at, ())
            place = out[rows[0]] if rows else None
            parts = () if isinstance(step, Term) else step.parts
            rails = rails_of(step) if isinstance(step, Term) else step.make([kept[part] for part in parts], place)
            for row in rows if rails is not place else rows[1:]:
                out[row][:] = rails
            kept[at] = rails
            left[at] -= len(rows)
            for part in parts:
                left[part] -= 1
            for done in (*parts, at):
                if not left[done]:
                    kept.pop(done, None)
        return out


class _Graph:
    """Steps as they are added; equal ones are one."""

    def __init__(self) -> None:
        self.steps: list[Step | Term] = []
        self._at: dict[object, int] = {}

    def add(self, node: Condition, *, latest: bool = False) -> int:
        """The place of a condition's step."""
        if isinstance(node, Latest):
            return self.add(node.item, latest=True)
        if isinstance(node, Not):
            return self._combine("非", (self.add(node.item, latest=latest),), lambda parts, out: inverse(parts[0], out))
        if isinstance(node, And):
            return self._all_or_any("且", every, [self.add(item, latest=latest) for item in node.items])
        if isinstance(node, Or):
            return self._all_or_any("或", some, [self.add(item, latest=latest) for item in node.items])
        if isinstance(node, AtLeast):
            least = node.count
            places = tuple(sorted(self.add(item, latest=latest) for item in node.items))
            return self._combine(f"至少{least}项", places, lambda parts, _: at_least(least, parts))
        term = Term(node, latest=latest)
        return self._put(term, term)

    def _all_or_any(self, word: str, make: Make, items: list[int]) -> int:
        places = tuple(sorted(set(items)))
        return places[0] if len(places) == 1 else self._combine(word, places, make)

    def _combine(self, word: str, places: tuple[int, ...], make: Make) -> int:
        return self._put((word, places), Step(make, places))

    def _put(self, key: object, step: Step | Term) -> int:
        if key not in self._at:
            self._at[key] = len(self.steps)
            self.steps.append(step)
        return self._at[key]


def facts_of(node: object) -> frozenset[str]:
    """Codes of all facts that a condition, number or amount looks at."""
    if isinstance(node, tuple):
        return frozenset().union(*(facts_of(item) for item in node))
    if not isinstance(node, Node) or not is_dataclass(node):
        return frozenset()
    own = {getattr(node, name) for name in ("fact", "series") if hasattr(node, name)}
    return frozenset(own).union(*(facts_of(getattr(node, one.name)) for one in fields(node)))
