"""Meetings and special cases by territory."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.ledger.cases.models import Alert
from songda.office.dispatch.models import Meeting, SpecialCase, Standstill
from songda.registry.actors import Actor


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """The meetings of the territory."""
    return Meeting.objects.filter(within(actor.area_paths))


def meeting_for(meeting_id: int, actor: Actor) -> Meeting:
    """One meeting in sight, or NotFound."""
    return one_of(meetings_visible_to(actor).filter(pk=meeting_id), _("没有这次会议，或不在您的辖区内。"))


def open_meeting_for(meeting_id: int, actor: Actor) -> Meeting:
    """One meeting in sight that is not closed yet, for who keeps it."""
    must_keep(actor)
    meeting = meeting_for(meeting_id, actor)
    if meeting.closed_at is not None:
        raise Conflict(_("会议已结束，纪要不再更改。"), advice=_("请在下一次会议上补充。"))
    return meeting


def specials_visible_to(actor: Actor) -> QuerySet[SpecialCase]:
    """The special cases of the territory."""
    return SpecialCase.objects.filter(within(actor.area_paths)).select_related("leader__person", "leader__organisation")


def special_for(special_id: int, actor: Actor) -> SpecialCase:
    """One special case in sight, or NotFound."""
    return one_of(specials_visible_to(actor).filter(pk=special_id), _("没有这个专案，或不在您的辖区内。"))


def sheets_visible_to(actor: Actor) -> QuerySet[Alert]:
    """The supervision sheets 督办单 of the territory, those of the ladder and those written by hand."""
    rows = Alert.objects.filter(within(actor.area_paths)).exclude(sheet="")
    return rows.select_related("case__subject", "organisation", "post__person")


def standstills_visible_to(actor: Actor) -> QuerySet[Standstill]:
    """The lines of the daily lists that are of the territory."""
    return Standstill.objects.filter(within(actor.area_paths, "case__area_path"))


def must_keep(actor: Actor) -> None:
    """Refuse a post that does not keep meetings."""
    if not actor.may("meetings.edit"):
        raise NotPermitted(_("您当前的岗位不能召集会议或立专案。"), advice=_("请联系统筹调度员。"))
