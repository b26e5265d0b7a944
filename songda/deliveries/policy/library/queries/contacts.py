"""Contact cards 联系卡: the one that holds for a firm on a day, and the measures that nobody can be asked about (POL-13)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import reaching
from songda.deliveries.policy.library.models import ContactCard, Measure, MeasureVersion
from songda.registry.actors import Actor
from songda.registry.people.models import Post

OPEN_STATES = ("draft", "reviewed", "published")


@dataclass(frozen=True, slots=True)
class Uncontacted:
    """A measure without a valid card: its version, the last card it had, why that one is worth nothing, and who must mend it."""

    version: MeasureVersion
    last: ContactCard | None
    fault: str

    @property
    def owner(self) -> str:
        """The unit that owes a card."""
        return str(self.version.department or self.version.department_text or _("政策编辑"))


def valid_cards(on: dt.date) -> QuerySet[ContactCard]:
    """Cards that can be relied on, on a day: begun, not over, and their post, where they have one, is held."""
    held = Q(post__starts_on__lte=on) & (Q(post__ends_on=None) | Q(post__ends_on__gt=on))
    rows = ContactCard.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), Q(post=None) | held, valid_from__lte=on)
    return rows.select_related("unit", "post__person")


def contact_for(measure: Measure, area_path: str, on: dt.date) -> ContactCard | None:
    """The card of the narrowest territory that holds this one; None where there is none that is valid on the day."""
    return narrowest(valid_cards(on).filter(measure=measure), area_path)


def contacts_for(measures: Iterable[int], area_path: str, on: dt.date) -> dict[int, ContactCard]:
    """The same for several measures, in one query."""
    held: defaultdict[int, list[ContactCard]] = defaultdict(list)
    for card in valid_cards(on).filter(measure__in=list(measures)):
        held[card.measure_id].append(card)
    found = {key: narrowest(cards, area_path) for key, cards in held.items()}
    return {key: card for key, card in found.items() if card is not None}


def narrowest(cards: Iterable[ContactCard], area_path: str) -> ContactCard | None:
    """Of the cards whose territory holds this one, that of the smallest."""
    own = [one for one in cards if area_path.startswith(one.area_path)]
    return max(own, key=lambda one: (len(one.area_path), one.valid_from, one.pk), default=None)


def without_contact(actor: Actor, on: dt.date) -> list[Uncontacted]:
    """Measures that reach the actor, are published and not closed on a day, and have no valid card for their whole territory.

    Four queries. By unit, so that each finds its own together.
    """
    rows = MeasureVersion.objects.filter(pk__in=_bare(_on_offer(actor, on), on))
    bare = list(rows.select_related("measure", "department").order_by("department__code", "pk"))
    last = {one.measure_id: one for one in _cards_of({one.measure_id for one in bare}).order_by("valid_from", "pk")}
    return [_told(one, last.get(one.measure_id), on) for one in bare]


def count_without_contact(actor: Actor, on: dt.date, *, department_id: int | None = None) -> int:
    """How many of these there are, of all or of one unit; two queries, and none of the measures' texts."""
    rows = _on_offer(actor, on)
    return len(_bare(rows if department_id is None else rows.filter(department=department_id), on))


def _on_offer(actor: Actor, on: dt.date) -> QuerySet[MeasureVersion]:
    return MeasureVersion.objects.filter(reaching(actor), Q(closes_on=None) | Q(closes_on__gte=on), state="published")


def _bare(rows: QuerySet[MeasureVersion], on: dt.date) -> list[int]:
    """Those of some versions whose whole territory no valid card covers."""
    areas: defaultdict[int, list[str]] = defaultdict(list)
    for measure, area in valid_cards(on).order_by().values_list("measure_id", "area_path"):
        areas[measure].append(area)
    spots = rows.order_by().values_list("pk", "measure_id", "area_path")
    return [key for key, measure, path in spots if not any(path.startswith(area) for area in areas[measure])]


def cards_of(measure: Measure) -> QuerySet[ContactCard]:
    """Every card a measure ever had, newest first."""
    return _cards_of({measure.pk}).order_by("-valid_from", "-pk")


def posts_for(version: MeasureVersion, on: dt.date) -> QuerySet[Post]:
    """Posts of the unit answering for a measure that are held on a day."""
    held = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Post.objects.filter(held, organisation=version.department_id, starts_on__lte=on)
    return rows.select_related("person", "organisation").order_by("role", "pk")


def _cards_of(measures: Iterable[int]) -> QuerySet[ContactCard]:
    return ContactCard.objects.filter(measure__in=list(measures)).select_related("unit", "post__person")


def _told(version: MeasureVersion, last: ContactCard | None, on: dt.date) -> Uncontacted:
    if last is None:
        return Uncontacted(version, None, _("从未登记联系卡。"))
    return Uncontacted(version, last, last.fault_on(on) or _("联系卡只适用于部分辖区。"))
