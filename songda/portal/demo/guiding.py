"""Plans, guides and contacts of the demonstration: the district's thirty put in force, guides issued, a few words marked."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.guides.actions import issue_guide
from songda.deliveries.policy.guides.models import IndustryGroup
from songda.deliveries.policy.guides.queries import ground_of
from songda.deliveries.policy.library.actions import annotate, give_contact
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries import cards_of
from songda.deliveries.policy.plans.actions import confirm_plan, publish_plan
from songda.deliveries.policy.plans.models import Plan
from songda.kernel import clock
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations

AREAS = ("410172", "410106")  # the zone and the district whose packages the demonstration has
MARKED = (
    ("gx-kangyi-8-20", "key_point", "每人次补贴 100 元，按实际检测人次核发"),
    ("gx-kangyi-8-05", "key_point", "国有房屋租金直接减免，不必先交后退"),
    ("gx-kangyi-8-01", "red_line", "裁员率超过规定的，不得享受"),
    ("gx-kangyi-8-25", "red_line", "一年内有拖欠农民工工资记录的，不得缓缴保证金"),
)


def put_in_force(editor: Actor, publisher: Actor, desk: Actor, now: dt.datetime) -> None:
    """Publish the plans, mark a few words, bind the desk's cards to its post, then issue every guide that lists something."""
    for plan in Plan.objects.filter(state="draft").order_by("pk"):
        confirm_plan(plan.pk, by=editor, now=now)
        publish_plan(plan.pk, by=publisher, now=now)
    for code, kind, note in MARKED:
        mark(code, kind, note, editor, now)
    bind_cards(desk, editor, now)
    for area in AREAS:
        path = organisations.by_code(area).area_path
        ground = ground_of(path, clock.day_of(now))
        for group in IndustryGroup.objects.all():
            if ground.of(group.as_industry()).items:
                issue_guide(group.code, path, by=publisher, now=now)


def mark(code: str, kind: str, note: str, editor: Actor, now: dt.datetime) -> None:
    """Mark the words that a published measure stands on."""
    source = MeasureVersion.objects.get(measure__code=code, state="published").sources.select_related("article").first()
    if source is not None:
        annotate(source.article.document_id, kind=kind, start=source.start, end=source.end, note=note, by=editor, now=now)


def bind_cards(desk: Actor, editor: Actor, now: dt.datetime) -> None:
    """The desk answers for its unit's measures: when its post ends, they show up in the list of those without a contact."""
    for version in MeasureVersion.objects.filter(state="published", department=desk.organisation_id).order_by("pk"):
        card = cards_of(version.measure).first()
        if card is not None:
            said = {"section": card.section, "post_title": card.post_title, "phone": card.phone, "email": card.email}
            give_contact(version.pk, {**said, "post_id": desk.post_id, "demonstration": True}, by=editor, now=now)
