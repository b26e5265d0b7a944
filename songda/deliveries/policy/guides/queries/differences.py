"""What changed between two makings of a guide 变动."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.guides.queries.contents import Item


@dataclass(frozen=True, slots=True)
class Change:
    """One measure and what happened to it."""

    title: str
    what: str


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """Measures that came, went, or are had in another way; in the order of the later guide, what went at the end."""
    old = {one.measure.measure_id: one for one in before}
    new = {one.measure.measure_id for one in after}
    found = [Change(one.measure.title, word) for one in after if (word := _word(old.get(one.measure.measure_id), one))]
    return found + [Change(one.measure.title, _("不再适用")) for key, one in old.items() if key not in new]


def _word(old: Item | None, new: Item) -> str:
    if old is None:
        return _("新增")
    words = [
        word
        for same, word in (
            (old.measure.pk == new.measure.pk, _("措施有新版本")),
            (old.implementing == new.implementing, _("实施细则有变动")),
            (old.card == new.card, _("联系人有变动")),
        )
        if not same
    ]
    return "、".join(words)
