"""What watchers ask: does the process live, is the house ready, figures for Prometheus, the page of operations 运行状况."""

from __future__ import annotations

from ipaddress import ip_address
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import songda
from songda.kernel import clock
from songda.kernel.doors import PUBLIC, door
from songda.kernel.errors import NotPermitted
from songda.kernel.jobs.state import last_runs
from songda.ledger.notices.queries.backlog import lane_label
from songda.ledger.notices.states import CHANNELS
from songda.portal.watching import exposition
from songda.portal.watching.board import lines, outcome
from songda.portal.watching.readiness import reasons
from songda.portal.watching.state import state
from songda.portal.watching.tallies import total
from songda.registry.requests import ActingRequest


@require_safe
@door(PUBLIC)
def lives(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    del request
    return JsonResponse({"alive": True})


@require_safe
@door(PUBLIC)
def ready(request: HttpRequest) -> HttpResponse:
    """200 when requests can be served, else 503 with the reasons."""
    del request
    found = reasons()
    return JsonResponse({"ready": not found, "reasons": found}, status=503 if found else 200)


@require_safe
@door(PUBLIC)
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of all web processes and of the house, for who has the token; without a token, on this machine only."""
    if not may_measure(request):
        raise NotPermitted(_("没有读取运行数据的令牌。"), advice=_("请在请求头中带上配置的令牌。"))
    families = [*exposition.requests(total(settings.HOME / "figures")), *exposition.house(state(), songda.__version__)]
    return HttpResponse(exposition.text(families), content_type=exposition.CONTENT_TYPE)


def may_measure(request: HttpRequest) -> bool:
    """Whether a request brings the token, or comes from this machine where none is set."""
    if settings.METRICS_TOKEN:
        return compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@door("system.configure")
def operations(request: ActingRequest) -> HttpResponse:
    """How the house runs: queue, sweeper, push, nightly jobs, disk, seal, backup."""
    found = state()
    context = {
        "lines": lines(found),
        "runs": [(run, outcome(run)) for run in last_runs()],
        "reasons": reasons(),
        "now": clock.now(),
    }
    context["backlog"] = [(CHANNELS[channel], lane_label(lane), n) for channel, lane, n in found.backlog]
    return render(request, "watching/operations.html", context)
