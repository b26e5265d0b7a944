"""Filling in 填报: a draft, its submission, a correction of what was accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.kernel.workbooks import moment
from songda.office.indicators.queries import definitions
from songda.office.returns.access import return_to
from songda.office.returns.actions.keep_violations import keep_violations
from songda.office.returns.models import Entry, Return, Version
from songda.office.returns.queries.filling import breaches_of, entries_of, form_in_version, numbers_of
from songda.office.returns.rules.entries import Entry as Number
from songda.office.returns.rules.entries import EntryError, read_entry, worked_out
from songda.office.returns.rules.forms import Definitions, Form, Place
from songda.office.returns.rules.validation import stopping
from songda.office.returns.states import RETURN
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed at a place: the number, why it is so, how it is counted where that differs from the form (None: as before)."""

    number: str = ""
    explanation: str = ""
    scope: str | None = None


@transaction.atomic
def save_draft(return_id: int, said: Mapping[str, Said], *, by: Actor, now: dt.datetime) -> Version:
    """Keep what was typed, by the keys of places; Invalid with a sentence for each wrong place, and then nothing is kept.

    The first draft begins version 1, one after a return was sent back the next. Rates whose parts are asked for are worked out.
    """
    return_ = return_to("returns.fill", return_id, by)
    require_unlocked(return_, now)
    form, known = form_in_version(return_.form_id), definitions()
    numbers = _numbers(form, known, said)
    scopes = {Place(one.code, one.cell).key: one.scope for one in entries_of(return_)}
    fresh = return_.state in ("expected", "sent_back")
    move(RETURN, return_, "draft", {"number": return_.number}, number=return_.number + fresh)
    version = _version(return_, by, now)
    version.entries.all().delete()
    Entry.objects.bulk_create(
        Entry(
            version=version, code=place.code, cell=place.cell, number=number.number, scale=number.scale, precision=number.precision,
            typed=said.get(place.key, Said()).number.strip()[:40], scope=_scope(said.get(place.key, Said()).scope, scopes.get(place.key, "")),
            explanation=said.get(place.key, Said()).explanation.strip()[:500],
        )
        for place, number in numbers.items()
    )  # fmt: skip
    record("return.draft", version, by=by, now=now, after={"return": return_.pk, "entries": len(numbers)})
    return version


def _scope(said: str | None, before: str) -> str:
    return before if said is None else said.strip()[:200]


def _numbers(form: Form, known: Definitions, said: Mapping[str, Said]) -> dict[Place, Number]:
    derived, found, faults = form.derived(known), {}, {}
    for place in form.places:
        if place.code in derived or place.key not in said:
            continue
        try:
            number = read_entry(said[place.key].number, known[place.code].unit)
        except EntryError as error:
            faults[place.key] = str(error)
            continue
        if number is not None:
            found[place] = number
    if faults:
        raise Invalid(_("有 %(n)d 处填写无法识别，未保存。") % {"n": len(faults)}, fields=faults)
    for place in form.places:
        if place.code in derived:
            parts = [found.get(Place(code, place.cell)) for code in (known[place.code].numerator, known[place.code].denominator)]
            rate = worked_out(parts[0], parts[1], known[place.code].decimals) if parts[0] and parts[1] else None
            if rate is not None:
                found[place] = rate
    return found


def _version(return_: Return, by: Actor, now: dt.datetime) -> Version:
    filled = {"filled_at": now, "filled_name": by.name, "filler": by.person_id or 0}
    version, _new = Version.objects.update_or_create(of_return=return_, number=return_.number, defaults=filled)
    return version


def require_unlocked(return_: Return, now: dt.datetime) -> None:
    """Refuse a return whose time is over."""
    if now >= return_.locks_at:
        message = _("这份报表已于 %(at)s 锁定。") % {"at": moment(return_.locks_at)}
        raise Conflict(message, advice=_("请联系统计员重新开放。"), code="locked")


@transaction.atomic
def submit_return(return_id: int, *, by: Actor, now: dt.datetime) -> Return:
    """Declare the draft complete. Invalid while a blocking rule is broken; late after the cut-off; refused when locked."""
    return_ = return_to("returns.fill", return_id, by)
    require_unlocked(return_, now)
    rows = entries_of(return_)
    found = breaches_of(return_, rows)
    _refuse_withdrawn(return_, rows)
    if stops := stopping(found):
        fields = {one.at: one.sentence for one in stops}
        raise Invalid(_("有 %(n)d 处须先改正或说明，未提交。") % {"n": len(stops)}, fields=fields, code="blocked")
    received = {} if return_.received_at else {"received_at": now}
    move(RETURN, return_, "submit", {"number": return_.number}, **received)
    Version.objects.filter(of_return=return_, number=return_.number).update(
        submitted_at=now, filled_name=by.name, filler=by.person_id or 0
    )
    keep_violations(return_, found, {f"{one.code}:{one.cell}".rstrip(":"): one.explanation for one in rows}, by=by, now=now)
    record("return.submit", return_, by=by, now=now, after={"number": return_.number, "late": now > return_.due_at})
    return return_


def _refuse_withdrawn(return_: Return, rows: list[Entry]) -> None:
    """A figure in effect may be corrected, not left out."""
    if return_.accepted_number is None:
        return
    gone = numbers_of(entries_of(return_, return_.accepted_number)).keys() - numbers_of(rows).keys()
    if gone:
        known = definitions()
        fields = {place.key: _("“%(label)s”已经生效，更正时不能留空。") % {"label": known[place.code].label} for place in gone}
        raise Invalid(_("已生效的数不能撤下。"), fields=fields)


@transaction.atomic
def correct_return(return_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Version:
    """Begin a correction of what was accepted: a next version, with a reason, from a copy. The accepted one stays in effect meanwhile."""
    return_ = return_to("returns.fill", return_id, by)
    if not reason.strip():
        raise Invalid(_("请写明更正原因。"), fields={"reason": _("写明为什么更正。")})
    require_unlocked(return_, now)
    rows = entries_of(return_)
    move(RETURN, return_, "correct", {"number": return_.number}, number=return_.number + 1)
    version = Version.objects.create(
        of_return=return_, number=return_.number, reason=reason.strip()[:200], filled_at=now, filled_name=by.name,
        filler=by.person_id or 0,
    )  # fmt: skip
    for one in rows:
        one.pk, one.version, one.value = None, version, None
    Entry.objects.bulk_create(rows)
    record("return.correct", return_, by=by, now=now, after={"number": return_.number, "reason": version.reason})
    return version
