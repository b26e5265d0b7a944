"""Control lights 防控灯 and what a red one does: a stop order, production stopped, firm and officer told. Lifted by another person."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.evidence.access import evidence_for
from songda.ledger.notices.actions import notify_many, notify_posts
from songda.ledger.notices.queries.channels import configured
from songda.ledger.notices.rules.letters import Line, Told, Word
from songda.ledger.notices.states import Lane
from songda.office.resumption.access import must, stop_for
from songda.office.resumption.models import Lamp, StopOrder
from songda.office.resumption.queries.gates import listing_of, standing_stop
from songda.office.resumption.states import STOP, WORKING, Light, Production
from songda.registry.actors import Actor
from songda.registry.facts.actions import record_fact
from songda.registry.facts.queries import facts_of
from songda.registry.people.queries import officer_of
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject

SOURCE = "resumption"


@transaction.atomic
def set_light(subject_id: int, light: str, why: str, *, by: Actor, now: dt.datetime, evidence_id: int | None = None) -> Lamp:
    """Set the control light of a subject in sight. Red stops production by an order; while an order stands only `lift_stop` ends it."""
    must(by, "resumption.control")
    subject = subject_for(subject_id, by)
    if light not in Light.values or not why.strip():
        raise Invalid(_("请选择防控灯并写明原因。"), fields={"why": _("写明看到了什么。")})
    if standing_stop(subject.pk) is not None:
        raise Conflict(_("停工令生效中。"), advice=_("请先由另一人解除停工令，解除时一并改灯。"))
    evidence = evidence_for(evidence_id, by) if evidence_id else None
    lamp = shine(subject, light, why, by, now)
    if evidence is not None:
        Lamp.objects.filter(pk=lamp.pk).update(evidence=evidence)
    if light == Light.RED:
        issue_stop(subject, lamp, by, now)
    return lamp


def shine(subject: Subject, light: str, why: str, by: Actor, now: dt.datetime) -> Lamp:
    """End the light in force and set another."""
    before = Lamp.objects.filter(subject=subject, until=None).first()
    Lamp.objects.filter(subject=subject, until=None).update(until=now)
    try:
        with transaction.atomic():
            lamp = Lamp.objects.create(
                subject=subject, light=light, why=why.strip()[:200], set_at=now, set_by=by.account_id, set_name=by.name
            )
    except IntegrityError as error:
        raise Conflict(_("防控灯刚刚被他人改动。"), advice=_("请刷新页面后再试。")) from error
    was = {"light": before.light if before else Light.GREEN.value}
    record("control.light", subject, by=by, now=now, before=was, after={"light": light, "why": lamp.why})
    return lamp


def issue_stop(subject: Subject, lamp: Lamp, by: Actor, now: dt.datetime) -> StopOrder:
    """Stop production: the order, the state as a fact of today, a notice to the firm, a word to its officer."""
    told = facts_of(subject.pk, on=day_of(now)).get("resumption")
    order = StopOrder.objects.create(
        subject=subject, lamp=lamp, before=str(told.value) if told else "", reason=lamp.why, issued_at=now, issued_by=by.account_id,
        issued_name=by.name,
    )  # fmt: skip
    record_fact(subject.pk, "resumption", Production.HALTED.value, valid_from=day_of(now), source_code=SOURCE, by=by, now=now)
    record(
        "stop.issue",
        order,
        by=by,
        now=now,
        before={"state": order.before},
        after={"state": Production.HALTED.value, "why": lamp.why},
    )
    tell(order, "stop_issued", _("停工令：%(why)s。请立即停产整改，解除前不得复工。") % {"why": order.reason}, by, now)
    return order


@transaction.atomic
def lift_stop(stop_id: int, reason: str, light: str, *, by: Actor, now: dt.datetime) -> StopOrder:
    """Lift a stop order and set the light green or yellow. Not by who issued it. The subject goes back to its former state, as far
    as the negative list of today allows."""
    must(by, "resumption.control")
    order = stop_for(stop_id, by)
    refuse_same_person(order, by)
    if light not in (Light.GREEN, Light.YELLOW) or not reason.strip():
        raise Invalid(_("请写明解除理由，并改为绿灯或黄灯。"), fields={"reason": _("写明复查结果。")})
    told = {"lifted_at": now, "lifted_by": by.account_id, "lifted_name": by.name, "lifted_reason": reason.strip()[:200]}
    move(STOP, order, "lift", **told)
    shine(order.subject, light, reason, by, now)
    state = state_after(order, day_of(now))
    record_fact(order.subject_id, "resumption", state, valid_from=day_of(now), source_code=SOURCE, by=by, now=now)
    record(
        "stop.lift", order, by=by, now=now, before={"state": Production.HALTED.value}, after={"state": state, "reason": reason}
    )
    tell(order, "stop_lifted", _("停工令已解除：%(why)s。") % {"why": order.lifted_reason}, by, now)
    return order


def refuse_same_person(order: StopOrder, by: Actor) -> None:
    """Two pairs of eyes: who stopped a firm does not let it go."""
    if order.issued_by is not None and order.issued_by == by.account_id:
        raise NotPermitted(_("签发人不能解除自己签发的停工令。"), advice=_("请由另一名统筹调度员复查后解除。"))


def state_after(order: StopOrder, on: dt.date) -> str:
    """The state a subject returns to: what was broken off; on the negative list, held back; nothing known before, not yet due."""
    if order.before in WORKING and listing_of(order.subject, on) is not None:
        return Production.LISTED.value
    known = order.before in Production.values and order.before != Production.HALTED
    return order.before if known else Production.NOT_DUE.value


def tell(order: StopOrder, topic: str, text: str, by: Actor, now: dt.datetime) -> None:
    """The firm by notice, its officer by a word."""
    subject = order.subject
    line = Line(order.pk, text[:400], subject.name)
    told = Told(subject.pk, subject.area_path, (line,), Lane.URGENT)
    notify_many(f"{topic}:{order.pk}", [told], title=text[:60], topic=topic, channels=configured(), now=now)
    officer = officer_of(subject.pk)
    if officer is not None and officer.pk not in by.posts:
        title = _("%(firm)s：%(what)s") % {"firm": subject.name, "what": text[:60]}
        notify_posts(
            [officer.pk], Word(title[:120], text, topic, order.pk, f"/resumption/subjects/{subject.pk}/", urgent=True), now=now
        )
