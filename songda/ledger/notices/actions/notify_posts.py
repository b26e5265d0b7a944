"""Tell posts (officers, dispatchers) and groups something: the same notices, machine and evidence as for firms."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.errors import Conflict
from songda.ledger.notices.access import link_digest, link_token
from songda.ledger.notices.actions.notify_many import Notified
from songda.ledger.notices.models import Group, Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.queries.channels import INBOX, configured
from songda.ledger.notices.rules.letters import Line, Word, digest_of, key_of
from songda.registry.people.models import Contact, Post


@dataclass(frozen=True, slots=True)
class Recipient:
    """A post or a group: its column and number, its area, and (contact, channel, members) for each message to it."""

    column: str
    number: int
    area_path: str
    ways: tuple[tuple[int | None, str, int], ...]


@transaction.atomic
def notify_posts(post_ids: Collection[int], word: Word, *, now: dt.datetime) -> Notified:
    """Tell each of these posts, once: on its page in the house, and through its own contacts on the channels configured here.

    A post that has ended today is not told and is listed in `without_contact`. The caller checks the permission and records the
    audit row, and asks for `jobs.send_due` where it is in a hurry.
    """
    on = clock.day_of(now)
    present = Q(ends_on=None) | Q(ends_on__gt=on)
    posts = list(Post.objects.filter(present, pk__in=set(post_ids), starts_on__lte=on).select_related("organisation", "subject"))
    ways: defaultdict[int | None, list[tuple[int | None, str, int]]] = defaultdict(list)
    channels = set(configured()) - {INBOX}
    contacts = Contact.objects.filter(present, post__in=posts, channel__in=channels, starts_on__lte=on).order_by("id")
    for contact_id, post_id, channel in contacts.values_list("id", "post_id", "channel"):
        ways[post_id].append((contact_id, channel, 1))
    recipients = [Recipient("post", one.pk, _area(one), ((None, INBOX, 1), *ways[one.pk])) for one in posts]
    return _notify(recipients, set(post_ids), word, now)


@transaction.atomic
def notify_groups(group_ids: Collection[int], word: Word, *, now: dt.datetime) -> Notified:
    """Tell each of these groups, once: one message through its robot, counted as its members. An ended group is not told."""
    on = clock.day_of(now)
    groups = Group.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), pk__in=set(group_ids), channel__in=configured())
    recipients = [Recipient("group", one.pk, one.area_path, ((None, one.channel, one.members),)) for one in groups]
    return _notify(recipients, set(group_ids), word, now)


def _notify(recipients: Sequence[Recipient], asked: set[int], word: Word, now: dt.datetime) -> Notified:
    if word.link and (not word.link.startswith("/") or word.link.startswith("//")):
        raise ValueError(f"{word.link!r} is not a page of this house")
    reached = {one.number for one in recipients}
    fresh = [one for one in recipients if one.number not in _told(recipients, word)]
    try:
        with transaction.atomic():
            _write(fresh, word, now)
    except IntegrityError as error:
        raise Conflict(_("同一内容正在由他人通知，本次未写入。"), advice=_("请稍后再试。")) from error
    return Notified(
        notices=len(fresh),
        lines=len(fresh),
        deliveries=sum(len(one.ways) for one in fresh),
        already_told=len(recipients) - len(fresh),
        without_contact=tuple(sorted(asked - reached)),
        noticed=0,
    )


def _told(recipients: Sequence[Recipient], word: Word) -> set[int]:
    """The numbers of those that know, or that have a notice of this cause."""
    if not recipients:
        return set()
    column = recipients[0].column
    among: dict[str, object] = {f"{column}__in": [one.number for one in recipients]}
    lines = NoticeLine.objects.filter(topic=word.topic, topic_id=word.topic_id, **among)
    notices = Notice.objects.filter(cause=word.came_from, **among)
    return {*lines.values_list(f"{column}_id", flat=True), *notices.values_list(f"{column}_id", flat=True)}


def _write(recipients: Sequence[Recipient], word: Word, now: dt.datetime) -> None:
    line = Line(word.topic_id, word.text[:400], "")
    digest = digest_of(word.title, [line])
    notices = Notice.objects.bulk_create(
        Notice(area_path=one.area_path, cause=word.came_from, title=word.title[:200], link=word.link, body_digest=digest,
               created_at=now, **_whose(one))
        for one in recipients
    )  # fmt: skip
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=notice, topic=word.topic, topic_id=word.topic_id, text=line.text, **_whose(one))
        for one, notice in zip(recipients, notices, strict=True)
    )
    pairs = zip(recipients, notices, strict=True)
    NoticeDelivery.objects.bulk_create(row for one, notice in pairs for row in _deliveries(one, notice, word, now))


def _deliveries(one: Recipient, notice: Notice, word: Word, now: dt.datetime) -> Iterator[NoticeDelivery]:
    for contact_id, channel, members in one.ways:
        key = key_of(word.came_from, f"{one.column}:{one.number}", contact_id or 0)
        inside = channel == INBOX
        yield NoticeDelivery(
            notice=notice, contact_id=contact_id, post_id=one.number if one.column == "post" else None, channel=channel,
            lane=int(word.lane), members=members, area_path=one.area_path, key=key, next_at=now,
            state="delivered" if inside else "queued", link_digest=link_digest(link_token(key, now)),
            sent_at=now if inside else None, delivered_at=now if inside else None,
        )  # fmt: skip


def _whose(one: Recipient) -> dict[str, int]:
    return {f"{one.column}_id": one.number}


def _area(post: Post) -> str:
    seat = post.organisation or post.subject
    return seat.area_path if seat else ""
