"""One subject's facts: as a rule sees them, and as its page prints them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.facts import Datum, Stretch
from songda.engines.rules.tell import tell
from songda.kernel.recall import recalled
from songda.registry.facts.models import Coverage, Fact
from songda.registry.facts.queries.catalogue import catalogue
from songda.registry.facts.rules.standing import Row, datum, in_force
from songda.registry.subjects.queries import standing_under, subject_of


@dataclass(frozen=True, slots=True)
class Printed:
    """A fact as a page shows it. `value` is empty where it is not known, and for a personal fact that was not revealed."""

    fact: FactKind
    value: str
    as_of: dt.date | None
    source: str
    stale: bool
    masked: bool


@recalled
def facts_of(
    subject_id: int, *, on: dt.date, known_at: dt.datetime | None = None, personal: bool = False, context: str = "subject"
) -> dict[str, Datum]:
    """A subject's facts as of `on` as known at `known_at` (None: now), by code; what is not known is absent.

    Facts of rows merged into the subject (as known then) count as its own. Personal facts only when asked for.
    """
    names = catalogue(context)
    rows = _rows(subject_id, on, known_at)
    covered = _covered(subject_id, on, known_at)
    wanted = (fact for fact in names.facts if (fact.code in rows or fact.code in covered) and (personal or not fact.personal))
    found = ((fact.code, datum(fact, in_force(rows.get(fact.code, ())), covered.get(fact.code, ()))) for fact in wanted)
    return {code: one for code, one in found if one is not None}


def printed_facts(subject_id: int, *, on: dt.date, revealed: bool = False) -> list[Printed]:
    """Every catalogue entry with the subject's value, in the catalogue's order; personal ones masked unless `revealed`."""
    names = catalogue()
    known = facts_of(subject_id, on=on, personal=True)
    return [_printed(fact, known.get(fact.code), names, on, hidden=fact.personal and not revealed) for fact in names.facts]


def _printed(fact: FactKind, known: Datum | None, names: Catalogue, on: dt.date, *, hidden: bool) -> Printed:
    if known is None:
        return Printed(fact, "", None, "", stale=False, masked=False)
    value = "" if hidden else tell(known.value, fact, names, on)
    limit, taken = fact.freshness_days, known.as_of
    stale = limit is not None and taken is not None and (on - taken).days > limit
    return Printed(fact, value, taken, known.source, stale=stale, masked=hidden)


@recalled
def _rows(subject_id: int, on: dt.date, known_at: dt.datetime | None) -> dict[str, list[Row]]:
    rows = Fact.objects.filter(subject_id__in=standing_under(subject_id, known_at), valid_from__lte=on)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[str, list[Row]] = defaultdict(list)
    columns = ("fact__code", "valid_from", "num", "text", "source__name", "void")
    for code, *row in rows.order_by("recorded_at").values_list(*columns):
        found[code].append(Row(*row))
    return found


@recalled
def _covered(subject_id: int, on: dt.date, known_at: dt.datetime | None) -> dict[str, list[Stretch]]:
    subject = subject_of(subject_id)
    path = subject.area_path if subject else ""
    rows = Coverage.objects.filter(starts_on__lte=on, fact__kind=Kind.LIST.value)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[str, list[Stretch]] = defaultdict(list)
    for code, area, start, end in rows.order_by("starts_on").values_list("fact__code", "area_path", "starts_on", "ends_on"):
        if path.startswith(area):
            found[code].append((start, end))
    return found
