"""Implementing rules 实施细则 of a pack: new ones become drafts, changed ones a next version; equal ones are left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.actions import (
    draft_implementing_rule,
    edit_implementing_rule,
    link_measures,
    revise_implementing_rule,
)
from songda.deliveries.policy.library.models import ImplementingRuleVersion, Measure
from songda.deliveries.policy.library.packs.documents import Item
from songda.kernel.errors import Conflict
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations

PLAIN = ("title", "conditions", "payment_basis", "contact")


@transaction.atomic
def load_rules(items: Sequence[Item], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Enter drafts for new and changed rules; returns how many. What a person confirmed meanwhile is a Conflict."""
    return sum(_load(item, demonstration=demonstration, by=by, now=now) for item in items)


def wording(item: Item) -> dict[str, Any]:
    """What the rules say, as the columns keep it."""
    return {
        **{name: item.get(name, "") for name in PLAIN},
        "area_path": organisations.by_code(item["area"]).area_path if item["area"] else "",
        "department_id": organisations.by_code(item["department"]).pk,
        "papers": list(item["papers"]),
        "steps": list(item["steps"]),
        "time_limit_days": item["time_limit_days"],
        "valid_from": dt.date.fromisoformat(item["valid_from"]),
        "valid_until": dt.date.fromisoformat(item["valid_until"]) if "valid_until" in item else None,
    }


def _load(item: Item, *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    said, measures = wording(item), sorted(Measure.objects.filter(code__in=item["measures"]).values_list("pk", flat=True))
    latest = ImplementingRuleVersion.objects.filter(rule__code=item["code"]).order_by("number").last()
    if latest is not None and _says_the_same(latest, said, measures):
        return 0
    if latest is None:
        latest = draft_implementing_rule(
            title=item["title"], area_path=said["area_path"], code=item["code"], demonstration=demonstration, by=by, now=now
        )
    elif latest.state == "reviewed":
        message = _("“%(title)s”已审核待发布，不能由活动包改动。") % {"title": latest.title}
        raise Conflict(message, advice=_("请先发布或退回，再装载新版活动包。"))
    elif latest.state != "draft":
        latest = revise_implementing_rule(latest.pk, by=by, now=now)
    edit_implementing_rule(latest.pk, said, by=by, now=now)
    link_measures(latest.pk, measures, by=by, now=now)
    return 1


def _says_the_same(version: ImplementingRuleVersion, said: dict[str, Any], measures: list[int]) -> bool:
    held = sorted(version.coverages.values_list("measure_id", flat=True))
    return held == measures and all(getattr(version, name) == value for name, value in said.items())
