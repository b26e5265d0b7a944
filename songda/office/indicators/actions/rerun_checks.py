"""Running all checks again 重新核对, and raising the flags that follow from the figures themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.office.indicators import access
from songda.office.indicators.actions.keep_flags import keep_flags
from songda.office.indicators.models import Check, Flag, Observation
from songda.office.indicators.queries import figures_in_effect
from songda.office.indicators.rules import checks, flags
from songda.office.indicators.rules.figures import Figure
from songda.office.indicators.states import FlagOrigin, Outcome
from songda.registry.actors import Actor

_RESULT = ("outcome", "computed", "precision", "reason", "agrees")


@dataclass(frozen=True, slots=True)
class CheckRun:
    """How the checks came out, and how many results and flags are other than before."""

    total: int
    holds: int
    fails: int
    open: int
    unexpected: int
    changed: int


@transaction.atomic
def rerun_checks(*, by: Actor, now: dt.datetime) -> CheckRun:
    """Work out every check over the figures in effect; keep results and flags. An audit row where anything changed."""
    access.require_loader(by)
    figures = figures_in_effect()
    rows = list(Check.objects.order_by("pk"))
    changed = [row for row in rows if _try(row, figures)]
    Check.objects.bulk_update(changed, _RESULT)
    Check.objects.update(ran_at=now)
    moved = _raise_flags(figures, rows, now)
    outcomes = [row.outcome for row in rows]
    run = CheckRun(
        total=len(rows),
        holds=outcomes.count(Outcome.HOLDS),
        fails=outcomes.count(Outcome.FAILS),
        open=outcomes.count(Outcome.OPEN),
        unexpected=sum(not row.agrees for row in rows),
        changed=len(changed) + moved,
    )
    if run.changed:
        record("figures.check", Check(), by=by, now=now, after=asdict(run))
    return run


def raise_flags(now: dt.datetime) -> int:
    """Raise the flags that follow from the figures in effect and the checks as they last came out; how many came or went."""
    return _raise_flags(figures_in_effect(), list(Check.objects.order_by("pk")), now)


def _try(row: Check, figures: Mapping[str, Figure]) -> bool:
    """Run one check into its row; whether it came out otherwise than it stood."""
    before = [getattr(row, name) for name in _RESULT]
    found = checks.find(row.expression, figures, unit=row.unit, premise=row.premise)
    row.outcome, row.reason, row.precision = found.outcome, found.reason, found.precision
    row.computed = f"{found.text()}{found.unit}" if found.computed is not None else ""
    row.agrees = checks.agrees(found, row.expected, row.expected_value)
    return before != [getattr(row, name) for name in _RESULT]


def _raise_flags(figures: Mapping[str, Figure], rows: list[Check], now: dt.datetime) -> int:
    """Make the raised flags those that follow now, leaving out kinds a person already named; how many came or went."""
    tried = [flags.Tried(row.figure, row.expression, row.outcome) for row in rows]
    keys = dict(Observation.objects.filter(replaced_by=None).values_list("code", "pk"))
    declared = set(
        Flag.objects.filter(observation__in=keys.values(), origin=FlagOrigin.DECLARED).values_list("observation_id", "kind")
    )
    found = {(keys[one.code], str(one.kind), str(one.severity), one.text) for one in flags.raised(figures, tried)}
    return keep_flags({one for one in found if one[:2] not in declared}, keys.values(), FlagOrigin.RAISED, now)
