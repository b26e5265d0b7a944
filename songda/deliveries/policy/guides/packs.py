"""Industry groups 行业组 of a pack, and the facts that hold in certain industries alone 行业限定."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from songda.deliveries.policy.guides.models import FactScope, IndustryGroup
from songda.kernel.audit.actions import record
from songda.registry.actors import Actor


@transaction.atomic
def load(data: Mapping[str, Any], *, by: Actor, now: dt.datetime) -> int:
    """Enter groups and scopes; how many are new or changed. Guides already issued show by themselves that they are stale."""
    changed = sum(_group(place, one, by, now) for place, one in enumerate(data.get("groups", ())))
    held = {one["fact"]: list(one["industries"]) for one in data.get("only_in", ())}
    if {one.fact: one.classes for one in FactScope.objects.all()} != held:
        FactScope.objects.all().delete()
        FactScope.objects.bulk_create(FactScope(fact=fact, classes=classes) for fact, classes in held.items())
        changed += 1
    return changed


def _group(place: int, data: Mapping[str, Any], by: Actor, now: dt.datetime) -> bool:
    said = {"name": data["name"], "classes": list(data["industries"]), "ordinal": place}
    known = IndustryGroup.objects.filter(code=data["code"]).first()
    if known is not None and all(getattr(known, name) == value for name, value in said.items()):
        return False
    group, _made = IndustryGroup.objects.update_or_create(code=data["code"], defaults=said)
    record("policy.industry_group", group, by=by, now=now, after=said)
    return True
