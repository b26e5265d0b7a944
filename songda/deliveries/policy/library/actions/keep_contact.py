"""Give a measure its contact card 登记联系卡, or end one 停用."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import version_to_contact
from songda.deliveries.policy.library.models import ContactCard, MeasureVersion
from songda.deliveries.policy.library.queries.contacts import contact_for
from songda.deliveries.policy.library.rules.contacts import FIELDS, lacks_of_card
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.people.models import Post

Said = Mapping[str, object]


@transaction.atomic
def give_contact(version_id: int, said: Said, *, by: Actor, now: dt.datetime) -> ContactCard:
    """Put a card in force for the measure of a version: the one before it, in the same territory, ends the day before.

    `said`: section, post_title, phone; and email, wechat, post_id, area_path (of the measure's, where not given), valid_from
    (today), valid_until, demonstration. Invalid with every lack by field.
    """
    version, today = version_to_contact(version_id, by), clock.day_of(now)
    words = {name: str(said.get(name) or "").strip() for name in FIELDS}
    begins, ends = said.get("valid_from") or today, said.get("valid_until")
    if not isinstance(begins, dt.date) or not (ends is None or isinstance(ends, dt.date)):
        raise TypeError("days of a card are dates")
    area_path = str(said["area_path"]) if "area_path" in said else version.area_path
    refuse_faults(words, version, area_path, begins, ends)
    post = _post(said.get("post_id"), version, max(begins, today))
    _end_former(version, area_path, begins)
    card = ContactCard.objects.create(
        measure=version.measure, area_path=area_path, unit_id=version.department_id, post=post, valid_from=begins, valid_until=ends,
        demonstration=bool(said.get("demonstration")), made_by=by.account_id, made_at=now, **words,
    )  # fmt: skip
    after = {"measure": version.measure.code, "section": card.section, "post": card.post_id, "valid_from": str(begins)}
    record("policy.give_contact", card, by=by, now=now, after=after)
    return card


@transaction.atomic
def end_contact(version_id: int, card_id: int, *, by: Actor, now: dt.datetime) -> ContactCard:
    """A card is worth nothing from tomorrow on; the measure stands in the list of those without one until another is given."""
    version, today = version_to_contact(version_id, by), clock.day_of(now)
    held = ContactCard.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), pk=card_id, measure=version.measure)
    if held.update(valid_until=today) != 1:
        raise Conflict(_("这张联系卡已经停用。"), advice=_("请刷新页面。"))
    card = ContactCard.objects.get(pk=card_id)
    record("policy.end_contact", card, by=by, now=now, after={"valid_until": str(today)})
    return card


def refuse_without_contact(version: MeasureVersion, on: dt.date) -> None:
    """Nobody may be promised something without somebody to ask: no publication without a card that is valid on the day (POL-13)."""
    if contact_for(version.measure, version.area_path, on) is None:
        message = _("“%(title)s”没有有效的联系卡。") % {"title": version.title}
        advice = _("请先登记联系科室、联系人和电话，再发布。")
        raise Invalid(message, advice=advice, fields={"contact": advice}, code="no_contact")


def refuse_faults(
    words: Mapping[str, str], version: MeasureVersion, area_path: str, begins: dt.date, ends: dt.date | None
) -> None:
    """Everything wrong with a card at once."""
    lacks = lacks_of_card(words)
    if ends is not None and ends < begins:
        lacks["valid_until"] = _("失效日期早于生效日期。")
    if not area_path.startswith(version.area_path):
        lacks["area_path"] = _("联系卡的辖区须在措施的适用辖区之内。")
    if lacks:
        raise Invalid(_("联系卡还不完整。"), advice=_("科室、联系人、联系方式三项都要公布。"), fields=lacks, code="incomplete")


def _post(post_id: object, version: MeasureVersion, on: dt.date) -> Post | None:
    """The post a card is bound to: of the unit that answers for the measure, and held on the day."""
    if not isinstance(post_id, int):
        return None
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), pk=post_id, organisation=version.department_id)
    found = held.first()
    if found is None:
        raise Invalid(_("该岗位不属于责任单位，或已空缺。"), fields={"post_id": _("请另选在任岗位，或留空。")})
    return found


def _end_former(version: MeasureVersion, area_path: str, begins: dt.date) -> None:
    former = ContactCard.objects.filter(Q(valid_until=None) | Q(valid_until__gte=begins), measure=version.measure)
    former.filter(area_path=area_path).update(valid_until=begins - dt.timedelta(days=1))
