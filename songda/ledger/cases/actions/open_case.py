"""Open a case 登记: a number, its first state, its first step, its clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions.clocks import refresh_clocks
from songda.ledger.cases.actions.numbers import next_number
from songda.ledger.cases.actions.tell_posts import tell_holders
from songda.ledger.cases.models import FRONT, ORDINARY, Case, CaseStep
from songda.ledger.cases.queries.kinds import kind_in_force, spec_of
from songda.ledger.cases.states import FIRST
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects

Given = Mapping[str, object]
PLAIN = (
    "category", "difficulty", "urgent", "contact_name", "contact_phone", "extra", "parent_id", "lead_id", "holder_id", "group_id",
    "demonstration",
)  # fmt: skip


@transaction.atomic
def open_case(
    kind_code: str, *, subject_id: int | None, title: str, by: Actor, now: dt.datetime, given: Given | None = None
) -> Case:
    """Open a case for a subject (None: one of the offices' own, with `area_path` given).

    `given`: text, origin, channel, area_path, request_key and the columns of `PLAIN`. The same request key again gives the case
    it made (a phone on a bad line sends twice); Conflict where it made another one.
    """
    told = dict(given or {})
    key = str(told.get("request_key") or "")
    earlier = Case.objects.filter(request_key=key).first() if key else None
    if earlier is not None:
        return _same(earlier, title)
    if not title.strip():
        raise Invalid(_("请写明事项标题。"), fields={"title": _("一句话说明要办什么。")})
    version = kind_in_force(kind_code)
    case = Case(
        kind=version,
        machine=version.machine,
        rank=FRONT if spec_of(version).front else ORDINARY,
        state=FIRST[version.machine],
        title=title.strip()[:160],
        text=str(told.get("text", "")),
        origin=str(told.get("origin", "firm")),
        channel=str(told.get("channel", "web")),
        request_key=key or None,
        opened_at=now,
        moved_at=now,
        opened_by=by.account_id,
        **{name: told[name] for name in PLAIN if name in told},
    )
    place(case, subject_id, str(told.get("area_path", "")), by)
    case.number = next_number(case.kind.kind.code[:2].upper(), clock.day_of(now))
    case.version = 1
    case.save()
    step = CaseStep.objects.create(
        case=case, seq=1, step="file", before="", after=case.state, at=now, account_id=by.account_id, post_id=by.post_id,
        name=by.name, note="", told="", used={"kind": version.pk},
    )  # fmt: skip
    refresh_clocks(case, now=now)
    record("case.open", case, by=by, now=now, after={"number": case.number, "kind": version.label, "state": case.state})
    if case.lead_id or case.holder_id:
        tell_holders(case, None, step, by=by, now=now)
    return case


def place(case: Case, subject_id: int | None, area_path: str, by: Actor) -> None:
    """Where the case lies: with its subject, which must be in sight; else in an area of the actor's own."""
    if subject_id is not None:
        case.subject = subjects.subject_for(subject_id, by)
        case.area_path = case.subject.area_path
        case.demonstration = case.demonstration or case.subject.demonstration
        return
    if not by.works_in(area_path):
        raise NotPermitted(_("所选辖区不在您的管辖范围内。"))
    case.area_path = area_path


def _same(earlier: Case, title: str) -> Case:
    if earlier.title != title.strip()[:160]:
        raise Conflict(_("提交编号已用于另一事项。"), advice=_("请刷新后重新填写。"))
    return earlier
