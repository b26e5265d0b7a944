"""The figures of a home: which question each permission asks first thing in the morning, and where its rows are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.library import access as library
from songda.deliveries.policy.library.queries import count_without_contact, gap_counts, gaps_of_department
from songda.deliveries.policy.matching import access as matching
from songda.kernel import clock
from songda.kernel.audit.queries import last_seal, unsealed_after
from songda.kernel.screens.paging import COUNT_LIMIT
from songda.ledger.notices import access as notices
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with unit, as-of, source and the address of the rows behind it; `more_than`: counting stopped there."""

    label: str
    value: int
    unit: str
    as_of: dt.datetime
    address: str
    source: str = ""
    note: str = ""
    more_than: bool = False


def figures_for(actor: Actor, now: dt.datetime) -> list[Figure]:
    """What this post sees first, in the order of the table below; a figure of nothing is still a figure."""
    return [make(actor, now) for permission, make in MORNING if actor.may(permission)]


def drafts(actor: Actor, now: dt.datetime) -> Figure:
    """Measures an editor has to confirm."""
    count = library.measures_visible_to(actor).filter(state="draft").count()
    return Figure(_("待审核的措施草稿"), count, _("条"), now, "/policy/measures/?state=draft")


def reviewed(actor: Actor, now: dt.datetime) -> Figure:
    """Measures a publisher has to publish or return."""
    count = library.measures_visible_to(actor).filter(state="reviewed").count()
    return Figure(_("待发布的措施"), count, _("条"), now, "/policy/measures/?state=reviewed")


def missing_rules(actor: Actor, now: dt.datetime) -> Figure:
    """Measures without implementing rules: for an editor all of the area, for a department those it owes."""
    if actor.may("policy.edit"):
        count, late = gap_counts(actor, clock.day_of(now))
    else:
        found = gaps_of_department(actor, clock.day_of(now))
        count, late = len(found), sum(one.overdue for one in found)
    note = _("逾期 %(n)d 项") % {"n": late} if late else ""
    return Figure(_("缺实施细则的措施"), count, _("项"), now, "/policy/gaps/", note=note)


def missing_contacts(actor: Actor, now: dt.datetime) -> Figure:
    """Published measures that nobody can be asked about: for an editor all of the area, for a department its own."""
    unit = None if actor.may("policy.edit") else actor.organisation_id or 0
    count = count_without_contact(actor, clock.day_of(now), department_id=unit)
    return Figure(_("缺联系人的措施"), count, _("项"), now, "/policy/guides/cards/")


def firms(actor: Actor, now: dt.datetime) -> Figure:
    """Subjects in scope; for an officer, the firms assigned."""
    label = _("我包联的企业") if actor.assigned_only else _("范围内主体")
    address = "/firms/" if actor.may("push.see") else "/subjects/"
    return Figure(label, subjects.visible_to(actor).count(), _("家"), now, address, _("主体库"))


def fitting(actor: Actor, now: dt.datetime) -> Figure:
    """Firm–measure pairs that fit now. Pairs, not firms: the unit says so. Counted as far as lists are: nobody acts on the last of them."""
    counted = matching.matches_visible_to(actor).filter(left_on=None).order_by()[: COUNT_LIMIT + 1].count()
    shown, more = min(counted, COUNT_LIMIT), counted > COUNT_LIMIT
    return Figure(_("现行匹配"), shown, _("企业·措施对"), now, "/firms/", _("政策匹配"), more_than=more)


def doubtful(actor: Actor, now: dt.datetime) -> Figure:
    """Deliveries that failed or whose fate is unknown: a person decides."""
    waiting = notices.deliveries_visible_to(actor).filter(state__in=("failed", "unknown"))
    return Figure(_("失败或结果不明的送达"), waiting.count(), _("次"), now, "/notices/queue/", note=_("需人工处理"))


def unsealed(_actor: Actor, now: dt.datetime) -> Figure:
    """Audit rows not yet in the chain."""
    seal = last_seal()
    return Figure(_("尚未封存的审计记录"), unsealed_after(seal.last_id if seal else 0), _("条"), now, "/audit/")


MORNING: tuple[tuple[str, Callable[[Actor, dt.datetime], Figure]], ...] = (
    ("policy.edit", drafts),
    ("policy.draft", missing_rules),
    ("policy.draft", missing_contacts),
    ("policy.publish", reviewed),
    ("subjects.see", firms),
    ("push.see", fitting),
    ("push.send", doubtful),
    ("audit.see", unsealed),
)
