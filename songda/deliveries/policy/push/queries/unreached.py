"""Eligible but never reached 应知未知: firms that a published measure fits and that no push has reached, why, and what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q

from songda.deliveries.policy.library.queries import published_versions
from songda.deliveries.policy.matching import queries as matching
from songda.deliveries.policy.push.rules.wanted import MEASURE
from songda.deliveries.policy.push.states import Gap
from songda.kernel.paths import outermost
from songda.ledger.notices.access import deliveries_visible_to
from songda.ledger.notices.models import NoticeLine
from songda.ledger.notices.states import REACHED, STUCK
from songda.registry.actors import Actor
from songda.registry.people.models import Contact
from songda.registry.subjects.access import visible_to

UNDERWAY = ("queued", "sending")


def unreached(actor: Actor, *, on: dt.date, measure: int | None = None) -> Mapping[Gap, frozenset[int]]:
    """Enterprises in sight that a published measure (or this one) fits today and that no message about it has reached, by reason.

    Each once: on its way, failed, never pushed (and can be), declined, without contact. Four queries and sets of numbers; each asks
    whether there is any match or line, and never joins them all: 58,000 firms in 0.6 s instead of 2.4.
    """
    versions = [measure] if measure is not None else list(published_versions(on).values_list("pk", flat=True))
    fitting: set[int] = set()
    for path in outermost(actor.area_paths):
        own = matching.presently_fitting(versions, path, actor).order_by().filter(subject=OuterRef("pk"))
        rows = visible_to(actor).filter(Exists(own), kind="enterprise").order_by()
        fitting.update(rows.values_list("pk", flat=True))
    lines = NoticeLine.objects.filter(notice=OuterRef("notice"), topic=MEASURE)
    lines = lines if measure is None else lines.filter(topic_id=measure)
    told = deliveries_visible_to(actor).filter(Exists(lines)).order_by()
    states: dict[str, set[int]] = {}
    for subject, state in told.values_list("notice__subject_id", "state").distinct():
        states.setdefault(state, set()).add(subject)
    left = frozenset(fitting) - frozenset().union(*(states.get(state, set()) for state in REACHED))
    return _by_reason(left, states, open_to(actor, on))


def open_to(actor: Actor, on: dt.date) -> tuple[frozenset[int], frozenset[int]]:
    """Enterprises in sight with a present contact that takes bulk messages, and with any present contact."""
    present = Contact.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    seen = present.filter(subject__in=visible_to(actor).filter(kind="enterprise").order_by().values("pk")).order_by()
    rows = list(seen.values_list("subject_id", "declined_at"))
    takes, known = (subject for subject, declined in rows if declined is None), (subject for subject, _declined in rows)
    return frozenset(one for one in takes if one), frozenset(one for one in known if one)


def _by_reason(
    left: frozenset[int], states: Mapping[str, set[int]], contacts: tuple[frozenset[int], frozenset[int]]
) -> Mapping[Gap, frozenset[int]]:
    takes, known = contacts
    claims = (
        (Gap.UNDERWAY, frozenset().union(*(states.get(state, set()) for state in UNDERWAY))),
        (Gap.FAILED, frozenset().union(*(states.get(state, set()) for state in STUCK))),
        (Gap.NEVER_PUSHED, takes),
        (Gap.DECLINED, known),
        (Gap.NO_CONTACT, left),
    )
    found = {}
    for gap, claimed in claims:
        found[gap] = left & claimed
        left -= claimed
    return found
