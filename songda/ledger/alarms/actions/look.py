"""Looking through the trail 巡检: what crosses a rule opens an alarm and is told; what follows is added to the one that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import queries as trail
from songda.kernel.audit.actions import note_verification, record
from songda.kernel.clock import day_of
from songda.kernel.jobs import enqueue
from songda.ledger.alarms import queries
from songda.ledger.alarms.models import Alarm
from songda.ledger.alarms.rules import KEPT, NEW_ADDRESS, RULES, TRAIL, Event, Rule, account, alike, crossing
from songda.ledger.notices.actions import notify_posts
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.queries.channels import INBOX, configured
from songda.ledger.notices.rules.letters import Word
from songda.registry.actors import system
from songda.registry.people.models import Account, Post

UNSEALED_FOR = dt.timedelta(hours=3)  # sealing is hourly; behind a long import it comes back later
AGAIN_AFTER = dt.timedelta(days=1)  # a trail that is still broken is told again


def look(*, now: dt.datetime) -> int:
    """Look at the last hour by every rule; how many alarms were opened."""
    events = queries.recent(now)
    opened = sum(by_rule(rule, events, now) for rule in RULES)
    for event in queries.strange_sign_ins(now):
        if event.id > queries.marks(NEW_ADDRESS, [account(event)]).get(account(event), 0):
            opened += raised(NEW_ADDRESS, account(event), [event], now)
    return opened + watch_trail(trail.fault_of_end() or unsealed(now), now)


def by_rule(rule: Rule, events: Sequence[Event], now: dt.datetime) -> int:
    """One rule; how many alarms were opened."""
    found = alike(rule, events)
    if not found:
        return 0
    marks, standing, opened = queries.marks(rule.code, list(found)), queries.open_alarms(rule.code, list(found)), 0
    for about, some in found.items():
        fresh = [one for one in some if one.id > marks.get(about, 0)]
        if about in standing:
            add(standing[about], fresh)
        elif crossed := crossing(rule, fresh):
            opened += raised(rule.code, about, crossed, now)
    return opened


@transaction.atomic
def add(alarm: Alarm, events: Sequence[Event]) -> None:
    """What follows an alarm that is open."""
    if events:
        alarm.entries = [*alarm.entries, *(one.id for one in events)][:KEPT]
        alarm.count += len(events)
        alarm.last_at, alarm.last_entry = events[-1].at, max(one.id for one in events)
        alarm.save(update_fields=["entries", "count", "last_at", "last_entry"])


def raised(rule: str, about: str, events: Sequence[Event], now: dt.datetime, reason: str = "") -> int:
    """Open an alarm and tell the watchers; 0 where another process was faster."""
    last = events[-1] if events else None
    alarm = Alarm(
        rule=rule, about=about, reason=reason[:400], opened_at=now, last_at=last.at if last else now, count=len(events),
        last_entry=max((one.id for one in events), default=0), entries=[one.id for one in events][:KEPT],
    )  # fmt: skip
    alarm.account = concerned(about)
    alarm.name = named(alarm, last)
    try:
        with transaction.atomic():
            alarm.save(force_insert=True)
            record("alarm.open", alarm, by=system(), now=now, after={"rule": rule, "about": about, "count": alarm.count})
            tell(alarm, now)
    except IntegrityError:
        return 0
    return 1


def named(alarm: Alarm, last: Event | None) -> str:
    """Whom or what it is about, as people call it."""
    kind, _colon, rest = alarm.about.partition(":")
    if alarm.account is not None:
        return alarm.account.person.name
    if last is not None and kind in ("post", "token"):
        return last.name
    return {"typed": _("不存在的登录名"), "trail": ""}.get(kind, rest)


def concerned(about: str) -> Account | None:
    """The account whose doing it is."""
    kind, _colon, number = about.partition(":")
    if not number.isdecimal():
        return None
    if kind == "post":
        held = Post.objects.select_related("person__account").filter(pk=int(number), person__account__isnull=False).first()
        return held.person.account if held else None
    return Account.objects.select_related("person").filter(pk=int(number)).first() if kind == "account" else None


def tell(alarm: Alarm, now: dt.datetime) -> None:
    """Tell the security and the audit administrators."""
    text = alarm.reason or _("%(n)d 条记录，请到告警页查看并处理。") % {"n": alarm.count}
    word = Word(_("告警：%(what)s") % {"what": str(alarm)}, text, "alarm", alarm.pk, f"/alarms/{alarm.pk}/", urgent=True)
    notify_posts(queries.watchers(day_of(now)), word, now=now)
    if set(configured()) - {INBOX}:
        enqueue(send_due)


def unsealed(now: dt.datetime) -> str:
    """That entries have waited too long for a seal; '' when they have not."""
    since = trail.waits_since()
    if since is None or now - since <= UNSEALED_FOR:
        return ""
    return _("审计记录已超过 %(n)d 小时没有封存。") % {"n": UNSEALED_FOR // dt.timedelta(hours=1)}


def watch_trail(reason: str, now: dt.datetime) -> int:
    """An alarm for a trail that does not hold; the same reason is told once a day, whether or not somebody has acknowledged it."""
    told = Alarm.objects.filter(rule=TRAIL, reason=reason[:400], opened_at__gt=now - AGAIN_AFTER)
    if not reason or told.exists():
        return 0
    standing = queries.open_alarms(TRAIL, [TRAIL]).get(TRAIL)
    if standing is None:
        return raised(TRAIL, TRAIL, [], now, reason)
    Alarm.objects.filter(pk=standing.pk).update(reason=reason[:400], last_at=now)
    return 0


def prove_trail(*, now: dt.datetime) -> bool:
    """Recompute the whole chain; whether it holds. An alarm where it does not."""
    report = trail.verify()
    with transaction.atomic():
        note_verification(report, by=system(), now=now)
    watch_trail("" if report.holds else f"{report.broken_seal} {report.reason}".strip(), now)
    return report.holds
