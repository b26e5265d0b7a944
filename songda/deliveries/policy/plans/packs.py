"""Plans 落实方案 of a pack: a new one becomes a draft with its rows; a draft nobody touched since follows the pack; others are left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from songda.deliveries.policy.library.models import Document, Measure
from songda.deliveries.policy.library.packs.documents import article_of, document_of
from songda.deliveries.policy.plans.actions import NewPlan, RowSaid, draft_plan, edit_row, renew_plan
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations

Item = Mapping[str, Any]


@transaction.atomic
def load_plans(items: Sequence[Item], texts: Mapping[str, str], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Enter the plans; how many are new or changed. A published plan that the pack now tells otherwise gets a next version, as a draft."""
    return sum(_load(item, texts, demonstration=demonstration, by=by, now=now) for item in items)


def _load(item: Item, texts: Mapping[str, str], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    upper = document_of(texts[item["upper"]])
    plan = Plan.objects.filter(code=item["code"]).exclude(state="withdrawn").order_by("number").last()
    if plan is None:
        own = document_of(texts[item["document"]]) if "document" in item else None
        area = organisations.by_code(item["area"]).area_path
        plan = draft_plan(NewPlan(item["title"], upper, area, own, item["code"], demonstration), by=by, now=now)
    elif _says_the_same(plan, item, upper) or plan.state == "reviewed":
        return 0
    elif plan.state != "draft":
        plan = renew_plan(plan.pk, by=by, now=now)
    for row, said in _rows(plan, item, upper):
        edit_row(row.pk, said, by=by, now=now)
    return 1


def _rows(plan: Plan, item: Item, upper: Document) -> list[tuple[PlanRow, RowSaid]]:
    held = {one.article_id: one for one in plan.rows.all()}
    return [(held[article_of(upper, one["article"]).pk], _said(one)) for one in item["rows"]]


def _said(row: Item) -> RowSaid:
    return RowSaid(
        lead_id=organisations.by_code(row["lead"]).pk if "lead" in row else None,
        support_ids=tuple(organisations.by_code(code).pk for code in row.get("support", ())),
        due_on=dt.date.fromisoformat(row["due"]) if "due" in row else None,
        ratio=row.get("ratio", ""),
        local=row.get("local", ""),
        measure_id=Measure.objects.get(code=row["measure"]).pk if "measure" in row else None,
        not_applicable=row.get("not_applicable", ""),
    )


def _says_the_same(plan: Plan, item: Item, upper: Document) -> bool:
    for row, said in _rows(plan, item, upper):
        held = RowSaid(
            row.lead_id, tuple(sorted(row.support.values_list("pk", flat=True))), row.due_on, row.ratio, row.local, row.measure_id,
            row.not_applicable,
        )  # fmt: skip
        if held != RowSaid(
            **{**{name: getattr(said, name) for name in RowSaid.__slots__}, "support_ids": tuple(sorted(said.support_ids))}
        ):
            return False
    return True
