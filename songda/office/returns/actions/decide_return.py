"""Deciding on a return 审核与验收: approved by the unit's lead, accepted by the statistician, or sent back; opened again; marked suspect."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.notices.actions import announce
from songda.ledger.notices.rules.events import Happened
from songda.office.indicators.actions import NewValue, record_value
from songda.office.indicators.queries import definitions
from songda.office.indicators.states import Spread
from songda.office.returns.access import must, return_for, return_to, visible_to
from songda.office.returns.models import Entry, Return, Version
from songda.office.returns.queries.filling import entries_of, form_in_version, numbers_of
from songda.office.returns.rules.forms import Definitions, Place
from songda.office.returns.states import RETURN, Importance, ViolationState
from songda.registry.actors import Actor

GRACE = dt.timedelta(days=1)  # a return that is sent back stays open for so long at least


@transaction.atomic
def approve_return(return_id: int, *, by: Actor, now: dt.datetime) -> Return:
    """Answer for a return as the unit's lead: another person than who filled it in."""
    return_ = return_to("returns.approve", return_id, by)
    version = at_work(return_)
    if by.person_id == version.filler:
        raise NotPermitted(_("填报人不能审核自己的报表。"), advice=_("请由本单位另一位负责人审核。"))
    move(RETURN, return_, "approve", {"number": return_.number})
    _note(version, approved_at=now, approved_name=by.name, approver=by.person_id)
    record("return.approve", return_, by=by, now=now, after={"number": return_.number})
    return return_


@transaction.atomic
def accept_return(return_id: int, *, by: Actor, now: dt.datetime) -> Return:
    """Take a return into the store of values: a third person. Refused while a blocking violation is open."""
    return_ = return_to("returns.accept", return_id, by)
    version = at_work(return_)
    if by.person_id in (version.filler, version.approver):
        raise NotPermitted(_("填报、审核、验收须由三个人分别办理。"), advice=_("请由另一位统计员验收。"))
    if return_.violations.filter(state=ViolationState.OPEN, importance=Importance.BLOCK).exists():
        raise Conflict(_("还有须说明的疑点，不能验收。"), advice=_("请退回填报单位说明或改正。"))
    move(RETURN, return_, "accept", {"number": return_.number}, accepted_number=return_.number)
    _note(version, accepted_at=now, accepted_name=by.name, acceptor=by.person_id)
    _store(return_, version, by, now)
    record("return.accept", return_, by=by, now=now, after={"number": return_.number})
    told = {
        "return": return_.pk,
        "organisation": return_.organisation.code,
        "as_of": return_.as_of.isoformat(),
        "number": return_.number,
    }
    happened = Happened("return.accepted", told, f"/returns/{return_.pk}/")
    announce(happened, lambda actor: visible_to(actor).filter(pk=return_.pk), now=now)
    return return_


def _store(return_: Return, version: Version, by: Actor, now: dt.datetime) -> None:
    """Every figure to the one store of values; a changed one with the version's reason."""
    known, rows = definitions(), entries_of(return_)
    numbers = numbers_of(rows)
    form = form_in_version(return_.form_id)
    for row in rows:
        place = Place(row.code, row.cell)
        numerator, denominator = _base(known, place, {at: one.exact for at, one in numbers.items()})
        flow = known[row.code].spread == Spread.FLOW
        new = NewValue(
            row.code, return_.about_id, return_.as_of, numbers[place].exact, since=return_.first if flow else None, cell=row.cell,
            numerator=numerator, denominator=denominator, precision=row.precision, scope=row.scope or form.scope_of(place, known),
            origin="returned", source=f"{return_.organisation.name}《{form.label}》", reference=f"return:{return_.pk}",
            explanation=row.explanation, demonstration=return_.demonstration,
        )  # fmt: skip
        value = record_value(new, by=by, now=now, reason=version.reason)
        Entry.objects.filter(pk=row.pk).update(value=value)


def _base(known: Definitions, place: Place, numbers: dict[Place, Fraction]) -> tuple[int | None, int | None]:
    """Numerator and denominator of a rate, where the form has both as whole numbers."""
    one = known[place.code]
    parts = [numbers.get(Place(code, place.cell)) for code in (one.numerator, one.denominator)] if one.is_rate else []
    whole = [int(part) for part in parts if part is not None and part.denominator == 1]
    return (whole[0], whole[1]) if len(whole) == 2 else (None, None)


@transaction.atomic
def send_back(return_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Return:
    """Send a return back with a reason: the lead what was submitted, the statistician what was approved. It stays open for a day at least."""
    return_ = return_for(return_id, by)
    must(by, "returns.accept" if return_.state == "approved" else "returns.approve")
    if not reason.strip():
        raise Invalid(_("请写明退回原因。"), fields={"reason": _("写明哪里要改。")})
    move(RETURN, return_, "send_back", {"number": return_.number}, locks_at=max(return_.locks_at, now + GRACE))
    _note(at_work(return_), sent_back_at=now, sent_back_name=by.name, sent_back_reason=reason.strip()[:200])
    record("return.send_back", return_, by=by, now=now, after={"number": return_.number, "reason": reason.strip()[:200]})
    return return_


@transaction.atomic
def reopen_return(return_id: int, until: dt.date, reason: str, *, by: Actor, now: dt.datetime) -> Return:
    """Open a locked return until the end of a day, for a reason. What is late stays late."""
    return_ = return_to("returns.accept", return_id, by)
    if not reason.strip():
        raise Invalid(_("请写明重新开放的原因。"), fields={"reason": _("必填")})
    locks_at = clock.start_of(until + dt.timedelta(days=1))
    if locks_at <= now:
        raise Invalid(_("开放截止日已过。"), fields={"until": _("请选择今天或以后。")})
    before = return_.locks_at
    Return.objects.filter(pk=return_.pk).update(locks_at=locks_at)
    return_.refresh_from_db()
    told = {"locks_at": locks_at.isoformat(), "reason": reason.strip()[:200]}
    record("return.reopen", return_, by=by, now=now, before={"locks_at": before.isoformat()}, after=told)
    return return_


@transaction.atomic
def mark_suspect(return_id: int, why: str, *, by: Actor, now: dt.datetime) -> Return:
    """Mark a return as suspect, with why; with nothing, take the mark off. Nothing is ever deleted."""
    return_ = return_to("returns.accept", return_id, by)
    Return.objects.filter(pk=return_.pk).update(suspect=why.strip()[:200])
    record("return.suspect", return_, by=by, now=now, before={"why": return_.suspect}, after={"why": why.strip()[:200]})
    return_.refresh_from_db()
    return return_


def at_work(return_: Return) -> Version:
    """The version at work; Conflict where nothing has been filled in."""
    version = Version.objects.filter(of_return=return_, number=return_.number).first()
    if version is None:
        raise Conflict(_("这份报表还没有填报。"), advice=_("请等填报单位提交。"))
    return version


def _note(version: Version, **columns: object) -> None:
    Version.objects.filter(pk=version.pk).update(**columns)
