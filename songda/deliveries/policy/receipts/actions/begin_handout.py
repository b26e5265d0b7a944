"""Begin a delivery 发起送达: the package and the population, drawn once and frozen; end it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import documents_visible_to, measures_visible_to
from songda.deliveries.policy.receipts import queries
from songda.deliveries.policy.receipts.access import check_may_begin, handout_to_run
from songda.deliveries.policy.receipts.models import Handout, HandoutItem, Recipient
from songda.deliveries.policy.receipts.queries import Drawn
from songda.deliveries.policy.receipts.rules.lists import digest_of_list
from songda.deliveries.policy.receipts.states import HANDOUT
from songda.kernel import bulk, clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.registry.actors import Actor
from songda.registry.facts.actions import take_snapshot
from songda.registry.facts.models import Snapshot


@dataclass(frozen=True, slots=True)
class NewHandout:
    """A delivery to be: the texts, where, whom (a kind of subject and a rule, empty: all), until when."""

    title: str
    area_path: str
    kind: str
    rule: str = ""
    documents: Sequence[int] = ()
    versions: Sequence[int] = ()
    due_on: dt.date | None = None
    note: str = ""
    opening_counts: bool = False
    request_key: str = ""


def try_handout(new: NewHandout, *, by: Actor, now: dt.datetime) -> Drawn:
    """The dry run 试算: whom it would be for, on the latest snapshot. Nothing is written."""
    check_may_begin(new.area_path, by)
    return queries.drawn(new.area_path, new.kind, new.rule, on=clock.day_of(now))


@transaction.atomic
def begin_handout(new: NewHandout, *, by: Actor, now: dt.datetime) -> Handout:
    """Draw the population on the facts of this moment, keep it, and begin. The same request key again gives what it made.

    Invalid for a package without texts, a text that is not in sight or not published, a rule that is none; Conflict for nobody.
    """
    check_may_begin(new.area_path, by)
    earlier = Handout.objects.filter(request_key=new.request_key).first() if new.request_key else None
    if earlier is not None:
        return earlier
    if not new.title.strip():
        raise Invalid(_("请填写任务名称。"), fields={"title": _("例如：上级惠企政策汇编送达。")})
    items = list(texts_of(new, by))
    today = clock.day_of(now)
    if new.due_on is not None and new.due_on < today:
        raise Invalid(_("应于日期已过。"), fields={"due_on": _("请填今天或以后的日期。")})
    snapshot = take_snapshot(as_of=today, known_at=now, area_path=new.area_path) if new.rule.strip() else None
    found = queries.drawn(new.area_path, new.kind, new.rule, on=today, snapshot=snapshot)
    if not found.rows:
        raise Conflict(_("没有符合条件的主体，未发起送达。"), advice=_("请核对辖区、主体类型和条件。"))
    try:
        with transaction.atomic():
            handout = _written(new, found, snapshot, by, now)
    except IntegrityError:
        return Handout.objects.get(request_key=new.request_key)
    HandoutItem.objects.bulk_create(_placed(handout, items))
    bulk.insert(Recipient, ("handout_id", "subject_id", "name", "area_path"), ((handout.pk, *row) for row in found.rows))
    after = {"recipients": len(found.rows), "undecided": len(found.unknown), "digest": handout.digest, "rule": handout.rule}
    record("receipts.begin", handout, by=by, now=now, after=after)
    return handout


@transaction.atomic
def close_handout(handout_id: int, *, by: Actor, now: dt.datetime) -> Handout:
    """End a delivery: nothing more is recorded; its figures stay."""
    handout = handout_to_run(handout_id, by)
    move(HANDOUT, handout, "close", closed_at=now)
    record("receipts.close", handout, by=by, now=now, after={"state": handout.state})
    return handout


def texts_of(new: NewHandout, by: Actor) -> Iterator[HandoutItem]:
    """The package, documents first; Invalid where it is empty or names what the actor may not hand out."""
    documents = documents_visible_to(by).in_bulk(list(dict.fromkeys(new.documents)))
    versions = measures_visible_to(by).filter(state="published").in_bulk(list(dict.fromkeys(new.versions)))
    wanted = len(set(new.documents)) + len(set(new.versions))
    if not wanted or len(documents) + len(versions) != wanted:
        raise Invalid(_("请选择要送达的文件或措施；措施须已发布。"), fields={"documents": _("至少一份。")})
    for document in documents.values():
        yield HandoutItem(document=document, title=document.title[:300])
    for version in versions.values():
        yield HandoutItem(version=version, title=version.title[:300])


def _placed(handout: Handout, items: Sequence[HandoutItem]) -> Iterator[HandoutItem]:
    for place, item in enumerate(items):
        item.handout, item.ordinal = handout, place
        yield item


def _written(new: NewHandout, found: Drawn, snapshot: Snapshot | None, by: Actor, now: dt.datetime) -> Handout:
    return Handout.objects.create(
        title=new.title.strip()[:160], note=new.note.strip()[:400], area_path=new.area_path, kind=new.kind, rule=found.rule,
        opening_counts=new.opening_counts, due_on=new.due_on, began_at=now, snapshot=snapshot,
        digest=digest_of_list(subject for subject, *_rest in found.rows), undecided=len(found.unknown), account_id=by.account_id,
        name=by.name, request_key=new.request_key or None,
    )  # fmt: skip
