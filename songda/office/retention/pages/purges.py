"""Purges: the list, a new one, one with its lines, the decision, the certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound
from songda.kernel.recall import recalling
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.office.retention import access, actions
from songda.office.retention.actions.print_certificate import FORMS, print_certificate
from songda.office.retention.forms import ProposalForm, ReasonForm
from songda.office.retention.models import Purge
from songda.office.retention.queries.schedule import table_on
from songda.office.retention.queries.verification import verify
from songda.office.retention.states import PURGE
from songda.registry.requests import ActingRequest

HERE = "/retention/purges/"
MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@door("retention.see")
def purges(request: ActingRequest) -> HttpResponse:
    """All purges, newest first."""
    given = {"page": page_of(Purge.objects.order_by("-pk"), request), "states": PURGE.states}
    return render(request, "retention/purges.html", given | {"proposes": request.actor.may("retention.propose")})


@door("retention.propose")
@recalling()
def propose(request: ActingRequest) -> HttpResponse:
    """Put what is due on a list."""
    today = clock.day_of(clock.now())
    due = [row for row in table_on(today) if row.standing is not None and row.standing.due and not row.proposed]
    offered = [
        (row.holding.code, _("%(label)s（%(n)d）") % {"label": row.holding.title, "n": row.standing.due})
        for row in due
        if row.standing
    ]

    def act(told: dict[str, Any]) -> str:
        made = actions.propose_purge(told["holdings"], on=told["as_of"], reason=told["reason"], by=request.actor, now=clock.now())
        return f"{HERE}{made.pk}/"

    form = ProposalForm(
        request.POST or None, offered=offered, initial={"as_of": today, "holdings": [code for code, _label in offered]}
    )
    about = _("括号内为今天到期的件数；已在其他提请中的门类不再列出。") if offered else _("现在没有到期的门类。")
    return carried_out(request, form, Doing(_("提出销毁"), act, _("提出"), "/retention/", about))


@door("retention.see")
def purge(request: ActingRequest, purge_id: int) -> HttpResponse:
    """One purge: its lines, what is held back and why, the next step."""
    one, actor = access.purge_for(purge_id), request.actor
    given = {
        "purge": one, "lines": one.lines.order_by("pk"), "states": PURGE.states,
        "approves": actor.may("retention.approve") and one.state == "proposed" and actor.account_id != one.proposed_by,
        "withdraws": actor.may("retention.propose") and one.state == "proposed",
        "verified": verify(one.number) if one.number and request.GET.get("verify") else None,
    }  # fmt: skip
    return render(request, "retention/purge.html", given)


@require_POST
@door("retention.approve")
def approve(request: ActingRequest, purge_id: int) -> HttpResponse:
    """Let it be carried out."""
    home = f"{HERE}{purge_id}/"
    said = _("已批准，后台开始执行。")
    return attempt(request, lambda: actions.approve_purge(purge_id, by=request.actor, now=clock.now()), home, said)


@door("retention.approve")
def reject(request: ActingRequest, purge_id: int) -> HttpResponse:
    """Refuse it, with a reason."""
    return ended(request, purge_id, actions.reject_purge, _("不批准"))


@door("retention.propose")
def withdraw(request: ActingRequest, purge_id: int) -> HttpResponse:
    """Take it back, with a reason."""
    return ended(request, purge_id, actions.withdraw_purge, _("撤回提请"))


def ended(request: ActingRequest, purge_id: int, end: Callable[..., Purge], title: str) -> HttpResponse:
    """Ask for the reason and end it."""
    home = f"{HERE}{access.purge_for(purge_id).pk}/"

    def act(told: dict[str, Any]) -> str:
        end(purge_id, told["reason"], by=request.actor, now=clock.now())
        return home

    return carried_out(request, ReasonForm(request.POST or None), Doing(title, act, title, home))


@door("retention.see")
def certificate(request: ActingRequest, purge_id: int, form: str) -> HttpResponse:
    """The certificate as a file."""
    if form not in FORMS:
        raise NotFound(_("没有这种格式。"))
    made, data = print_certificate(purge_id, form, by=request.actor)
    answer = HttpResponse(data, content_type=MEDIA[form])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{made.number}.{form}')}"
    return answer
