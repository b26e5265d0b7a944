"""Applications upward 向上争取: planned, prepared, handed in within the window, decided on evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.watch.access import bid_to_work, paper_to_work, works_on
from songda.deliveries.policy.watch.models import Bid, BidPaper
from songda.deliveries.policy.watch.states import AT_WORK, BID, Sort
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.evidence.access import evidence_for
from songda.ledger.evidence.queries import counting
from songda.registry.actors import Actor, require, require_area
from songda.registry.organisations.access import organisation_for


@dataclass(frozen=True, slots=True)
class NewBid:
    """A fund, pilot, project or quota open for application: window and own day (both included), the amount sought in fen."""

    title: str
    issuer: str
    sort: str
    lead_id: int
    window: tuple[dt.date, dt.date]
    due_on: dt.date
    sought_fen: int | None = None
    owner_id: int | None = None
    papers: Sequence[str] = ()
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came back: won or not, on which day, how much in fen, on which evidence."""

    won: bool
    decided_on: dt.date
    evidence_id: int | None
    won_fen: int | None = None
    note: str = ""


@transaction.atomic
def plan_bid(new: NewBid, *, by: Actor, now: dt.datetime) -> Bid:
    """Put a window on the calendar with who leads and what is needed."""
    require(by, "policy.draft", "cases.assign")
    lead = organisation_for(new.lead_id, by)
    require_area(by, lead.area_path)
    opens, closes = new.window
    if not new.title.strip() or not new.issuer.strip() or new.sort not in Sort.values:
        raise Invalid(_("请填写争取事项、上级部门和类型。"), fields={"title": _("申报的资金、试点或项目名称。")})
    if not opens <= closes or new.due_on > closes:
        raise Invalid(_("窗口起止或内部时限不对。"), fields={"due_on": _("内部时限不晚于窗口截止日。")})
    if new.sought_fen is not None and new.sought_fen < 0:
        raise Invalid(_("申请金额不能为负。"), fields={"sought": _("请核对。")})
    made = Bid(
        title=new.title.strip()[:200], issuer=new.issuer.strip()[:160], sort=new.sort, area_path=lead.area_path, opens_on=opens,
        closes_on=closes, due_on=new.due_on, lead=lead, owner_id=new.owner_id, sought_fen=new.sought_fen, planned_at=now,
        planned_name=by.name, demonstration=new.demonstration,
    )  # fmt: skip
    if not works_on(made, by):
        raise NotPermitted(_("只能为本单位登记。"), advice=_("其他单位牵头的，请统筹调度登记。"))
    made.save()
    titles = [one.strip()[:160] for one in new.papers if one.strip()]
    BidPaper.objects.bulk_create(BidPaper(bid=made, ordinal=at, title=title) for at, title in enumerate(titles, 1))
    record("bid.plan", made, by=by, now=now, after={"title": made.title, "closes_on": str(closes), "lead": lead.code})
    return made


@transaction.atomic
def tick_paper(paper_id: int, *, ready: bool, by: Actor, now: dt.datetime) -> BidPaper:
    """A paper is there, or it is not after all; the first one begins the preparation."""
    paper = paper_to_work(paper_id, by)
    if paper.bid.state not in AT_WORK:
        raise Conflict(_("申报已经结束，清单不再变动。"))
    BidPaper.objects.filter(pk=paper.pk).update(ready_at=now if ready else None, ready_name=by.name if ready else "")
    if ready and paper.bid.state == "planned":
        move(BID, paper.bid, "prepare")
    record("bid.paper", paper, by=by, now=now, after={"ready": ready})
    paper.refresh_from_db()
    return paper


@transaction.atomic
def submit_bid(bid_id: int, *, by: Actor, now: dt.datetime) -> Bid:
    """Hand the application in: inside its window, with every paper of its list."""
    bid, today = bid_to_work(bid_id, by), clock.day_of(now)
    if not bid.opens_on <= today <= bid.closes_on:
        raise Conflict(_("今天不在申报窗口内（%(first)s 至 %(last)s）。") % {"first": bid.opens_on, "last": bid.closes_on})
    lacking = list(bid.papers.filter(ready_at=None).order_by("ordinal").values_list("title", flat=True))
    if lacking:
        raise Conflict(_("材料未备齐：%(titles)s。") % {"titles": "、".join(lacking)}, advice=_("备齐后再申报。"))
    move(BID, bid, "submit", submitted_at=now)
    record("bid.submit", bid, by=by, now=now, after={"on": str(today)})
    return bid


@transaction.atomic
def decide_bid(bid_id: int, result: Result, *, by: Actor, now: dt.datetime) -> Bid:
    """Note what came of it. Invalid without whole evidence, or won without an amount (0 for what is no money)."""
    bid = bid_to_work(bid_id, by)
    paper = evidence_for(result.evidence_id, by) if result.evidence_id else None
    if paper is None or not counting([paper.pk]):
        raise Invalid(_("结果要有凭证。"), fields={"attached": _("上传批复、公示或拨款文件。")})
    if result.won and (result.won_fen is None or result.won_fen < 0):
        raise Invalid(_("请填写获批金额。"), fields={"won_amount": _("不涉及资金的填 0。")})
    if result.decided_on > clock.day_of(now) or (bid.submitted_at and result.decided_on < clock.day_of(bid.submitted_at)):
        raise Invalid(_("结果日期应在申报之后、不晚于今天。"), fields={"decided_on": _("请核对。")})
    won_fen = result.won_fen if result.won else 0
    given = {
        "decided_on": result.decided_on,
        "won_fen": won_fen,
        "result": paper,
        "ended_at": now,
        "reason": result.note.strip()[:200],
    }
    move(BID, bid, "win" if result.won else "lose", **given)
    record("bid.decide", bid, by=by, now=now, after={"won": result.won, "won_fen": won_fen, "evidence": paper.pk})
    return bid


@transaction.atomic
def give_up(bid_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Bid:
    """Leave a window unused, and say why."""
    bid = bid_to_work(bid_id, by)
    if not reason.strip():
        raise Invalid(_("请写明放弃的理由。"), fields={"reason": _("如：条件不符合。")})
    move(BID, bid, "give_up", reason=reason.strip()[:200], ended_at=now)
    record("bid.give_up", bid, by=by, now=now, after={"reason": bid.reason})
    return bid
