"""The dry run of a push 试算: whom it would tell what and why, who knows already, who cannot be reached. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching import queries as matching
from songda.deliveries.policy.push.access import check_may_push
from songda.kernel import clock
from songda.kernel.errors import Invalid
from songda.ledger.notices import queries as notices
from songda.ledger.notices.queries.channels import configured
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.actors import Actor

TOPIC = "measure_version"
FITTING = tuple[int, str, int | None]  # subject, area, fen


@dataclass(frozen=True, slots=True)
class Preview:
    """What a push would do. Firms and messages are counted apart; `lapsed` pairs fitted and do not by today's facts."""

    versions: tuple[MeasureVersion, ...]
    area_path: str
    channels: tuple[str, ...]
    firms: int
    rows: tuple[Told, ...]
    plan: notices.Plan
    lapsed: int

    @property
    def to_tell(self) -> int:
        """Firms that would be told something new."""
        return len(self.plan.tellings)

    @property
    def knowing(self) -> int:
        """Firms that have been told all of it before."""
        told = {subject for subject, _topic in self.plan.already_told}
        fresh = {one.told.subject_id for one in self.plan.tellings} | set(self.plan.without_contact)
        return len(told - fresh)


def preview_push(
    version_ids: Sequence[int], area_path: str, channels: Sequence[str], *, by: Actor, now: dt.datetime, cause: str = ""
) -> Preview:
    """Who would be told about these published measures in an area through these channels.

    NotPermitted without the permission or outside the scope, Invalid for a channel not configured here or a measure that is
    not published.
    """
    check_may_push(area_path, by)
    check_channels(channels)
    versions = published(version_ids, by)
    with translation.override(settings.LANGUAGE_CODE):  # what firms read is kept in the place's language, whoever pushes
        rows, firms, lapsed = rows_to_tell(versions, area_path, by, clock.day_of(now))
    plan = notices.plan(cause, rows, topic=TOPIC, channels=channels, on=clock.day_of(now))
    return Preview(tuple(versions), area_path, tuple(channels), firms, tuple(rows), plan, lapsed)


def check_channels(channels: Sequence[str]) -> None:
    """Refuse no channel, and one that this installation cannot send through."""
    unknown = set(channels) - set(configured())
    if unknown or not channels:
        message = _("渠道 %(names)s 未配置。") % {"names": "、".join(sorted(unknown))} if unknown else _("请至少选择一个渠道。")
        raise Invalid(message, advice=_("请改选渠道，或请系统管理员配置。"), fields={"channels": message})


def published(version_ids: Sequence[int], by: Actor) -> list[MeasureVersion]:
    """The versions, all of them published and in reach."""
    rows = measures_visible_to(by).filter(pk__in=list(version_ids), state="published").select_related("rule_version")
    found = list(rows.order_by("pk"))
    if not found or len(found) != len(set(version_ids)):
        raise Invalid(_("只能推送已发布的措施。"), advice=_("请先发布，再推送。"), fields={"version": _("未发布或不在范围内")})
    return found


def rows_to_tell(versions: Sequence[MeasureVersion], area_path: str, by: Actor, on: dt.date) -> tuple[list[Told], int, int]:
    """One row a fitting firm with its lines; how many firms fit; how many pairs fit no more by today's facts."""
    fitting: dict[int, list[FITTING]] = {version.pk: [] for version in versions}
    matches = matching.presently_fitting(fitting, area_path, by)
    for subject, number, area, fen in matching.fitting_rows(matches):
        fitting[number].append((subject, area, fen))
    reasons = matching.reasons_for({one: [subject for subject, *_ in fitting[one.pk]] for one in versions}, on=on)
    lines: defaultdict[tuple[int, str], list[Line]] = defaultdict(list)
    for version in versions:
        say, why = sentence_for(version), reasons[version.pk]
        for subject, area, fen in fitting[version.pk]:
            if subject in why:
                lines[subject, area].append(Line(version.pk, say(fen), why[subject]))
    lapsed = sum(len(pairs) - len(reasons[number]) for number, pairs in fitting.items())
    rows = [Told(subject, area, tuple(found)) for (subject, area), found in sorted(lines.items())]
    return rows, len({subject for pairs in fitting.values() for subject, *_rest in pairs}), lapsed


def sentence_for(version: MeasureVersion) -> Callable[[int | None], str]:
    """How the line a firm reads is made of its expected fen: what it is, how much, until when."""
    amount, ends = _("预计 %(amount)s 元"), []
    if version.closes_on is not None:
        day = version.closes_on
        ends = [_("%(day)s 前申报") % {"day": f"{day.year}年{day.month}月{day.day}日"}]

    def say(fen: int | None) -> str:
        expected = [] if fen is None else [amount % {"amount": f"{fen // 100:,}.{fen % 100:02d}"}]
        return "，".join([version.title, *expected, *ends])

    return say
