"""Firms come 报名与到会: a place each, by a click or by a list, and who was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import briefing_for, briefing_to_work, own_subject
from songda.deliveries.policy.briefings.models import Attendance, Briefing, Registration
from songda.deliveries.policy.briefings.queries import doors_open
from songda.deliveries.policy.briefings.rules.lists import HINT, columns_of, is_attendance
from songda.deliveries.policy.briefings.rules.places import free_place
from songda.deliveries.policy.briefings.states import AttendedBy
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, NotFound, TooMany
from songda.registry.actors import Actor, require
from songda.registry.intake.rules.table import Imported, read, text_of
from songda.registry.subjects.access import subject_for, visible_to

MOST = 5_000
TRIES = 20


@transaction.atomic
def register(briefing_id: int, *, by: Actor, now: dt.datetime, subject_id: int | None = None, attendee: str = "") -> Registration:
    """Take a place for a firm: its own post, or the desk for one that telephoned. Conflict when it has one, or none is left."""
    require(by, "firm.act", "policy.draft")
    briefing = briefing_for(briefing_id, by)
    subject = subject_for(own_subject(by) if by.subject_id is not None or subject_id is None else subject_id, by)
    if briefing.state != "open" or now > briefing.ends_at:
        raise Conflict(_("现在不能报名。"), advice=_("报名在开放后、结束前有效。"))
    if briefing.registrations.filter(subject=subject, cancelled_at=None).exists():
        raise Conflict(_("贵单位已经报名。"), advice=_("参会人有变化的，请先取消再报名。"))
    made = _placed(
        Registration(
            briefing=briefing, subject=subject, attendee=attendee.strip()[:80], registered_at=now, registered_name=by.name
        )
    )
    record("briefing.register", made, by=by, now=now, after={"briefing": briefing.pk, "subject": subject.pk, "place": made.slot})
    return made


def _placed(made: Registration) -> Registration:
    """Save it in the first free place; two at once: the index lets one have it. Conflict when all are taken."""
    for _try in range(TRIES):
        held = set(made.briefing.registrations.filter(cancelled_at=None).values_list("slot", flat=True))
        place = free_place(made.briefing.capacity, held)
        if place is None:
            raise Conflict(_("名额已满。"), advice=_("可以观看回放，或报名下一场。"))
        made.slot = place
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # somebody else took the place first
            if made.briefing.registrations.filter(subject=made.subject_id, cancelled_at=None).exists():
                raise Conflict(_("贵单位已经报名。")) from None
            continue
        return made
    raise Conflict(_("名额刚刚被占用。"), advice=_("请再试一次。"))


@transaction.atomic
def cancel_registration(briefing_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Give the firm's place back."""
    require(by, "firm.act")
    rows = Registration.objects.filter(briefing=briefing_for(briefing_id, by), subject_id=own_subject(by), cancelled_at=None)
    found = rows.first()
    if found is None or rows.update(cancelled_at=now) != 1:
        raise NotFound(_("贵单位没有报名这场宣讲。"))
    record("briefing.cancel_registration", found, by=by, now=now)


@transaction.atomic
def join_briefing(briefing_id: int, *, by: Actor, now: dt.datetime) -> str:
    """Go in: the link, and the person is noted as there. Only while the doors are open, and with a place where places are counted."""
    require(by, "firm.read")
    briefing, subject = briefing_for(briefing_id, by), own_subject(by)
    if not doors_open(briefing, now) or not briefing.join_link:
        raise Conflict(_("会场还没有开放，或已经结束。"), advice=_("开始前 30 分钟可以进入。"))
    if briefing.capacity is not None and not briefing.registrations.filter(subject=subject, cancelled_at=None).exists():
        raise Conflict(_("请先报名再进入会场。"))
    note_attendance(briefing, subject, by.name, AttendedBy.JOIN, now)
    return briefing.join_link


@transaction.atomic
def watch_replay(briefing_id: int, *, by: Actor, now: dt.datetime) -> str:
    """The link of the recording; noted apart from those who were there."""
    require(by, "firm.read")
    briefing = briefing_for(briefing_id, by)
    if not briefing.replay_link:
        raise NotFound(_("这场宣讲没有回放。"))
    note_attendance(briefing, own_subject(by), by.name, AttendedBy.REPLAY, now)
    return briefing.replay_link


def note_attendance(briefing: Briefing, subject_id: int, person: str, how: AttendedBy, now: dt.datetime) -> bool:
    """Enter a person once; whether it was new. Who only watched and then turns out to have been there counts as there."""
    row, made = Attendance.objects.get_or_create(
        briefing=briefing, subject_id=subject_id, person=person[:80], defaults={"how": how, "at": now}
    )
    if not made and row.how == AttendedBy.REPLAY != how:
        Attendance.objects.filter(pk=row.pk).update(how=how, at=now)
        return True
    return made


def import_attendance(briefing_id: int, path: Path, *, by: Actor, now: dt.datetime) -> Imported:
    """Take in a list of who signed in: all rows or none. Refused rows come back with why; the same list again changes nothing."""
    briefing = briefing_to_work(briefing_id, by)
    table = read(path, is_attendance, HINT)
    if len(table.rows) > MOST:
        raise TooMany(_("签到表超过%(most)d行。") % {"most": MOST}, advice=_("请拆分后导入。"))
    columns, found, rows = columns_of(table.headings), Imported(table.headings), []
    for at, cells in enumerate(table.rows):
        texts = [text_of(cell) for cell in cells]
        if not any(texts):
            continue
        said = {name: texts[place] if place < len(texts) else "" for name, place in columns.items()}
        row = _row(said, by)
        if isinstance(row, str):
            found.refused.append((table.first_row + at, texts, row))
        else:
            rows.append(row)
    if not found.refused:
        _take(briefing, rows, found, by, now)
    return found


def _row(said: Mapping[str, str], by: Actor) -> tuple[int, str] | str:
    """The firm and the person of a row, or what is wrong with it."""
    name, code, person = said.get("firm", ""), said.get("code", "").upper(), said["person"]
    if not person:
        return _("参会人为空。")
    seen = visible_to(by)
    known = seen.filter(Q(uscc=code) | Q(local_number=code)) if code else seen.filter(name=name)
    keys = list(known.values_list("pk", flat=True)[:2]) if code or name else []
    if len(keys) != 1:
        return _("没有找到企业“%(name)s”，或不止一家。") % {"name": code or name}
    return keys[0], person


@transaction.atomic
def _take(briefing: Briefing, rows: Sequence[tuple[int, str]], found: Imported, by: Actor, now: dt.datetime) -> None:
    for subject_id, person in rows:
        if note_attendance(briefing, subject_id, person, AttendedBy.LIST, now):
            found.kept += 1
        else:
            found.known += 1
    record("briefing.attendance", briefing, by=by, now=now, after={"kept": found.kept, "known": found.known})
