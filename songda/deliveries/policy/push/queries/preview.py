"""The dry run of a push 试算: whom it would tell what and why, and where it leaves everybody else. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import documents_visible_to, measures_visible_to
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.push.access import check_may_push
from songda.deliveries.policy.push.models import Announcement
from songda.deliveries.policy.push.queries.audience import Audience, of_measures, of_texts
from songda.deliveries.policy.push.queries.fates import fates_of, waiting_for_cap
from songda.deliveries.policy.push.rules.wanted import ANNOUNCEMENT, MEASURE, Wanted
from songda.deliveries.policy.push.states import Fate
from songda.kernel import clock
from songda.kernel.errors import Invalid
from songda.ledger.notices import queries as notices
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.channels import configured
from songda.ledger.notices.queries.waiting import UNSENT, terms_here
from songda.ledger.notices.rules.letters import Told
from songda.ledger.notices.rules.pacing import drained_at
from songda.ledger.notices.states import INBOX, Lane
from songda.registry.actors import Actor

TOPIC = MEASURE
Thing = MeasureVersion | Document | Announcement


@dataclass(frozen=True, slots=True)
class Preview:
    """What a push would do. Firms, messages and pairs are counted apart; `lapsed` pairs fitted and do not by today's facts.

    `fates` has every subject of the area exactly once (and beside them those that fit outside it).
    """

    wanted: Wanted
    things: tuple[Thing, ...]
    rule: str
    firms: int
    rows: tuple[Told, ...]
    plan: notices.Plan
    lapsed: int
    fates: Mapping[Fate, frozenset[int]] = field(default_factory=dict)
    capped: frozenset[int] = frozenset()
    ends: tuple[notices.Ending, ...] = ()

    @property
    def versions(self) -> tuple[MeasureVersion, ...]:
        """The measures, of a push of measures."""
        return tuple(one for one in self.things if isinstance(one, MeasureVersion))

    @property
    def area_path(self) -> str:
        """Where."""
        return self.wanted.area_path

    @property
    def channels(self) -> tuple[str, ...]:
        """Through which channels."""
        return self.wanted.channels

    @property
    def to_tell(self) -> int:
        """Firms that would be told something new."""
        return len(self.plan.tellings)

    @property
    def knowing(self) -> int:
        """Firms that have been told all of it before."""
        told = {subject for subject, _topic in self.plan.already_told}
        fresh = {one.told.subject_id for one in self.plan.tellings} | set(self.plan.without_contact) | set(self.plan.declined)
        return len(told - fresh)


def preview_push(version_ids: Sequence[int], area_path: str, channels: Sequence[str], *, by: Actor, now: dt.datetime) -> Preview:
    """The dry run of a push of published measures in an area. See `try_push`."""
    return try_push(Wanted(area_path, tuple(channels), tuple(version_ids)), by=by, now=now)


def try_push(wanted: Wanted, *, by: Actor, now: dt.datetime, fates: bool = True) -> Preview:
    """Who would be told what, through which channels; with `fates`, where it leaves everybody else.

    NotPermitted without the permission or outside the scope, Invalid for a channel not configured here, a measure that is not
    published, a rule that is none, an announcement without words, an urgent push without its reason.
    """
    check_may_push(wanted.area_path, by)
    check_channels(wanted.channels)
    check_words(wanted)
    things, on = things_of(wanted, by), clock.day_of(now)
    with translation.override(settings.LANGUAGE_CODE):  # what firms read is kept in the place's language, whoever pushes
        found = audience_of(wanted, things, by, on)
    plan = notices.plan("", found.rows, topic=wanted.topic, channels=wanted.channels, on=on)
    made = Preview(wanted, tuple(things), found.rule, found.firms, found.rows, plan, found.lapsed_pairs)
    if not fates:
        return made
    left = fates_of(wanted, found, plan, by)
    capped = waiting_for_cap(left, wanted, now)
    return replace(made, fates=left, capped=capped, ends=tuple(ends_of(plan.deliveries, lane_of(wanted), now)))


def audience_of(wanted: Wanted, things: Sequence[Thing], by: Actor, on: dt.date) -> Audience:
    """Whom it concerns, each with the lines he would read."""
    lane = lane_of(wanted)
    versions = [one for one in things if isinstance(one, MeasureVersion)]
    return of_measures(versions, wanted, by, on, lane) if versions else of_texts(texts_of(things, wanted), wanted, by, on, lane)


def lane_of(wanted: Wanted) -> Lane:
    """Which queue its messages would stand in."""
    return Lane.URGENT if wanted.urgent else Lane.BULK


def ends_of(messages: Mapping[str, int], lane: Lane, now: dt.datetime) -> Iterator[notices.Ending]:
    """When each channel would have sent so many more messages, after what stands before them. The inbox needs no sending."""
    for code, count in messages.items():
        if code == INBOX:
            continue
        terms, before = (
            terms_here(code),
            NoticeDelivery.objects.filter(channel=code, state__in=UNSENT, lane__lte=int(lane)).count(),
        )
        quiet = None if lane is Lane.URGENT else terms.quiet
        at = drained_at(now, before + count, terms.per_minute, quiet)
        yield notices.Ending(code, count, before + count, 0, at)


def texts_of(things: Sequence[Thing], wanted: Wanted) -> list[tuple[int, str]]:
    """Each text's number and the words a firm reads of it; an announcement that is not written yet has the number 0."""
    if wanted.topic == ANNOUNCEMENT:
        return [(things[0].pk if things else 0, wanted.text.strip())]
    said = wanted.text.strip()
    return [(one.pk, f"{one}{f'：{said}' if said else ''}") for one in things]


def check_channels(channels: Sequence[str]) -> None:
    """Refuse no channel, and one that this installation cannot send through."""
    unknown = set(channels) - set(configured())
    if unknown or not channels:
        message = _("渠道 %(names)s 未配置。") % {"names": "、".join(sorted(unknown))} if unknown else _("请至少选择一个渠道。")
        raise Invalid(message, advice=_("请改选渠道，或请系统管理员配置。"), fields={"channels": message})


def check_words(wanted: Wanted) -> None:
    """Refuse an announcement without words, and urgency without a reason."""
    if wanted.topic == ANNOUNCEMENT and not (wanted.title.strip() and wanted.text.strip()):
        message = _("请选择措施或文件，或填写通知的标题和内容。")
        raise Invalid(message, fields={"text": message})
    if wanted.urgent and not wanted.urgent_reason.strip():
        message = _("紧急推送须写明理由。")
        raise Invalid(message, fields={"urgent_reason": message})


def things_of(wanted: Wanted, by: Actor) -> list[Thing]:
    """What it tells about: published measures in reach, documents in sight, an announcement written before."""
    if wanted.versions:
        return list(published(wanted.versions, by))
    if wanted.documents:
        documents = list(documents_visible_to(by).filter(pk__in=wanted.documents).order_by("pk"))
        if len(documents) != len(set(wanted.documents)):
            raise Invalid(_("只能推送范围内的文件。"), fields={"documents": _("请从列表中选择。")})
        return list(documents)
    return list(Announcement.objects.filter(digest=wanted.digest))


def published(version_ids: Sequence[int], by: Actor) -> list[MeasureVersion]:
    """The versions, all of them published and in reach."""
    rows = measures_visible_to(by).filter(pk__in=list(version_ids), state="published").select_related("rule_version")
    found = list(rows.order_by("pk"))
    if not found or len(found) != len(set(version_ids)):
        raise Invalid(_("只能推送已发布的措施。"), advice=_("请先发布，再推送。"), fields={"version": _("未发布或不在范围内")})
    return found
