"""The panel of policy on a firm's page: what fits, what might, what just misses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.matching.queries.verdicts import FirmVerdict, verdicts_for
from songda.engines.rules.catalogue import FactKind
from songda.engines.rules.verdict import Answer
from songda.kernel import clock
from songda.kernel.recall import recalling
from songda.kernel.screens.templatetags.screens import fen
from songda.ledger.panels import Line
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts


@dataclass(frozen=True, slots=True)
class Waiting:
    """A measure that is 待核, and the facts that could settle it with who holds them."""

    of: FirmVerdict
    facts: tuple[FactKind, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """All published measures as they stand for one firm on one day."""

    on: dt.date
    fits: tuple[FirmVerdict, ...]
    might: tuple[Waiting, ...]
    misses: tuple[FirmVerdict, ...]  # 否, with a short set of changes that would turn it
    others: tuple[FirmVerdict, ...]  # 否, too far

    @property
    def fen(self) -> int:
        """The sum of the amounts that can be computed."""
        return sum(one.fen or 0 for one in self.fits)


@recalling()
def standing_of(subject_id: int, *, on: dt.date) -> Standing:
    """How the published measures stand for a firm: fewest facts to supply and fewest changes to make come first."""
    verdicts = verdicts_for(subject_id, on=on)
    known = facts.catalogue().by_code if any(one.answer is Answer.UNKNOWN for one in verdicts) else {}
    waiting = [Waiting(one, settling(one, known)) for one in verdicts if one.answer is Answer.UNKNOWN]
    refused = [one for one in verdicts if one.answer is Answer.NO]
    return Standing(
        on=on,
        fits=tuple(one for one in verdicts if one.answer is Answer.YES),
        might=tuple(sorted(waiting, key=lambda one: len(one.facts) or 99)),
        misses=tuple(one for one in refused if can_change(one)),
        others=tuple(one for one in refused if not can_change(one)),
    )


def settling(one: FirmVerdict, known: Mapping[str, FactKind]) -> tuple[FactKind, ...]:
    """The catalogue's entries of the facts whose knowledge could settle a 待核."""
    return tuple(known[code] for code in one.verdict.settling if code in known)


def can_change(one: FirmVerdict) -> bool:
    """Whether a short set of changes, none of them impossible, would turn a 否."""
    changes = one.verdict.changes
    return bool(changes) and not any(change.fixed for change in changes)


def verdict_panel(subject_id: int, _actor: Actor, now: dt.datetime) -> tuple[str, Mapping[str, object]]:
    """What `ledger.panels` shows."""
    given = {"standing": standing_of(subject_id, on=clock.day_of(now)), "subject_id": subject_id}
    return "policy_matching/standing.html", {**given, "link": f"/firms/{subject_id}/measures/"}


def measure_lines(subject_id: int, _actor: Actor, now: dt.datetime) -> list[Line]:
    """The measures that fit a firm, or might once a fact is known, as plain lines (`ledger.panels.lines`)."""
    standing = standing_of(subject_id, on=clock.day_of(now))
    fits = [_line(one, fen(one.fen) if one.fen else "") for one in standing.fits]
    return fits + [
        _line(one.of, _("待核：缺%(facts)s") % {"facts": "、".join(fact.name for fact in one.facts)}) for one in standing.might
    ]


def _line(one: FirmVerdict, note: str) -> Line:
    return Line(f"policy:{one.version.pk}", one.version.title, note)
