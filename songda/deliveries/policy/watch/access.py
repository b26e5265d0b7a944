"""Who sees and who changes what: new documents by their reach, applications by territory or lead unit, reminders by post."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.watch.models import Arrival, Bid, BidPaper, Reminder
from songda.kernel.errors import NotPermitted
from songda.kernel.paths import above, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor, require

Row = TypeVar("Row", bound=Model)
TOLD = ("summarised", "pushed")
EVERYWHERE = ("policy.edit", "cases.assign")


def arrivals_visible_to(actor: Actor) -> QuerySet[Arrival]:
    """New documents of the territory and of areas above; whoever is no desk of the government sees only digested ones; a firm none."""
    rows = Arrival.objects.select_related("owner__person", "document", "push")
    if actor.subject_id is not None or not actor.may("policy.see"):
        return rows.none()
    rows = rows.filter(within(actor.area_paths) | Q(area_path__in=above(actor.area_paths)))
    return rows if actor.may("organisations.see") else rows.filter(state__in=TOLD)


def arrival_for(arrival_id: int, actor: Actor) -> Arrival:
    """One in sight, or NotFound."""
    return _one(arrivals_visible_to(actor), arrival_id)


def arrival_to_work(arrival_id: int, actor: Actor, *permissions: str) -> Arrival:
    """One of the actor's own territory, for a step of an editor (or of who holds one of `permissions`)."""
    require(actor, "policy.edit", *permissions)
    return _one(Arrival.objects.filter(within(actor.area_paths)), arrival_id)


def bids_visible_to(actor: Actor) -> QuerySet[Bid]:
    """Applications of the territory, for desks of the government; and what the actor's own unit leads."""
    rows = Bid.objects.select_related("lead", "owner__person", "result")
    if actor.subject_id is not None or not (actor.may("policy.see") and actor.may("organisations.see")):
        return rows.none()
    own = Q(lead_id=actor.organisation_id) if actor.organisation_id else Q(pk__in=())
    return rows.filter(within(actor.area_paths) | own)


def bid_for(bid_id: int, actor: Actor) -> Bid:
    """One in sight, or NotFound."""
    return _one(bids_visible_to(actor), bid_id)


def bid_to_work(bid_id: int, actor: Actor) -> Bid:
    """One that the actor's unit leads, or of its territory for an editor or who hands out work. NotPermitted for the others."""
    found = bid_for(bid_id, actor)
    if not works_on(found, actor):
        raise NotPermitted(_("只有牵头单位、政策编辑和统筹调度可以办理。"), advice=_("请联系牵头单位。"))
    return found


def results_seen(actor: Actor) -> QuerySet[Bid, int | None]:
    """Evidence of results that applications in sight open (`ledger.evidence.rules.sharing`)."""
    return bids_visible_to(actor).filter(result__isnull=False).values_list("result_id", flat=True)


def works_on(bid: Bid, actor: Actor) -> bool:
    """Whether the actor may take steps on an application in sight."""
    own = actor.may("policy.draft") and bid.lead_id == actor.organisation_id
    return own or any(actor.may(one) for one in EVERYWHERE) or actor.role == "system"


def paper_to_work(paper_id: int, actor: Actor) -> BidPaper:
    """A paper of an application the actor works on."""
    paper = _one(BidPaper.objects.filter(bid__in=bids_visible_to(actor).values("pk")), paper_id)
    bid_to_work(paper.bid_id, actor)
    return paper


def reminders_for(actor: Actor) -> QuerySet[Reminder]:
    """What the actor's posts were told and have not acknowledged; and what found nobody, for who works in the territory."""
    told = Q(post_id__in=actor.posts)
    if any(actor.may(one) for one in EVERYWHERE):
        told |= Q(post=None) & within(actor.area_paths)
    return Reminder.objects.filter(told, seen_at=None).select_related("arrival", "bid")


def _one(rows: QuerySet[Row], key: int) -> Row:
    return one_of(rows.filter(pk=key), _("没有找到，或不在您的范围内。"), advice=_("请从列表进入。"))
