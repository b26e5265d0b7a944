"""“四到位” of markets (SVC-41), computed from what is in the books: take the evidence away and the item falls."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.models import Attendee, Stop
from songda.deliveries.service.visits.queries.closing import as_stopped
from songda.deliveries.service.visits.rules.closing import what_lacks
from songda.deliveries.service.visits.rules.four import Item, Proof, all_in_place
from songda.kernel import clock
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.states import REACHED
from songda.registry.actors import Actor
from songda.registry.people.states import Role
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class Market:
    """A market and its four items."""

    subject: Subject
    items: tuple[Item, ...]

    @property
    def in_place(self) -> bool:
        """Whether all four are."""
        return all_in_place(self.items)


def markets(actor: Actor) -> QuerySet[Subject]:
    """The markets in sight, by name."""
    return visible_to(actor).filter(kind="market").select_related("home").order_by("name_key", "pk")


def four_of(subjects: Sequence[Subject], *, since: dt.date) -> list[Market]:
    """The four items of these markets from what happened since a day. Four queries, however many markets."""
    ids, start = [one.pk for one in subjects], clock.start_of(since)
    stops = stops_at(ids, start)
    told = deliveries_to(ids, start)
    return [Market(one, items_of(stops[one.pk], told[one.pk])) for one in subjects]


def items_of(stops: Sequence[Stop], told: Sequence[NoticeDelivery]) -> tuple[Item, ...]:
    """The four of one market: leaders came, officers came, policy was received, problems were gone through and stand in the ledger."""
    led = [one for one in stops if vars(one)["with_leader"]]
    worked = [one for one in stops if not vars(one)["with_leader"]]
    sorted_out = [one for one in stops if as_stopped(one).gone_through and not what_lacks([as_stopped(one)])]
    whole = sorted_out if len(sorted_out) == len(stops) else []
    return (
        Item(_("班子下到位"), tuple(map(proof_of_stop, led)), _("没有领导走访记录")),
        Item(_("市场访到位"), tuple(map(proof_of_stop, worked)), _("没有干部走访记录")),
        Item(_("政策送到位"), tuple(map(proof_of_delivery, told)), _("没有政策送达回执")),
        Item(
            _("问题理到位"),
            tuple(map(proof_of_stop, whole)),
            _("有走访没有理清问题，或问题未登台账") if stops else _("没有走访记录"),
        ),
    )


def stops_at(subject_ids: Sequence[int], start: dt.datetime) -> dict[int, list[Stop]]:
    """The recorded stops at these subjects since a moment, each knowing whether a leader was there. Two queries."""
    leaders = Attendee.objects.filter(visit=OuterRef("visit"), post__role=Role.LEADER)
    rows = Stop.objects.filter(subject__in=subject_ids, recorded_at__isnull=False, missed="", arrived_at__gte=start)
    rows = rows.annotate(
        with_leader=Exists(leaders) | Exists(Stop.objects.filter(pk=OuterRef("pk"), visit__post__role=Role.LEADER))
    )
    found: dict[int, list[Stop]] = defaultdict(list)
    for stop in rows.select_related("visit__unit", "subject").prefetch_related("findings").order_by("arrived_at", "pk"):
        found[stop.subject_id or 0].append(stop)
    return found


def deliveries_to(subject_ids: Sequence[int], start: dt.datetime) -> dict[int, list[NoticeDelivery]]:
    """The deliveries of policy that reached these subjects since a moment. One query."""
    told = NoticeDelivery.objects.filter(notice__subject__in=subject_ids, state__in=REACHED, notice__created_at__gte=start)
    policy = told.filter(notice__lines__topic="measure_version").distinct()
    found: dict[int, list[NoticeDelivery]] = defaultdict(list)
    for one in policy.select_related("notice").order_by("pk"):
        found[one.notice.subject_id or 0].append(one)
    return found


def proof_of_stop(stop: Stop) -> Proof:
    """A visit as evidence."""
    return Proof(
        _("%(day)s %(unit)s走访") % {"day": local_day(stop.arrived_at), "unit": stop.visit.unit}, f"/visits/{stop.visit_id}/"
    )


def proof_of_delivery(delivery: NoticeDelivery) -> Proof:
    """A delivery as evidence."""
    text = _("%(day)s 送达：%(title)s") % {"day": local_day(delivery.notice.created_at), "title": delivery.notice.title}
    return Proof(text, f"/firms/{delivery.notice.subject_id}/")


def local_day(moment: dt.datetime | None) -> str:
    """A local day in short."""
    return "" if moment is None else moment.astimezone(clock.place()).strftime("%m-%d")
