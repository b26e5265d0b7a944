"""Pages of who runs deliveries: the list, a new one with its dry run, one with its coverage, the list as a workbook."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.receipts import actions, queries
from songda.deliveries.policy.receipts.access import handout_for, handouts_visible_to
from songda.deliveries.policy.receipts.forms import FilterForm, HandoutForm, TellForm
from songda.deliveries.policy.receipts.states import HANDOUT
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.registry.requests import ActingRequest

SHOWN = 20


@door("push.see")
def handouts(request: ActingRequest) -> HttpResponse:
    """Deliveries in sight with numerator and denominator, newest first."""
    page = page_of(handouts_visible_to(request.actor).order_by("-id"), request)
    given = {"page": page, "rows": queries.coverages_of(page.rows, request.actor), "states": HANDOUT.states}
    return render(request, "policy_receipts/handouts.html", given)


@door("push.send")
def new(request: ActingRequest) -> HttpResponse:
    """Choose, try, begin: the dry run is a GET that writes nothing, beginning a POST of the same fields."""
    form = HandoutForm(request.POST or (request.GET if "try" in request.GET else None), actor=request.actor)
    given: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                made = actions.begin_handout(form.wanted(), by=request.actor, now=clock.now())
                return redirect("receipts:handout", made.pk)
            given["found"] = actions.try_handout(form.wanted(), by=request.actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "policy_receipts/new.html", given)


@door("push.see")
def handout(request: ActingRequest, handout_id: int) -> HttpResponse:
    """One delivery: coverage, by street, by officer, and the firms behind every figure."""
    one, actor = handout_for(handout_id, request.actor), request.actor
    form = FilterForm(request.GET)
    wanted, streets, officers = form.wanted(), queries.by_street(one, actor), queries.by_officer(one, actor)
    given = {
        "handout": one, "items": one.items.all(), "coverage": queries.coverage_of(one, actor), "streets": streets,
        "officers": officers[:SHOWN], "more_officers": officers[SHOWN:], "whole": queries.is_whole(one), "form": form, "wanted": wanted,
        "page": page_of(queries.recipients_listed(one, actor, wanted), request), "now": clock.now(), "states": HANDOUT.states,
        "chosen": [line.name for line in (*streets, *officers) if line.key in (wanted.area, str(wanted.officer))],
    }  # fmt: skip
    return render(request, "policy_receipts/handout.html", given)


@door("push.see")
def export(request: ActingRequest, handout_id: int) -> FileResponse:
    """What the filters show, as a workbook to be signed and brought back."""
    stream = io.BytesIO()
    wanted = FilterForm(request.GET).wanted()
    actions.write_list(handout_id, wanted, stream, by=request.actor, now=clock.now())
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"签收表-{handout_id}.xlsx")


@door("push.send")
def tell(request: ActingRequest, handout_id: int) -> HttpResponse:
    """Tell those who have not signed."""
    one = handout_for(handout_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        actions.tell_recipients(handout_id, told["channels"], by=request.actor, now=clock.now())
        return f"/policy/receipts/{handout_id}/"

    doing = Doing(_("通知未签收企业"), act, _("发出通知"), f"/policy/receipts/{handout_id}/", one.title)
    return carried_out(request, TellForm(request.POST or None), doing)


@require_POST
@door("push.send")
def close(request: ActingRequest, handout_id: int) -> HttpResponse:
    """End a delivery."""
    home = f"/policy/receipts/{handout_id}/"
    return attempt(request, lambda: actions.close_handout(handout_id, by=request.actor, now=clock.now()), home, _("已结束。"))
