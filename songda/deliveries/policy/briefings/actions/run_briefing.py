"""A briefing 政策宣讲 from plan to close: announced, held, and closed only when every question has an answer or a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import briefing_to_work
from songda.deliveries.policy.briefings.models import Briefing, BriefingTopic, Material
from songda.deliveries.policy.briefings.queries import WAITS
from songda.deliveries.policy.briefings.states import BRIEFING, Medium
from songda.deliveries.policy.library.access import document_for, version_for
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.ledger.evidence.access import evidence_for
from songda.registry.actors import Actor, require, require_area
from songda.registry.organisations.access import organisation_for


@dataclass(frozen=True, slots=True)
class NewBriefing:
    """What is planned: when, how, by whom, on which measures and documents, for how many firms (None: as many as come)."""

    title: str
    medium: str
    speaker_id: int
    area_path: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    plan: str = ""
    place: str = ""
    join_link: str = ""
    capacity: int | None = None
    version_ids: Sequence[int] = ()
    document_ids: Sequence[int] = ()
    demonstration: bool = False


@transaction.atomic
def plan_briefing(new: NewBriefing, *, by: Actor, now: dt.datetime) -> Briefing:
    """Plan one; it is seen by firms once it is announced."""
    require(by, "policy.draft")
    require_area(by, new.area_path)
    speaker = organisation_for(new.speaker_id, by)
    if not new.title.strip() or new.medium not in Medium.values or new.ends_at <= new.starts_at:
        raise Invalid(_("请填写主题和方式，结束时间应晚于开始时间。"), fields={"ends_at": _("请核对起止时间。")})
    if new.capacity is not None and new.capacity < 1:
        raise Invalid(_("名额至少为 1，不限的留空。"), fields={"capacity": _("请核对。")})
    made = Briefing.objects.create(
        title=new.title.strip()[:200], plan=new.plan.strip(), medium=new.medium, place=new.place.strip()[:200], join_link=new.join_link,
        speaker=speaker, area_path=new.area_path, starts_at=new.starts_at, ends_at=new.ends_at, capacity=new.capacity, planned_at=now,
        planned_name=by.name, demonstration=new.demonstration,
    )  # fmt: skip
    for key in dict.fromkeys(new.version_ids):
        BriefingTopic.objects.create(briefing=made, version=version_for(key, by))
    for key in dict.fromkeys(new.document_ids):
        BriefingTopic.objects.create(briefing=made, document=document_for(key, by))
    record("briefing.plan", made, by=by, now=now, after={"title": made.title, "starts_at": str(made.starts_at)})
    return made


@transaction.atomic
def announce_briefing(briefing_id: int, *, by: Actor, now: dt.datetime) -> Briefing:
    """Open the registration. A briefing online needs a link, one on site a place."""
    found = briefing_to_work(briefing_id, by)
    lacks_link = found.medium != Medium.SITE and not found.join_link
    if lacks_link or (found.medium != Medium.ONLINE and not found.place):
        raise Conflict(_("线上宣讲要有会场链接，现场宣讲要有地点。"), advice=_("补齐后再开放报名。"))
    return _step(found, "announce", by, now)


@transaction.atomic
def hold_briefing(briefing_id: int, *, by: Actor, now: dt.datetime, replay_link: str = "") -> Briefing:
    """Say that it took place; not before it began."""
    found = briefing_to_work(briefing_id, by)
    if now < found.starts_at:
        raise Conflict(_("宣讲还没有开始。"))
    return _step(found, "hold", by, now, replay_link=replay_link or found.replay_link)


@transaction.atomic
def close_briefing(briefing_id: int, *, by: Actor, now: dt.datetime) -> Briefing:
    """Close it. Conflict while a question has neither an answer nor a case."""
    found = briefing_to_work(briefing_id, by)
    waiting = waiting_questions(found)
    if waiting:
        raise Conflict(
            _("还有 %(n)d 个提问没有答复，也没有转办，不能办结。") % {"n": waiting}, advice=_("请逐个答复，或转为事项。"),
            fields={"questions": str(waiting)},
        )  # fmt: skip
    return _step(found, "close", by, now, closed_at=now)


def waiting_questions(briefing: Briefing) -> int:
    """How many questions have neither an answer nor a case."""
    return briefing.questions.filter(WAITS).count()


@transaction.atomic
def cancel_briefing(briefing_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Briefing:
    """Call it off, and say why."""
    found = briefing_to_work(briefing_id, by)
    if not reason.strip():
        raise Invalid(_("请写明取消的理由。"), fields={"reason": _("报名的企业会看到。")})
    return _step(found, "cancel", by, now, reason=reason.strip()[:200])


def _step(found: Briefing, name: str, by: Actor, now: dt.datetime, **changes: object) -> Briefing:
    move(BRIEFING, found, name, **changes)
    record(f"briefing.{name}", found, by=by, now=now, after={"state": found.state})
    return found


@transaction.atomic
def add_materials(briefing_id: int, evidence_ids: Sequence[int], *, by: Actor, now: dt.datetime) -> list[Material]:
    """Hand files out: slides, guides, the recording. Everybody who sees the briefing may open them."""
    found = briefing_to_work(briefing_id, by)
    if not evidence_ids:
        raise Invalid(_("请选择文件。"), fields={"attached": _("至少一个。")})
    made = [Material.objects.create(briefing=found, evidence=evidence_for(key, by)) for key in evidence_ids]
    record("briefing.materials", found, by=by, now=now, after={"files": [one.evidence_id for one in made]})
    return made


@transaction.atomic
def set_replay(briefing_id: int, link: str, *, by: Actor, now: dt.datetime) -> Briefing:
    """Where it can be watched afterwards."""
    found = briefing_to_work(briefing_id, by)
    Briefing.objects.filter(pk=found.pk).update(replay_link=link)
    record("briefing.replay", found, by=by, now=now, after={"link": link})
    found.refresh_from_db()
    return found
