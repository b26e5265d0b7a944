"""Firms on an official list of names 名单, as facts say on a day."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.paths import within
from songda.ledger.papers.rules.list_sources import MOST, ListRows
from songda.registry.actors import Actor
from songda.registry.facts.queries import Reach, definitions, held
from songda.registry.subjects import access as subjects

KEY_FIRMS = "guarantee_list"
HEAD, WIDTHS = ("企业名称", "统一社会信用代码"), (5, 4)


def key_firms(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """The key firms of epidemic control in a territory, of those the actor sees, by name."""
    definition = definitions().get(KEY_FIRMS)
    if definition is None:
        return ListRows(HEAD, (), WIDTHS)
    last = held(Reach(area_path, facts=[definition.pk]), known_at=now, until=clock.day_of(now)).of(definition.pk).last_of_each()
    listed = [int(subject) for subject, num in zip(last.subjects, last.nums, strict=True) if num == 1]
    seen = subjects.visible_to(actor).filter(within([area_path]), pk__in=listed).order_by("name", "pk")
    rows = seen.values_list("name", "uscc")[: MOST + 1]
    return ListRows(HEAD, tuple((name, uscc or "—") for name, uscc in rows), WIDTHS)
