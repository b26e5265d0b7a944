"""Pages of new documents: the queue, one of them, each step, how fast they go through, reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.watch import actions, queries
from songda.deliveries.policy.watch.access import arrival_for, arrival_to_work, reminders_for
from songda.deliveries.policy.watch.actions import NewArrival, Text
from songda.deliveries.policy.watch.forms import arrivals as forms
from songda.deliveries.policy.watch.queries import Digest
from songda.deliveries.policy.watch.states import ARRIVAL
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.paths import outermost
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.registry.requests import ActingRequest

HERE = "/policy/watch/"


def at(arrival_id: int) -> str:
    """The page of one document."""
    return f"{HERE}{arrival_id}/"


@door("policy.see")
def arrivals(request: ActingRequest) -> HttpResponse:
    """The queue with its filters."""
    given, now = request.GET, clock.now()
    asked = {"state": given.get("state", ""), "late": given.get("late", ""), "text": given.get("text", "")}
    late = asked["late"] == "yes"
    rows = queries.arrivals_listed(request.actor, state=asked["state"], late=late, text=asked["text"], now=now)
    context = {"page": page_of(rows, request), "asked": asked, "states": ARRIVAL.states, "now": now}
    return render(request, "watch/arrivals.html", context)


@door("policy.edit")
def new(request: ActingRequest) -> HttpResponse:
    """Register a document."""

    def act(told: dict[str, Any]) -> str:
        made = NewArrival(
            told["title"], told["issuer"], told["source"], told["area_path"], told["received_on"], told["issued_on"],
            told["number"], told["link"], told["owner"].pk if told["owner"] else None, settings.DEMONSTRATION,
        )  # fmt: skip
        return at(actions.receive_arrival(made, by=request.actor, now=clock.now()).pk)

    initial = {"received_on": clock.day_of(clock.now()), "area_path": (outermost(request.actor.area_paths) or [""])[0]}
    form = forms.ArrivalForm(request.POST or None, actor=request.actor, initial=initial)
    return carried_out(request, form, Doing(_("登记新政策"), act, _("登记"), HERE))


@door("policy.see")
def arrival(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """One document: where it stands, its clock, its digest, tasks, pushes, and what may be done."""
    one, now = arrival_for(arrival_id, request.actor), clock.now()
    works = request.actor.may("policy.edit") and request.actor.works_in(one.area_path)
    context = {
        "arrival": one,
        "states": ARRIVAL.states,
        "late": one.due_at is not None and one.due_at < now,
        "works": works,
        "measures": queries.measures_of(one.document)[:20],
        "tasks": one.tasks.select_related("case__lead").order_by("pk"),
        "pushes": queries.pushes_about(one)[:5],
        "reminders": one.reminders.select_related("post__person").order_by("-pk")[:10],
    }
    return render(request, "watch/arrival.html", context)


@door("policy.edit")
def read(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Take the text into the library."""
    one = arrival_to_work(arrival_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        text = Text(told["text"], told["level"], told.get("file_name", ""), told.get("notes", ()))
        actions.read_arrival(arrival_id, text, by=request.actor, now=clock.now())
        return at(arrival_id)

    form = forms.TextForm(request.POST or None, request.FILES or None)
    return carried_out(request, form, Doing(_("正文入库"), act, _("收文并读取"), at(arrival_id), one.title))


@door("policy.edit")
def summarise(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Write the digest, beginning from what the reader drafted."""
    one = arrival_to_work(arrival_id, request.actor)
    draft = queries.draft_of(one)

    def act(told: dict[str, Any]) -> str:
        digest = Digest(told["whats_new"], told["who_benefits"], told["how_to_apply"])
        tasks = {kind: told[kind].pk for kind in ("push", "decompose") if told[kind]}
        actions.summarise_arrival(arrival_id, digest, by=request.actor, now=clock.now(), tasks=tasks)
        return at(arrival_id)

    initial = {"whats_new": draft.whats_new, "who_benefits": draft.who_benefits, "how_to_apply": draft.how_to_apply}
    form = forms.DigestForm(request.POST or None, actor=request.actor, initial=initial)
    return carried_out(request, form, Doing(_("梳理归纳"), act, _("完成梳理"), at(arrival_id), one.title))


@door("policy.edit")
def hand_on(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Give a unit a task."""
    one = arrival_to_work(arrival_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        actions.hand_on(arrival_id, told["kind"], told["unit"].pk, by=request.actor, now=clock.now())
        return at(arrival_id)

    form = forms.HandOnForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("交办任务"), act, _("交办"), at(arrival_id), one.title))


@door("policy.edit")
def pushed(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Say which push told of it."""
    one = arrival_to_work(arrival_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        actions.record_push(arrival_id, told["push"].pk, by=request.actor, now=clock.now(), note=told["note"])
        return at(arrival_id)

    form = forms.PushedForm(request.POST or None, pushes=queries.pushes_to_choose(one, request.actor))
    return carried_out(request, form, Doing(_("登记推送"), act, _("登记"), at(arrival_id), one.title))


@door("policy.edit")
def set_aside(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Set a document aside."""
    one = arrival_to_work(arrival_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        actions.set_aside(arrival_id, told["reason"], by=request.actor, now=clock.now())
        return at(arrival_id)

    return carried_out(
        request, forms.ReasonForm(request.POST or None), Doing(_("不予办理"), act, _("确定"), at(arrival_id), one.title)
    )


@require_POST
@door("policy.edit")
def resume(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Take it up again."""
    return attempt(request, lambda: actions.resume(arrival_id, by=request.actor, now=clock.now()), at(arrival_id))


@door("policy.see")
def timeliness(request: ActingRequest) -> HttpResponse:
    """How fast documents go through; the last ninety days unless asked otherwise."""
    now = clock.now()
    today = clock.day_of(now)
    first, last = day_in(request, "first", today - dt.timedelta(days=89)), day_in(request, "last", today)
    found = queries.timeliness(request.actor, first, max(first, last), now=now)
    return render(request, "watch/timeliness.html", {"found": found})


@door("policy.see")
def reminders(request: ActingRequest) -> HttpResponse:
    """What this post was told and has not acknowledged."""
    return render(request, "watch/reminders.html", {"page": page_of(reminders_for(request.actor).order_by("-pk"), request)})


@require_POST
@door("policy.see")
def seen(request: ActingRequest, reminder_id: int) -> HttpResponse:
    """Acknowledge a reminder."""
    return attempt(
        request, lambda: actions.acknowledge(reminder_id, by=request.actor, now=clock.now()), f"{HERE}reminders/", _("已签收。")
    )


def day_in(request: ActingRequest, name: str, otherwise: dt.date) -> dt.date:
    """A day asked for, or the usual one."""
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise
