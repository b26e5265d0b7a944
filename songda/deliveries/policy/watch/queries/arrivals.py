"""New documents: the queue, the reader's draft of a digest, pushes that tell of one, and what waits for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.watch.access import arrivals_visible_to, reminders_for
from songda.deliveries.policy.watch.models import Arrival
from songda.kernel.paths import within
from songda.ledger.cases.queries.duty import Need
from songda.registry.actors import Actor, require

WAITING = ("received", "summarised")
MEASURES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest 摘要: what is new, who benefits, how to apply."""

    whats_new: str
    who_benefits: str
    how_to_apply: str


def arrivals_listed(actor: Actor, *, state: str = "", late: bool = False, text: str = "", now: dt.datetime) -> QuerySet[Arrival]:
    """The queue in sight, the latest first; `late`: only what waits beyond its limit."""
    rows = arrivals_visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    if late:
        rows = rows.filter(late_at(now))
    if text.strip():
        rows = rows.filter(Q(title__contains=text.strip()) | Q(number__contains=text.strip()) | Q(issuer__contains=text.strip()))
    return rows.order_by("-received_at", "-id")


def late_at(now: dt.datetime) -> Q:
    """That a document waits beyond the limit of its stage."""
    return Q(state__in=WAITING, due_at__lt=now)


def measures_of(document: Document | None) -> QuerySet[MeasureVersion]:
    """The measures that stand on a document, drafts too."""
    rows = MeasureVersion.objects.filter(sources__article__document=document).exclude(state="withdrawn").distinct()
    return rows.select_related("measure").order_by("pk") if document else MeasureVersion.objects.none()


def pushes_about(arrival: Arrival) -> QuerySet[Push]:
    """Pushes with a line about a measure of this document, the first of them first."""
    if arrival.document_id is None:
        return Push.objects.none()
    lines = Q(lines__version__sources__article__document=arrival.document_id)
    return Push.objects.filter(lines).distinct().order_by("created_at", "pk")


def draft_of(arrival: Arrival) -> Digest:
    """A beginning of the digest from what the reader drafted; a person writes it."""
    if arrival.document is None:
        return Digest("", "", "")
    measures = list(measures_of(arrival.document).prefetch_related("open_conditions")[:MEASURES_SHOWN])
    who = [one.quote for version in measures for one in version.open_conditions.all()]
    how = [_("办理渠道：%(channel)s") % {"channel": one.channel} for one in measures if one.channel]
    ends = [_("受理至 %(day)s") % {"day": one.closes_on} for one in measures if one.closes_on]
    return Digest(
        "\n".join(f"· {one.title}：{one.benefit}" for one in measures),
        "\n".join(dict.fromkeys(f"· {one}" for one in who)),
        "\n".join(dict.fromkeys([arrival.document.validity_text, *how, *ends])).strip(),
    )


def needs(actor: Actor, now: dt.datetime) -> list[Need]:
    """What of this room waits for the actor, for the home and the lists of dispatch: late documents are there whether or not a
    reminder went out or was read."""
    lines = [Need(_("政策跟踪提醒"), reminders_for(actor).count(), "/policy/watch/reminders/", urgent=True)]
    if actor.may("policy.edit") or actor.may("cases.assign"):
        waiting = Arrival.objects.filter(within(actor.area_paths), state__in=WAITING)
        late = waiting.filter(late_at(now)).count()
        lines.append(Need(_("新政策超期未梳理或未推送"), late, "/policy/watch/?late=yes", urgent=True))
        lines.append(Need(_("新政策待梳理、待推送"), waiting.count(), "/policy/watch/"))
    return [one for one in lines if one.count]


def pushes_to_choose(arrival: Arrival, actor: Actor) -> QuerySet[Push]:
    """Pushes of the actor's territories that may be named by hand, the latest first."""
    require(actor, "policy.edit", "push.send")
    since = arrival.received_at
    return Push.objects.filter(within(actor.area_paths), created_at__gte=since).order_by("-pk")
