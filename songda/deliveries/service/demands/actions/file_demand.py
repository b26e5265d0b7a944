"""Filing 登记诉求: by the firm itself or for it, into the one pool."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import queries
from songda.deliveries.service.demands.actions.assign_demand import Assignees, assign_demand
from songda.deliveries.service.demands.rules.handling import fault_of_help
from songda.kernel import clock
from songda.kernel.errors import Invalid, NotPermitted
from songda.ledger.cases.actions import Said, announce_case, open_case, tell_firm
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.queries import kind_in_force, spec_of
from songda.ledger.cases.rules.kinds import FormField, KindSpec
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor, house


@dataclass(frozen=True, slots=True)
class NewDemand:
    """What is asked. `origin`, `channel` and `difficulty` are the desk's to say; a firm's own is always its own, by the web.

    `extra`: the fields of the kind, by key. `parent_id`: the case it follows from.
    """

    title: str
    text: str = ""
    kind: str = "demand"
    category: str = ""
    difficulty: str = "ordinary"
    urgent: bool = False
    origin: str = Origin.OFFICER.value
    channel: str = "phone"
    contact: tuple[str, str] = ("", "")
    extra: Mapping[str, object] = field(default_factory=dict)
    parent_id: int | None = None


@transaction.atomic
def file_demand(subject_id: int, new: NewDemand, *, by: Actor, now: dt.datetime, request_key: str = "") -> Case:
    """File a demand of a firm in sight. The same request key gives the demand it made.

    NotPermitted without `cases.file` (a firm: `firm.act`, for itself); Invalid for a kind that is not filed by hand, a category or
    channel no dictionary knows, a field of the kind that is missing, a finding without help or reason.
    """
    own = by.subject_id is not None
    if not by.may("firm.act" if own else "cases.file"):
        raise NotPermitted(_("您的岗位不能登记诉求。"), advice=_("请联系统筹调度员。"))
    known = Case.objects.filter(request_key=request_key).exists() if request_key else False
    spec = spec_of(kind_in_force(new.kind))
    if ("firm" if own else "office") not in spec.filed_by:
        raise Invalid(_("“%(kind)s”不能直接登记。") % {"kind": spec.label}, fields={"kind": _("请另选类别。")})
    extra = extra_for(spec, new.extra)
    case = open_case(
        new.kind, subject_id=subject_id, title=new.title, by=by, now=now, given=_given(new, extra, request_key, own=own)
    )
    if known:
        return case
    if not own:
        step = CaseStep.objects.get(case=case, seq=1)
        tell_firm(case, step, _("已为贵单位登记诉求，编号 %(number)s。") % {"number": case.number}, now=now)
    announce_case("demand.filed", case, "file", now=now)
    if spec.automatic:
        assign_by_rule(case, now=now)
    return case


def assign_by_rule(case: Case, *, now: dt.datetime) -> None:
    """Assign at once where a rule holds; else the case waits in the pool."""
    found = queries.suggest(case, on=clock.day_of(now))
    if found.rule and found.lead is not None:
        to = Assignees(found.lead.pk, found.holder.pk if found.holder else None, tuple(one.pk for one in found.support))
        said = Said(note=found.reason, used={"rule": found.rule, "automatic": True})
        assign_demand(case.pk, to, said, by=house("cases.see", "cases.assign"), now=now)


def _given(new: NewDemand, extra: dict[str, object], request_key: str, *, own: bool) -> dict[str, object]:
    categories, channels = queries.categories(), queries.channels()
    if new.category and new.category not in categories:
        raise Invalid(_("没有这个问题分类。"), fields={"category": _("请从列表中选择。")})
    if not own and new.channel not in channels:
        raise Invalid(_("没有这个受理渠道。"), fields={"channel": _("请从列表中选择。")})
    if new.difficulty not in Case.Difficulty.values or new.origin not in Origin.values:
        raise Invalid(_("难度或来源不在可选范围内。"), fields={"difficulty": _("请从列表中选择。")})
    return {
        "text": new.text,
        "category": new.category,
        "difficulty": "ordinary" if own else new.difficulty,
        "urgent": new.urgent and not own,
        "origin": Origin.FIRM.value if own else new.origin,
        "channel": "web" if own else new.channel,
        "contact_name": new.contact[0][:80],
        "contact_phone": new.contact[1][:40],
        "extra": extra,
        "parent_id": new.parent_id,
        "request_key": request_key,
    }


def extra_for(spec: KindSpec, given: Mapping[str, object]) -> dict[str, object]:
    """The kind's own fields as they are kept; what the kind does not know is dropped."""
    told = {one.key: str(given.get(one.key) or "").strip() for one in spec.fields}
    faults = {one.key: fault for one in spec.fields if (fault := _fault(one, told[one.key]))}
    if fault := fault_of_help({**told}):
        faults["help_reason"] = fault
    if faults:
        raise Invalid(_("请补全“%(kind)s”的内容。") % {"kind": spec.label}, fields=faults)
    return {key: value for key, value in told.items() if value}


def _fault(one: FormField, value: str) -> str:
    if not value:
        return _("请填写“%(label)s”。") % {"label": one.label} if one.required else ""
    known = queries.choices(one.dictionary) if one.dictionary else {}
    return _("“%(label)s”请从列表中选择。") % {"label": one.label} if one.kind == "choice" and value not in known else ""
