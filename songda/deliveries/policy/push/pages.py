"""Pages of push: the list, a new one with its dry run, one with its evidence, statistics, and what failed."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.push import access, actions, queries
from songda.deliveries.policy.push.forms import PushForm
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.ledger.notices import actions as notices
from songda.ledger.notices import queries as told
from songda.ledger.notices.access import deliveries_visible_to, notices_visible_to
from songda.ledger.notices.states import CHANNELS, DELIVERY
from songda.registry.requests import ActingRequest
from songda.registry.subjects.models import Subject

WEEKS_SHOWN = dt.timedelta(weeks=8)
NAMES_SHOWN = 20


@door("push.see")
def pushes(request: ActingRequest) -> HttpResponse:
    """Pushes in scope, newest first, with firms reached and person-times side by side."""
    page = page_of(access.pushes_visible_to(request.actor).order_by("-id"), request)
    return render(
        request, "policy_push/pushes.html", {"page": page, "pushes": queries.pushes_with_evidence(page.rows, request.actor)}
    )


@door("push.send")
def new(request: ActingRequest) -> HttpResponse:
    """Choose, try, confirm: the dry run is a GET that writes nothing, the push a POST of the same fields."""
    form = PushForm(
        request.POST or (request.GET if "try" in request.GET else None), actor=request.actor, initial=first_choice(request)
    )
    given: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        chosen, now = form.cleaned_data, clock.now()
        what = ([one.pk for one in chosen["version"]], chosen["area"], chosen["channels"])
        if request.method == "POST":
            done = actions.push_measures(*what, by=request.actor, now=now, title=chosen["title"])
            messages.info(request, _("已生成推送，正在发送。"))
            return redirect("push:push", done.push.pk)
        given |= shown_preview(actions.preview_push(*what, by=request.actor, now=now))
    return render(request, "policy_push/new.html", given)


@door("push.see")
def push(request: ActingRequest, push_id: int) -> HttpResponse:
    """One push: firms reached, person-times, states by channel, and whom it told what and why."""
    found = access.push_for(push_id, request.actor)
    visible = notices_visible_to(request.actor)
    evidence = queries.evidence_for(found, request.actor)
    given = {
        "push": found,
        "evidence": evidence,
        "cells": [
            {"channel": CHANNELS[channel], "state": state, "count": n} for (channel, state), n in sorted(evidence.cells.items())
        ],
        "lines": found.lines.select_related("version"),
        "page": page_of(told.notices_to(queries.cause_of(found)).filter(pk__in=visible.values("pk")), request),
        "states": DELIVERY.states,
        "now": clock.now(),
    }
    return render(request, "policy_push/push.html", given)


@door("push.see")
def statistics(request: ActingRequest) -> HttpResponse:
    """By measure, by channel, by day (POL-08), with both figures named."""
    now = clock.now()
    found = queries.statistics(request.actor, since=clock.day_of(now) - WEEKS_SHOWN)
    return render(request, "policy_push/statistics.html", {"statistics": found, "tables": tables(found), "now": now})


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
    return {"version": request.GET.getlist("version"), "area": request.actor.area_paths[0] if request.actor.area_paths else ""}


def shown_preview(preview: queries.Preview) -> dict[str, object]:
    """A dry run for its page: messages by the channel's name, and the first firms that cannot be reached."""
    ways = [(CHANNELS[channel], count) for channel, count in preview.plan.deliveries.items()]
    missing = Subject.objects.filter(pk__in=preview.plan.without_contact[:NAMES_SHOWN]).order_by("name_key", "pk")
    return {"preview": preview, "messages_by_channel": ways, "unreachable": missing}


def tables(found: queries.Statistics) -> list[dict[str, object]]:
    """The three cuts of the statistics as tables."""
    measures = [(version.title if version else _("已删除的措施"), row) for version, row in found.measures]
    channels = [(CHANNELS[row.name], row) for row in found.channels]
    return [
        {"title": _("按措施"), "head": _("措施"), "rows": measures},
        {"title": _("按渠道"), "head": _("渠道"), "rows": channels},
        {"title": _("按日（近八周）"), "head": _("发出日期"), "rows": [(row.name, row) for row in found.days]},
    ]
