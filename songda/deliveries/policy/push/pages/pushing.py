"""Pages of pushing: the list, a new one with its dry run and what it leaves out, one with its evidence, what failed."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.push import access, actions, queries
from songda.deliveries.policy.push.forms import PushForm
from songda.deliveries.policy.push.states import EXCLUDED, Fate
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid, Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.ledger.notices import actions as notices
from songda.ledger.notices import queries as told
from songda.ledger.notices.access import deliveries_visible_to, notices_visible_to
from songda.ledger.notices.states import CHANNELS, DELIVERY
from songda.registry.requests import ActingRequest

FIELDS = {"rule": "rule", "versions": "version", "documents": "document"}


@door("push.see")
def pushes(request: ActingRequest) -> HttpResponse:
    """Pushes in scope, newest first, with firms reached and person-times side by side."""
    page = page_of(access.pushes_visible_to(request.actor).order_by("-id"), request)
    rows = queries.pushes_with_evidence(page.rows, request.actor)
    return render(request, "policy_push/pushes.html", {"page": page, "pushes": rows})


@door("push.send")
def new(request: ActingRequest) -> HttpResponse:
    """Choose, try, confirm: the dry run is a GET that writes nothing, the push a POST of the same fields."""
    tried = request.GET if "try" in request.GET else None
    form = PushForm(request.POST or tried, actor=request.actor, initial=first_choice(request))
    given: dict[str, Any] = {"form": form, "query": request.GET.urlencode()}
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                done = actions.push(form.wanted(), by=request.actor, now=clock.now())
                messages.info(request, _("已生成推送，正在发送。"))
                return redirect("push:push", done.push.pk)
            given |= shown_preview(actions.try_push(form.wanted(), by=request.actor, now=clock.now()), request)
        except Refused as refusal:
            show_refusal(form, refusal, FIELDS)
    return render(request, "policy_push/new.html", given)


@door("push.send")
def excluded(request: ActingRequest) -> HttpResponse:
    """The firms under one fate of a dry run, with what is missing of each."""
    wanted, fate = tried_of(request)
    now = clock.now()
    found = queries.fates_kept(wanted, by=request.actor, now=now)[fate]
    page = queries.page_of_subjects(found, request.GET)
    lines = queries.lines_of(page.rows, fate, wanted, on=clock.day_of(now))
    query = request.GET.copy()
    for name in ("after", "fate"):
        query.pop(name, None)
    given = {"page": page, "lines": lines, "fate": fate, "query": query.urlencode()}
    return render(request, "policy_push/excluded.html", given)


@door("push.send")
def excluded_list(request: ActingRequest) -> FileResponse:
    """The same as a workbook."""
    wanted, fate = tried_of(request)
    found = queries.fates_kept(wanted, by=request.actor, now=clock.now())[fate]
    stream = io.BytesIO()
    actions.write_subjects(stream, found, str(fate.label))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"推送试算-{fate.label}.xlsx")


@door("push.see")
def push(request: ActingRequest, push_id: int) -> HttpResponse:
    """One push: firms reached, person-times, states by channel, when it will have been sent, and whom it told what and why."""
    found, now = access.push_for(push_id, request.actor), clock.now()
    visible = notices_visible_to(request.actor)
    evidence = queries.evidence_for(found, request.actor)
    cells = [{"channel": CHANNELS[code], "state": state, "count": n} for (code, state), n in sorted(evidence.cells.items())]
    mine = told.notices_to(queries.cause_of(found)).filter(pk__in=visible.values("pk"))
    given = {
        "push": found, "evidence": evidence, "cells": cells, "expected": told.expected_end(queries.cause_of(found), now=now), "now": now,
        "lines": found.lines.select_related("version", "document", "announcement"), "page": page_of(mine, request),
        "states": DELIVERY.states,
    }  # fmt: skip
    return render(request, "policy_push/push.html", given)


@door("push.see")
def failures(request: ActingRequest) -> HttpResponse:
    """Messages that failed or whose fate is unknown: they wait for a person."""
    page = page_of(told.failures(deliveries_visible_to(request.actor)), request)
    return render(request, "policy_push/failures.html", {"page": page, "states": DELIVERY.states})


@require_POST
@door("push.send")
def requeue(request: ActingRequest, delivery_id: int) -> HttpResponse:
    """Send one of them again."""
    notices.requeue_delivery(delivery_id, by=request.actor, now=clock.now())
    messages.info(request, _("已重新排队发送。"))
    return redirect("push:failures")


def first_choice(request: ActingRequest) -> dict[str, object]:
    """What a link from a measure's page has chosen already."""
    chosen = {name: request.GET.getlist(name) for name in ("version", "document")}
    return {**chosen, "area": request.actor.area_paths[0] if request.actor.area_paths else "", "channels": ["inbox"]}


def tried_of(request: ActingRequest) -> tuple[Any, Fate]:
    """The dry run and the fate that an address speaks of."""
    form = PushForm(request.GET, actor=request.actor)
    if not form.is_valid() or request.GET.get("fate") not in Fate.values:
        raise Invalid(_("试算条件已失效。"), advice=_("请回到新建推送，重新试算。"))
    return form.wanted(), Fate(request.GET["fate"])


def shown_preview(seen: queries.Preview, request: ActingRequest) -> dict[str, object]:
    """A dry run for its page: messages by the channel's name, everybody else by fate; remembered for turning pages."""
    queries.keep(seen.wanted, seen.fates, by=request.actor, now=clock.now())
    rest = [(fate, len(seen.fates[fate])) for fate in EXCLUDED if seen.fates[fate]]
    ways = [(CHANNELS[code], count) for code, count in seen.plan.deliveries.items()]
    whole = sum(len(some) for fate, some in seen.fates.items() if fate is not Fate.OUTSIDE)
    return {"preview": seen, "messages_by_channel": ways, "excluded": rest, "fresh": Fate.FRESH, "whole": whole}
