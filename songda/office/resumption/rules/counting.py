"""Who is due, who is back 应复工与已复工: the official definitions over the states of subjects at a moment.

`due` 应复工: the population less the negative list of that day (variants ② and ③), or all above scale (①). Whoever never stopped
(持续生产) counts as resumed in ① and ③ and does not count in ②. A stop order takes a subject out of the numerator alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from songda.office.resumption.rules.asof import UNKNOWN, Flags, Ints, Texts
from songda.office.resumption.rules.rates import Rate
from songda.office.resumption.states import Population, Production, Variant

KINDS = {
    Population.FIRMS: ("enterprise",),
    Population.PROJECTS: ("project", "site"),
    Population.MERCHANTS: ("merchant",),
}


@dataclass(frozen=True)
class States:
    """Subjects at a moment, one a row: who, what kind, where, production state, cell, scale (1, 0, UNKNOWN), listed or not, people.

    People are UNKNOWN where nobody told them.
    """

    subjects: Ints
    kinds: Texts
    paths: Texts
    states: Texts
    industries: Texts
    above: Ints
    listed: Flags
    due_people: Ints
    present: Ints
    on_roll: Ints
    roll_present: Ints

    def where(self, kept: Flags) -> States:
        """Some of the rows."""
        return replace(self, **{name: getattr(self, name)[kept] for name in self.__dataclass_fields__})

    def of(self, population: str) -> States:
        """The rows of one population."""
        return self.where(np.isin(self.kinds, KINDS[Population(population)]))

    def below(self, tops: Sequence[str]) -> Iterator[States]:
        """The rows of each of these territories, in their order; paths are looked at once, however many territories."""
        places, which = np.unique(self.paths.astype(str), return_inverse=True)
        for top in tops:
            inside = np.fromiter((str(place).startswith(top) for place in places), bool, len(places))
            yield self.where(inside[which])


@dataclass(frozen=True, slots=True)
class Marks:
    """For each row, whether it counts: due, resumed, and with both numbers of people told."""

    due: Flags
    resumed: Flags
    paired: Flags


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one population, variant and territory at a moment. `paired`: due subjects that told both numbers of people."""

    variant: str
    population: int
    due: int
    resumed: int
    listed: int
    continuous: int
    halted: int
    untold: int
    people_due: int
    people_present: int
    everybody_present: int
    paired: int
    on_roll: int
    roll_present: int

    @property
    def rate(self) -> Rate:
        """复工率. Above 100 % it is an error."""
        return Rate(self.resumed, self.due)

    @property
    def labour(self) -> Rate:
        """人员返岗率, over the subjects that told both numbers. Above 100 % asks for a reason."""
        return Rate(self.people_present, self.people_due, may_exceed=True)

    @property
    def roll(self) -> Rate:
        """员工在册返岗率: of the staff on the roll."""
        return Rate(self.roll_present, self.on_roll)


def marks(rows: States, variant: str) -> Marks:
    """Who counts under a variant."""
    resumed, continuous = rows.states == Production.RESUMED.value, rows.states == Production.CONTINUOUS.value
    match Variant(variant):
        case Variant.ABOVE:
            due, working = rows.above == 1, resumed | continuous
        case Variant.UNLISTED:
            due, working = ~rows.listed & ~continuous, resumed
        case Variant.CONTINUOUS:
            due, working = ~rows.listed, resumed | continuous
    told = (rows.due_people != UNKNOWN) & (rows.present != UNKNOWN)
    return Marks(due, due & working, due & told)


def figures(rows: States, variant: str) -> Figures:
    """Count rows of one population. Subjects, then people."""
    counted = marks(rows, variant)
    due, paired = counted.due, counted.paired
    rolled = due & (rows.on_roll != UNKNOWN) & (rows.roll_present != UNKNOWN)
    present = due & (rows.present != UNKNOWN)
    return Figures(
        variant=variant,
        population=len(rows.subjects),
        due=int(due.sum()),
        resumed=int(counted.resumed.sum()),
        listed=int(rows.listed.sum()),
        continuous=int((rows.states == Production.CONTINUOUS.value).sum()),
        halted=int((rows.states == Production.HALTED.value).sum()),
        untold=int((due & (rows.states == "")).sum()),
        people_due=int(rows.due_people[paired].sum()),
        people_present=int(rows.present[paired].sum()),
        everybody_present=int(rows.present[present].sum()),
        paired=int(paired.sum()),
        on_roll=int(rows.on_roll[rolled].sum()),
        roll_present=int(rows.roll_present[rolled].sum()),
    )
