"""Bulletins of the demonstration 简报: the four of the texts, one of them restated, and a news item, through the real actions.

Their figures are computed or returned as elsewhere in the demonstration; the words are the pack's templates. That one matter was left
out at first and added in the restated edition is invented.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.errors import Invalid, NotPermitted
from songda.office.bulletins import actions
from songda.office.bulletins.actions import Frame, NewPiece, NewSubmission
from songda.office.bulletins.models import Piece, TemplateVersion
from songda.office.bulletins.queries import faults_in, manuscript_of
from songda.office.indicators.actions import NewValue, explain_value, record_value
from songda.office.indicators.models import Value
from songda.office.indicators.queries import figures_in_effect
from songda.portal.demo.people import actor
from songda.portal.demo.replay import post_of
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations
from songda.registry.people.states import Role

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MATTERS, SINCE = "matters-resolved", dt.date(2020, 1, 25)


@dataclass(frozen=True)
class Issue:
    """A bulletin of the texts: by which template, of which district, written by which bureau, as of when (no hour: the day)."""

    template: str
    area: str
    bureau: str
    day: dt.date
    hour: int | None = None

    @property
    def as_of(self) -> dt.datetime:
        """Its moment."""
        return clock.start_of(self.day) + (self.hour * HOUR if self.hour is not None else DAY - HOUR / 60)

    @property
    def written(self) -> dt.datetime:
        """When its writer sits down: an hour later, for a day the next morning."""
        return clock.start_of(self.day) + ((self.hour + 1) * HOUR if self.hour is not None else DAY + 9 * HOUR)


GX = Issue("gx-resumption", "410172", "gx-innovation", dt.date(2020, 3, 18))
EQ = Issue("eq-resumption", "410103", "eq-statistics", dt.date(2020, 3, 23), 17)
HJ = Issue("hj-projects", "410108", "hj-construction", dt.date(2020, 3, 16))
SJ = Issue("sj-units", "410106", "sj-industry", dt.date(2020, 3, 17))
NEWS = Issue("news-projects", "410108", "hj-construction", dt.date(2020, 3, 16))


def issued() -> bool:
    """Whether it was done before."""
    return Piece.objects.exists()


@transaction.atomic
def issue_bulletins(*, demonstration: bool, by: Actor, now: dt.datetime) -> list[Piece]:
    """All of them. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示简报只能在演示环境中编印。"))
    made = [_issued(one, by, now) for one in (SJ, GX, EQ)]
    return [*made, *_huiji(by, now), _news(by, now)]


def _issued(issue: Issue, by: Actor, now: dt.datetime) -> Piece:
    writer, leader = _posts(issue, by, now)
    piece = _drafted(issue, writer)
    _answer(piece, writer, issue.written)
    return _signed(piece, leader, issue.written + HOUR)


def _huiji(by: Actor, now: dt.datetime) -> tuple[Piece, ...]:
    """The bureau sends in its matters, one too few; the rate is explained; the correction makes another edition."""
    writer, leader = _posts(HJ, by, now)
    bureau = organisations.by_code(HJ.bureau)
    matters = figures_in_effect()["hj-matters-27"].exact
    sender = post_of(bureau, Role.CORRESPONDENT, by, now)
    section = TemplateVersion.objects.get(code=HJ.template, retired_at=None).body["sections"][0]
    told = NewSubmission(HJ.template, HJ.as_of, section["text"], f"{MATTERS} {matters - 1} {SINCE}")
    sent = actions.send_submission(told, by=sender, now=HJ.written - HOUR)
    piece = _drafted(HJ, writer)
    actions.take_submission(sent.pk, piece.pk, by=writer, now=HJ.written)
    _answer(piece, writer, HJ.written)
    piece = _signed(piece, leader, HJ.written + HOUR)
    later = HJ.written + 4 * HOUR
    value = Value.objects.get(code=MATTERS, reference=f"submission:{sent.pk}")
    mended = NewValue(
        MATTERS,
        bureau.pk,
        HJ.as_of,
        Fraction(matters),
        since=SINCE,
        source=value.source,
        scope=value.scope,
        reference=value.reference,
    )
    record_value(mended, by=actor("statistics", clock.day_of(now)), now=later, reason=_("漏计 1 件，据台账补正"))
    if piece.state != "published":
        return (piece,)
    draft = actions.restate_piece(piece.pk, _("协调解决事项漏计 1 件"), by=writer, now=later)
    _answer(draft, writer, later)
    return piece, _signed(draft, leader, later + HOUR)


def _news(by: Actor, now: dt.datetime) -> Piece:
    writer, leader = _posts(NEWS, by, now)
    piece = _drafted(NEWS, writer)
    frame = Frame(kicker=_("送政策　送服务　送要素　强信心"), correspondents=_("演示通讯员"), place=_("惠济"))
    actions.frame_news(piece.pk, frame, by=writer, now=NEWS.written)
    _answer(piece, writer, NEWS.written)
    return _signed(piece, leader, NEWS.written + HOUR)


def _signed(piece: Piece, leader: Actor, now: dt.datetime) -> Piece:
    """Published if it may be; what the rules hold back stays a draft, to be looked at."""
    try:
        return actions.publish_piece(piece.pk, by=leader, now=now)
    except Invalid:
        piece.refresh_from_db()
        return piece


def _posts(issue: Issue, by: Actor, now: dt.datetime) -> tuple[Actor, Actor]:
    """Who writes, and who signs."""
    bureau, area = organisations.by_code(issue.bureau), organisations.by_code(issue.area)
    return post_of(bureau, Role.DEPARTMENT_LEAD, by, now), post_of(area, Role.LEADER, by, now)


def _drafted(issue: Issue, writer: Actor) -> Piece:
    unit = organisations.by_code(issue.area)
    return actions.draft_piece(NewPiece(issue.template, unit.pk, issue.as_of, demonstration=True), by=writer, now=issue.written)


def _answer(piece: Piece, writer: Actor, now: dt.datetime) -> None:
    """Explain what is above 100 %, answer for what a person has to answer for."""
    piece.refresh_from_db()
    rows = {one.token: one for one in piece.bound.exclude(value=None)}
    for fault in faults_in(piece, manuscript_of(piece)):
        if fault.sort == "over_100" and fault.severity == "block":
            why = _("应复工人数为节前在册人数，节后新开工项目的工人只计入当前复工人数（演示说明）。")
            explain_value(rows[fault.token].value_id or 0, why, by=writer, now=now)
        elif fault.key and fault.severity == "block":
            actions.confirm_in_piece(piece.pk, fault.sort, fault.key, _("申报单位未报，照录"), by=writer, now=now)
