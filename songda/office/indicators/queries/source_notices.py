"""Sources over notices 通知: messages sent and delivered to firms (person-times), firms reached."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from songda.ledger.notices.access import deliveries_visible_to
from songda.ledger.notices.models import NoticeDelivery
from songda.office.indicators.queries.logs import Log, Told
from songda.office.indicators.queries.source_cases import moment
from songda.office.indicators.queries.source_visits import FIRM, SUBJECTS
from songda.office.indicators.rules.sources import Line
from songda.registry.actors import Actor
from songda.registry.subjects.models import Subject


def to_firms() -> QuerySet[NoticeDelivery]:
    """Messages to firms and groups of firms; a post's own are not what firms were told."""
    return NoticeDelivery.objects.filter(post=None)


def sent() -> QuerySet[NoticeDelivery]:
    """Those that went out."""
    return to_firms().filter(sent_at__isnull=False)


def delivered() -> QuerySet[NoticeDelivery]:
    """Those with evidence of arrival."""
    return to_firms().filter(delivered_at__isnull=False)


def reached() -> QuerySet[Subject]:
    """Firms with the moment the first message reached them; projects and markets are other things (rule G 3)."""
    first = delivered().filter(notice__subject=OuterRef("pk")).order_by("delivered_at").values("delivered_at")[:1]
    firms = Subject.objects.filter(merged_into=None, kind=FIRM)
    return firms.annotate(begun_at=Subquery(first)).filter(begun_at__isnull=False)


def delivery_line(row: NoticeDelivery) -> Line:
    """A message: its firm's page, whom, what, when, on which channel, to how many."""
    notice = row.notice
    link = reverse("firm:firm", args=[notice.subject_id]) if notice.subject_id else ""
    whom = notice.subject.name if notice.subject else str(notice.group or "")
    at = row.delivered_at or row.sent_at
    return link, whom, notice.title, moment(at) if at else "", row.get_channel_display(), str(row.members)


def in_sight(actor: Actor) -> Q:
    """Messages to firms in the actor's scope."""
    return Q(pk__in=deliveries_visible_to(actor).values("pk"))


HEAD = (_("收件主体"), _("内容"), _("时间"), _("渠道"), _("人次"))
TOLD = Told(HEAD, delivery_line, in_sight, along=("notice__subject", "notice__group"))
SENT = Log(sent, "sent_at", TOLD, dims={"channel": "channel"}, amount=Sum("members"))
DELIVERED = Log(delivered, "delivered_at", TOLD, dims={"channel": "channel"}, amount=Sum("members"))
REACHED = Log(reached, "begun_at", SUBJECTS)
