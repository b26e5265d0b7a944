"""What stands in the way of closing a visit (SVC-05, SVC-14): an issue without a ledger row, a finding without help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from songda.deliveries.service.visits.states import FindingKind
from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as closing sees it."""

    kind: str
    text: str
    has_case: bool
    helped: bool
    due: bool = True


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop as closing sees it: its name, whether it was recorded or fell away, whether its problems were gone through."""

    name: str
    recorded: bool
    fell_away: bool
    gone_through: bool
    findings: Sequence[Found] = ()


def what_lacks(stops: Sequence[Stopped]) -> tuple[str, ...]:
    """A sentence for each thing still to do; none when the visit may be closed."""
    lacks: list[str] = []
    for stop in stops:
        if stop.fell_away:
            continue
        if not stop.recorded:
            lacks.append(_("“%(stop)s”还没有走访记录。") % {"stop": stop.name})
        elif not stop.gone_through:
            lacks.append(_("“%(stop)s”没有写明问题，也没有确认“未发现问题”。") % {"stop": stop.name})
        lacks += [said for found in stop.findings if (said := lack_of(found, stop.name))]
    return tuple(lacks)


def lack_of(found: Found, stop: str) -> str:
    """What one finding lacks, as a sentence; empty when nothing."""
    at = {"stop": stop, "text": found.text[:30]}
    if found.kind == FindingKind.ISSUE and not found.has_case:
        return _("“%(stop)s”的问题“%(text)s”还没有登入台账。") % at
    if found.kind == FindingKind.PROMISE and not found.has_case:
        return _("“%(stop)s”的承诺“%(text)s”还没有登入台账。") % at
    if found.kind == FindingKind.BREACH and not (found.helped or found.has_case):
        return _("“%(stop)s”的检查发现“%(text)s”没有指导意见，也没有写明为何无需帮助。") % at
    return ""
