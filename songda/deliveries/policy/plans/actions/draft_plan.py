"""Draft a plan 起草: one row for every measure of the superior document, with the unit its text names where that is plain; and anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.queries import as_pieces
from songda.deliveries.policy.plans.access import may_draft, plan_to_change
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.deliveries.policy.plans.queries import Item, items_of, newest_text, rows_of
from songda.deliveries.policy.plans.rules.rows import unit_named
from songda.engines.reading.align import align
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a plan is called, the superior document and the plan's own, and where it holds."""

    title: str
    upper: Document
    area_path: str
    document: Document | None = None
    code: str = ""
    demonstration: bool = False


@transaction.atomic
def draft_plan(new: NewPlan, *, by: Actor, now: dt.datetime) -> Plan:
    """A draft with a row for each measure of the superior document. Units are proposed where the text names one of the territory's."""
    may_draft(new.area_path, by)
    items = items_of(new.upper)
    if not new.title.strip() or not items:
        raise Invalid(_("请填写名称，并选择拆出条款的上位文件。"), fields={"title": _("例如：上街区落实市30条实施方案。")})
    code = new.code or f"p{new.upper.pk}-{new.area_path.replace('/', '')}"
    plan = Plan.objects.create(
        code=code, number=next_number(code), title=new.title.strip()[:160], upper=new.upper, document=new.document,
        area_path=new.area_path, demonstration=new.demonstration, drafted_at=now,
    )  # fmt: skip
    add_rows(plan, items)
    record("policy.draft_plan", plan, by=by, now=now, after={"upper": new.upper.pk, "rows": len(items)})
    return plan


@transaction.atomic
def renew_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> Plan:
    """The next version of a published plan, on the newest text of the superior document: rows of equal or changed words keep their unit,
    day, parameters and task; new ones are empty; what is gone is left out."""
    former = plan_to_change(plan_id, by, "policy.edit")
    if former.state != "published" or Plan.objects.filter(former=former).exists():
        raise Conflict(_("只有现行方案可以起草新版，且一次只起草一版。"), advice=_("请刷新页面。"))
    upper = newest_text(former.upper)
    plan = Plan.objects.create(
        code=former.code, number=former.number + 1, title=former.title, upper=upper, document=former.document, former=former,
        area_path=former.area_path, demonstration=former.demonstration, drafted_at=now,
    )  # fmt: skip
    add_rows(plan, items_of(upper))
    carried = carry_rows(former, plan)
    record("policy.renew_plan", plan, by=by, now=now, after={"former": former.pk, "upper": upper.pk, "carried": carried})
    return plan


def next_number(code: str) -> int:
    """The number of a plan begun afresh. Conflict where one of this code is under way or in force: that one is gone on with."""
    known = Plan.objects.filter(code=code)
    if known.exclude(state="withdrawn").exists():
        raise Conflict(_("本辖区已有这份上位文件的落实方案。"), advice=_("请在原方案上修改，或起草新版。"))
    return known.count() + 1


def add_rows(plan: Plan, items: Iterable[Item]) -> None:
    """One row an item, with the units its article names."""
    units = Organisation.objects.filter(area_path__startswith=plan.area_path, ends_on=None, kind__in=("department", "task_force"))
    names = {f"{one.name} {one.short_name}": one.pk for one in units}
    for ordinal, item in enumerate(items, 1):
        named = dict.fromkeys(key for text in item.article.departments if (key := unit_named(text, names)) is not None)
        row = PlanRow.objects.create(
            plan=plan, ordinal=ordinal, article=item.article, item=item.measure, label=item.article.label[:40],
            title=item.title[:300], lead_id=next(iter(named), None),
        )  # fmt: skip
        row.support.set(list(named)[1:])


def carry_rows(former: Plan, plan: Plan) -> int:
    """Take over what the former plan said of the same measures; how many rows."""
    became = _became(former.upper, plan.upper)
    old = {(became.get(one.article_id), one.item_id): one for one in rows_of(former)}
    carried = 0
    for row in plan.rows.all():
        before = old.get((row.article_id, row.item_id))
        if before is not None:
            for name in ("lead", "due_on", "ratio", "local", "measure", "not_applicable", "task"):
                setattr(row, name, getattr(before, name))
            row.save()
            row.support.set(before.support.all())
            carried += 1
    return carried


def _became(former: Document, later: Document) -> dict[int, int]:
    """Article of the former text → what it became in the later one."""
    before, after = list(former.articles.order_by("ordinal")), list(later.articles.order_by("ordinal"))
    if former.pk == later.pk:
        return {one.pk: one.pk for one in before}
    pairs = align(as_pieces(former.text, before), as_pieces(later.text, after))
    return {before[one.former].pk: after[one.latter].pk for one in pairs if one.former is not None and one.latter is not None}
