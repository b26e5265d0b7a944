"""Pages of notices: a post's own messages, the desk of operations with what a person decides there, and the groups."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.paths import within
from songda.kernel.screens.paging import page_of
from songda.ledger.notices import actions, queries
from songda.ledger.notices.access import inbox_of
from songda.ledger.notices.forms import GroupForm
from songda.ledger.notices.models import Group
from songda.ledger.notices.rules.outcomes import Sight
from songda.ledger.notices.states import CHANNELS, DELIVERY
from songda.registry.requests import ActingRequest

ANSWERS = {
    Sight.ABSENT: gettext_lazy("平台未收到，已重新排队。"),
    Sight.TAKEN: gettext_lazy("平台已收到，已标记为发出。"),
    Sight.DELIVERED: gettext_lazy("平台答复已送达。"),
    Sight.BOUNCED: gettext_lazy("平台答复未能送达，已标记为失败。"),
    Sight.SILENT: gettext_lazy("平台没有明确答复，请稍后再查，或向收件人核实。"),
}


@door(SIGNED_IN)
def own(request: ActingRequest) -> HttpResponse:
    """What the post was told, newest first."""
    return render(request, "notices/own.html", {"page": page_of(inbox_of(request.actor), request), "states": DELIVERY.states})


@door(SIGNED_IN)
def open_own(request: ActingRequest, delivery_id: int) -> HttpResponse:
    """Read one of them and go where it is dealt with."""
    delivery = actions.open_own(delivery_id, by=request.actor, now=clock.now())
    return redirect(delivery.notice.link or "notices:own")


@door("push.see")
def queue(request: ActingRequest) -> HttpResponse:
    """Each channel now, why messages failed, and the messages in one state."""
    state, channel, now = request.GET.get("state", "unknown"), request.GET.get("channel", ""), clock.now()
    page = page_of(queries.desk_rows(request.actor, state, channel), request)
    given = {
        "page": page,
        "waits": list(zip(page.rows, queries.whys_waiting(page.rows, now=now), strict=True)),
        "channels": queries.channels_now(request.actor, now=now),
        "reasons": queries.reasons(request.actor),
        "states": DELIVERY.states,
        "state": state,
        "channel": channel,
        "names": CHANNELS,
        "asked": queries.can_be_asked(),
        "now": now,
    }
    return render(request, "notices/queue.html", given)


@require_POST
@door("push.send")
def ask(request: ActingRequest, delivery_id: int) -> HttpResponse:
    """Ask the platform what became of a message."""
    messages.info(request, ANSWERS[actions.ask_platform(delivery_id, by=request.actor, now=clock.now())])
    return redirect("notices:queue")


@require_POST
@door("push.send")
def requeue(request: ActingRequest, delivery_id: int) -> HttpResponse:
    """Send a message again."""
    actions.requeue_delivery(delivery_id, by=request.actor, now=clock.now())
    messages.info(request, _("已重新排队发送。"))
    return redirect("notices:queue")


@require_POST
@door("push.send")
def settle(request: ActingRequest, delivery_id: int) -> HttpResponse:
    """Say what the recipient said of a message."""
    arrived = request.POST.get("arrived") == "yes"
    actions.settle_delivery(delivery_id, arrived=arrived, by=request.actor, now=clock.now())
    messages.info(request, _("已标记为收到。") if arrived else _("已标记为未收到，可在“发送失败”中重发。"))
    return redirect("notices:queue")


@door("push.see")
def groups(request: ActingRequest) -> HttpResponse:
    """The groups in scope with their head counts; a new one, or a new count, from the form."""
    form = GroupForm(request.POST or None, initial={"counted_on": clock.day_of(clock.now())})
    if request.method == "POST" and form.is_valid():
        given = actions.GroupGiven(area_path=next(iter(request.actor.area_paths), ""), **form.cleaned_data)
        actions.keep_group(given, by=request.actor, now=clock.now())
        messages.info(request, _("已登记。"))
        return redirect("notices:groups")
    page = page_of(Group.objects.filter(within(request.actor.area_paths)).order_by("-id"), request)
    return render(request, "notices/groups.html", {"page": page, "form": form})
