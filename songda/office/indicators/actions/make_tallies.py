"""Making the daily tallies 计算日计: out of the logs, and out of them again at any time; a run says what came out otherwise."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.rollup import Places, Wanted, gather, tally
from songda.kernel import bulk
from songda.kernel.errors import Invalid
from songda.kernel.recall import recalling
from songda.office.indicators.models import IndicatorVersion, Tally, TallyRun
from songda.office.indicators.queries.definitions import definitions
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.sources import Source, sources
from songda.office.indicators.states import Origin, Spread
from songda.registry.organisations.models import Organisation

Kind = Organisation.Kind
AREAS = (Kind.CITY, Kind.DISTRICT, Kind.ZONE, Kind.STREET)
TALLIED = (Kind.CITY, Kind.DISTRICT, Kind.ZONE)
"""Units that keep tallies. What a street has is counted from the rows when it is asked."""
LONGEST = dt.timedelta(days=366)
NAMED = 200  # changes that a run names one by one
COLUMNS = ("code", "organisation_id", "day", "cell", "number")
Key = tuple[str, int, dt.date, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """The days, the tree, and which units keep tallies (place in the tree → key)."""

    first: dt.date
    last: dt.date
    tree: Places
    kept: dict[int, int]

    @property
    def days(self) -> list[dt.date]:
        """All days, in order."""
        return [self.first + dt.timedelta(days=at) for at in range((self.last - self.first).days + 1)]


@dataclass
class Outcome:
    """What a run wrote; `before` are codes and days that an earlier run had made, so that a difference is a change."""

    codes: frozenset[str]
    days: frozenset[dt.date]
    tallies: int = 0
    changed: int = 0
    changes: list[dict[str, object]] = field(default_factory=list)

    def note(self, key: Key, was: int, now: int) -> None:
        """A number that came out otherwise than it stood."""
        code, unit, day, cell = key
        if code in self.codes and day in self.days:
            self.changed += 1
            if len(self.changes) < NAMED:
                self.changes.append({"code": code, "unit": unit, "day": day.isoformat(), "cell": cell, "was": was, "now": now})


@transaction.atomic
@recalling()
def make_tallies(first: dt.date, last: dt.date, *, now: dt.datetime) -> TallyRun:
    """Make the tallies of these days, at most a leap year at once. A day without a row has the number 0.

    Only differences are written; the run says how many tallies stand and which came out otherwise than an earlier run left them.
    """
    if not dt.timedelta(0) <= last - first < LONGEST:
        raise Invalid(_("日计一次最多计算一年，止日不早于起日。"), fields={"last": _("请缩短期间")})
    ground, outcome = _ground(first, last), _earlier(first, last)
    for code, asked in by_source().items():
        _write(sources()[code], asked, ground, outcome)
    return TallyRun.objects.create(
        first=first, last=last, made_at=now, tallies=outcome.tallies, changed=outcome.changed, changes=outcome.changes
    )


def by_source() -> dict[str, list[Definition]]:
    """The indicators in force that are counted from rows, by the code of the source; those whose source no room offers are left out."""
    found: defaultdict[str, list[Definition]] = defaultdict(list)
    for one in definitions().values():
        if one.origin == Origin.COMPUTED and one.source in sources():
            found[one.source].append(one)
    return found


def _ground(first: dt.date, last: dt.date) -> Ground:
    units = list(Organisation.objects.filter(kind__in=AREAS, ends_on=None).values_list("pk", "area_path", "kind"))
    tree = Places.of((pk, path) for pk, path, _kind in units)
    wanted = {pk for pk, _path, kind in units if kind in TALLIED}
    return Ground(first, last, tree, {place: int(str(pk)) for place, pk in enumerate(tree.units) if pk in wanted})


def _earlier(first: dt.date, last: dt.date) -> Outcome:
    runs = list(TallyRun.objects.filter(first__lte=last, last__gte=first).values_list("first", "last", "made_at"))
    days = {begin + dt.timedelta(days=at) for begin, end, _made in runs for at in range((end - begin).days + 1)}
    newest = max((made for _first, _last, made in runs), default=None)
    codes = IndicatorVersion.objects.filter(since__lte=newest).values_list("code", flat=True) if newest else ()
    return Outcome(frozenset(codes), frozenset(days))


def _write(source: Source, asked: Sequence[Definition], ground: Ground, outcome: Outcome) -> None:
    """Compare what comes out with what stands; write the difference."""
    standing = {
        (code, unit, day, cell): (pk, number)
        for pk, code, unit, day, cell, number in Tally.objects.filter(
            code__in=[one.code for one in asked], day__range=(ground.first, ground.last)
        ).values_list("pk", *COLUMNS)
    }
    fresh, moved = [], []
    for key, number in _numbers(source, asked, ground):
        outcome.tallies += 1
        kept = standing.pop(key, None)
        if kept is None:
            fresh.append((*key, number))
            outcome.note(key, 0, number)
        elif kept[1] != number:
            moved.append((number, kept[0]))
            outcome.note(key, kept[1], number)
    for key, (_pk, number) in standing.items():
        outcome.note(key, number, 0)
    gone = [pk for pk, _number in standing.values()]
    for start in range(0, len(gone), bulk.CHUNK):
        Tally.objects.filter(pk__in=gone[start : start + bulk.CHUNK]).delete()
    bulk.update(Tally, ["number"], moved)
    bulk.insert(Tally, COLUMNS, fresh)


def _numbers(source: Source, asked: Sequence[Definition], ground: Ground) -> Iterator[tuple[Key, int]]:
    """Every number that is not 0."""
    flows = source.cube()(ground.first, ground.last)
    cube = gather(flows, ground.tree, counts=source.counts, names=source.dims, first=ground.first, last=ground.last)
    wanted = [Wanted(one.code, one.counts, one.spread == Spread.MOMENT, one.where, one.cells) for one in asked]
    days, places = ground.days, list(ground.kept)
    for (code, cell), numbers in tally(cube, wanted).items():
        kept = numbers[places]
        for place, day in np.argwhere(kept).tolist():
            yield (code, ground.kept[places[place]], days[day], cell), int(kept[place, day])
