"""Contact cards 联系卡 of a pack's measures: entered once; what people changed since is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from songda.deliveries.policy.library.actions import give_contact
from songda.deliveries.policy.library.models import ContactCard, MeasureVersion
from songda.deliveries.policy.library.packs.documents import Item
from songda.kernel import clock
from songda.registry.actors import Actor


@transaction.atomic
def load_contacts(items: Sequence[Item], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Enter the cards that measures of the pack give and that were never entered; how many. A measure may have none: then it cannot
    be published."""
    given = [one for one in items if one.get("contact")]
    return sum(_load(one, demonstration=demonstration, by=by, now=now) for one in given)


def card_of(item: Item) -> dict[str, str]:
    """A card as the columns keep it."""
    said = item["contact"]
    return {
        "section": said["section"], "post_title": said["post"], "phone": said["phone"], "email": said.get("email", ""),
        "wechat": said.get("wechat", ""),
    }  # fmt: skip


def _load(item: Item, *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    said = card_of(item)
    if ContactCard.objects.filter(measure__code=item["code"], **said).exists():
        return 0
    version = MeasureVersion.objects.filter(measure__code=item["code"]).order_by("number").last()
    if version is None:
        return 0
    today = clock.day_of(now)
    begins = min(dt.date.fromisoformat(item["opens_on"]), today) if "opens_on" in item else today
    give_contact(version.pk, {**said, "valid_from": begins, "demonstration": demonstration}, by=by, now=now)
    return 1
