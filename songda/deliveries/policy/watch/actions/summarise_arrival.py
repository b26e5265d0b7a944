"""A digest is written 梳理归纳, work is handed on, and the push is recorded: by the push itself, or by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.watch.access import arrival_to_work
from songda.deliveries.policy.watch.models import Arrival, ArrivalTask
from songda.deliveries.policy.watch.queries import Digest, due_of, limits, pushes_about, pushes_to_choose
from songda.deliveries.policy.watch.states import ARRIVAL, TaskKind
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.kernel.machines import move
from songda.ledger.cases.actions import open_case
from songda.registry.actors import Actor, house
from songda.registry.calendars.queries import calendar
from songda.registry.organisations.access import organisation_for


@transaction.atomic
def summarise_arrival(
    arrival_id: int, digest: Digest, *, by: Actor, now: dt.datetime, tasks: Mapping[str, int] | None = None
) -> Arrival:
    """Write the digest and hand on: `tasks` are units by kind (`push`, `decompose`). The clock of the push begins."""
    arrival = arrival_to_work(arrival_id, by)
    said = {"whats_new": digest.whats_new, "who_benefits": digest.who_benefits, "how_to_apply": digest.how_to_apply}
    empty = {name: _("请写明。") for name, text in said.items() if not text.strip()}
    if empty:
        raise Invalid(_("摘要要写明新在哪里、谁能受益、怎么办理。"), fields=empty)
    fresh = Arrival(state="summarised", received_at=arrival.received_at, summarised_at=now)
    move(
        ARRIVAL, arrival, "summarise", due_at=due_of(fresh, limits(), calendar()), summarised_at=now, summarised_name=by.name,
        **{name: text.strip() for name, text in said.items()},
    )  # fmt: skip
    record("watch.summarise", arrival, by=by, now=now, after={"due": str(arrival.due_at)})
    for kind, unit_id in (tasks or {}).items():
        hand_on(arrival.pk, kind, unit_id, by=by, now=now)
    return arrival


@transaction.atomic
def hand_on(arrival_id: int, kind: str, unit_id: int, *, by: Actor, now: dt.datetime) -> ArrivalTask:
    """Give a unit the task to push or to decompose a digested document; it stands in the ledger with a clock of its own."""
    arrival = arrival_to_work(arrival_id, by)
    if kind not in TaskKind.values or not arrival.whats_new:
        raise Invalid(_("梳理归纳之后才能交办，任务为推送或分解落实。"), fields={"kind": _("请选择任务。")})
    if ArrivalTask.objects.filter(arrival=arrival, kind=kind).exists():
        raise Conflict(_("这项任务已经交办。"), advice=_("请在台账中查看办理情况。"))
    unit = organisation_for(unit_id, by)
    given = {
        "text": f"{arrival.whats_new}\n\n{arrival.who_benefits}\n\n{arrival.how_to_apply}", "origin": "officer", "channel": "meeting",
        "area_path": unit.area_path, "lead_id": unit.pk, "request_key": f"arrival:{arrival.pk}:{kind}",
        "demonstration": arrival.demonstration,
    }  # fmt: skip
    title = f"{TaskKind(kind).label}：{arrival.title}"
    case = open_case("task", subject_id=None, title=title[:160], by=by, now=now, given=given)
    made = ArrivalTask.objects.create(arrival=arrival, kind=kind, case=case)
    record("watch.hand_on", arrival, by=by, now=now, after={"kind": kind, "unit": unit.code, "case": case.number})
    return made


@transaction.atomic
def record_push(arrival_id: int, push_id: int, *, by: Actor, now: dt.datetime, note: str = "") -> Arrival:
    """Say which push told of a document. One with no line about its measures needs a word why it counts."""
    arrival = arrival_to_work(arrival_id, by, "push.send")
    push = pushes_to_choose(arrival, by).filter(pk=push_id).first()
    if push is None:
        raise NotFound(_("没有这次推送，或它早于收文。"), advice=_("请从列表中选择。"))
    if not note.strip() and not pushes_about(arrival).filter(pk=push.pk).exists():
        raise Invalid(_("这次推送的内容不是这份文件的措施。"), fields={"note": _("请写明为什么算作推送了这份文件。")})
    return pushed(arrival, push, note, by=by, now=now)


def pushed(arrival: Arrival, push: Push, note: str, *, by: Actor, now: dt.datetime) -> Arrival:
    """The step itself; its moment is the push's."""
    given = {"push": push, "push_note": note.strip()[:200], "pushed_at": push.created_at, "pushed_name": by.name, "due_at": None}
    move(ARRIVAL, arrival, "push", **given)
    record("watch.push", arrival, by=by, now=now, after={"push": push.pk, "note": arrival.push_note})
    return arrival


@transaction.atomic
def notice_push(arrival_id: int, *, now: dt.datetime) -> bool:
    """Take the step where a push has told of the document's measures since its digest was written; whether one had."""
    arrival = Arrival.objects.filter(pk=arrival_id, state="summarised").first()
    push = pushes_about(arrival).first() if arrival else None
    if arrival is None or push is None:
        return False
    pushed(arrival, push, "", by=house("policy.edit"), now=now)
    return True
