"""Pages of hooks 事件推送: the post's own with what came of its calls; for who configures the system the list, without what was told."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.ledger.notices import access, actions
from songda.ledger.notices.forms import HookForm
from songda.ledger.notices.models import Hook
from songda.ledger.notices.queries import hooks as queries
from songda.ledger.notices.rules.events import heard_by
from songda.ledger.notices.states import DELIVERY, STUCK
from songda.registry.requests import ActingRequest

HOME = "/hooks/"


@door(SIGNED_IN)
def hooks(request: ActingRequest) -> HttpResponse:
    """The hooks in sight."""
    page = page_of(access.hooks_visible_to(request.actor), request)
    rows = [(one, queries.STATES[one.state], queries.labels(one.events)) for one in page.rows]
    return render(request, "notices/hooks.html", {"page": page, "hooks": rows, "offered": heard_by(request.actor.permissions)})


@door(SIGNED_IN)
def new(request: ActingRequest) -> HttpResponse:
    """Register one; its secret is shown in the answer, and never again."""
    form = HookForm(request.POST or None, offered=heard_by(request.actor.permissions))
    if form.is_valid():
        try:
            return secret(request, actions.open_hook(**form.cleaned_data, by=request.actor, now=clock.now()))
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "notices/new_hook.html", {"form": form, "submit": _("登记")})


@door(SIGNED_IN)
def hook(request: ActingRequest, hook_id: int) -> HttpResponse:
    """One hook and the answers to its calls."""
    found = access.hook_for(hook_id, request.actor)
    given = {
        "hook": found, "state": queries.STATES[found.state], "labels": queries.labels(found.events),
        "page": page_of(queries.calls_of(found), request), "states": DELIVERY.states, "stuck": STUCK,
        "own": found.post_id == request.actor.post_id, "now": clock.now(),
    }  # fmt: skip
    return render(request, "notices/hook.html", given)


@require_POST
@door(SIGNED_IN)
def pause(request: ActingRequest, hook_id: int) -> HttpResponse:
    """Send nothing for a while."""
    return done(request, actions.pause_hook, hook_id, _("已暂停。暂停期间的事件不补发。"))


@require_POST
@door(SIGNED_IN)
def resume(request: ActingRequest, hook_id: int) -> HttpResponse:
    """Go on."""
    return done(request, actions.resume_hook, hook_id, _("已恢复。"))


@require_POST
@door(SIGNED_IN)
def close(request: ActingRequest, hook_id: int) -> HttpResponse:
    """End it for good."""
    return done(request, actions.close_hook, hook_id, _("已停用。"))


@require_POST
@door(SIGNED_IN)
def ping(request: ActingRequest, hook_id: int) -> HttpResponse:
    """Send a test event."""
    return done(request, actions.ping, hook_id, _("测试事件已排队，一分钟内发出，刷新可看到答复。"))


@require_POST
@door(SIGNED_IN)
def rotate(request: ActingRequest, hook_id: int) -> HttpResponse:
    """Another secret, shown this once."""
    return secret(request, actions.rotate_secret(hook_id, by=request.actor, now=clock.now()))


@require_POST
@door(SIGNED_IN)
def again(request: ActingRequest, delivery_id: int) -> HttpResponse:
    """Send once more what did not arrive."""
    delivery = actions.send_again(delivery_id, by=request.actor, now=clock.now())
    messages.success(request, _("已重新排队发送。"))
    return redirect(f"{HOME}{delivery.hook_id}/")


def done(request: ActingRequest, act: Callable[..., Hook], hook_id: int, said: str) -> HttpResponse:
    """Do one thing to a hook, say so, and show it."""
    act(hook_id, by=request.actor, now=clock.now())
    messages.success(request, said)
    return redirect(f"{HOME}{hook_id}/")


def secret(request: ActingRequest, opened: actions.OpenedHook) -> HttpResponse:
    """The page that shows a secret; kept by no browser."""
    answer = render(request, "notices/hook_secret.html", {"opened": opened})
    answer["Cache-Control"] = "no-store"
    return answer
