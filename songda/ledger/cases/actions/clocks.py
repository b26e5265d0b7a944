"""Writing down what the clocks say. Everything here can be computed again from the steps; nothing else writes these columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.ladder import wake_at
from songda.ledger.cases.models import NEVER, Alert, Case, CaseClock
from songda.ledger.cases.queries.readings import Told, clocks_after, read_clocks
from songda.registry.calendars.queries import calendar as registry_calendar

__all__ = ["Told", "clocks_after", "columns_of", "pressing", "refresh_clocks", "rows_of", "write_clocks"]

Climbed = Collection[tuple[str, int, str]]  # (clock, round, level)
WRITTEN = (
    "cycle", "main", "standing", "counts_from", "blue_at", "yellow_at", "due_at", "stopped_at", "late", "provisional", "wake_at",
    "failures", "trouble",
)  # fmt: skip


def refresh_clocks(case: Case, *, now: dt.datetime, calendar: Calendar | None = None) -> tuple[Told, ...]:
    """Read all clocks of a case and write their columns, `due_at` and `wake_at` of the case among them. Idempotent.

    At most six queries, however many clocks; unchanged rows are not written. The caller holds the row of the case (it has just
    changed it): otherwise a step taken meanwhile could be overwritten.
    """
    told = read_clocks(case, calendar or registry_calendar())
    climbed = set(Alert.objects.filter(case=case).values_list("clock", "cycle", "level"))
    write_clocks(case, told, climbed, {row.code: row for row in CaseClock.objects.filter(case=case)}, now)
    return told


def hold(case: Case) -> bool:
    """Hold the row of a case until the transaction ends; False where somebody has stepped it since it was read."""
    return Case.objects.filter(pk=case.pk, version=case.version).update(version=case.version) == 1


def write_clocks(case: Case, told: Iterable[Told], climbed: Climbed, kept: Mapping[str, CaseClock], now: dt.datetime) -> None:
    """Write what was read into the rows of the clocks (`kept`: as they stand) and the columns of the case, where it differs."""
    told = tuple(told)
    rows = rows_of(case, told, climbed, now)
    changed = [row for row in rows if row.code not in kept or differs(kept[row.code], row)]
    if changed:
        CaseClock.objects.bulk_create(changed, update_conflicts=True, unique_fields=["case", "code"], update_fields=WRITTEN)
    gone = kept.keys() - {row.code for row in rows}
    if gone:
        CaseClock.objects.filter(case=case, code__in=gone).delete()
    columns = pressing(told) | {"wake_at": min((row.wake_at for row in rows if row.wake_at is not None), default=None)}
    if any(getattr(case, name) != value for name, value in columns.items()):
        for name, value in columns.items():
            setattr(case, name, value)
        case.save(update_fields=list(columns))


def rows_of(case: Case, told: Iterable[Told], climbed: Climbed, now: dt.datetime) -> list[CaseClock]:
    """The rows as they should be, each awake for its next lamp or rung."""
    rows = []
    for one in told:
        code = one.spec.definition.code
        done = {level for clock, cycle, level in climbed if (clock, cycle) == (code, one.cycle)}
        rows.append(CaseClock(case=case, code=code, wake_at=wake_at(one.reading, one.dues, done, now), **columns_of(one)))
    return rows


def differs(kept: CaseClock, row: CaseClock, names: Iterable[str] = WRITTEN) -> list[str]:
    """The columns in which two rows differ."""
    return [name for name in names if getattr(kept, name) != getattr(row, name)]


def pressing(told: Iterable[Told]) -> dict[str, dt.datetime | None]:
    """The columns of a case that its main clock says: the deadline, and what lists sort and light by while its lamp burns."""
    main = next((one.reading for one in told if one.spec.main), None)
    burns = main is not None and main.burns
    return {
        "due_at": main.due_at if main else None,
        "pressing_at": main.due_at if main and burns else NEVER,
        "blue_at": main.blue_at if main and burns else None,
        "yellow_at": main.yellow_at if main and burns else None,
    }


def columns_of(told: Told) -> dict[str, object]:
    """A clock as its row holds it."""
    reading = told.reading
    return {
        "cycle": told.cycle,
        "main": told.spec.main,
        "standing": reading.standing.value,
        "counts_from": reading.counts_from,
        "blue_at": reading.blue_at,
        "yellow_at": reading.yellow_at,
        "due_at": reading.due_at,
        "stopped_at": reading.course.stopped_at,
        "late": reading.late,
        "provisional": reading.provisional,
        "failures": 0,
        "trouble": "",
    }
