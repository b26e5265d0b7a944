"""Pages of decisions: approval, acceptance, sending back, opening again, the mark of suspicion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.office.returns import actions
from songda.office.returns.access import return_for
from songda.office.returns.forms import ReasonForm, ReopenForm, SuspectForm
from songda.registry.requests import ActingRequest


@require_POST
@door("returns.approve")
def approve(request: ActingRequest, return_id: int) -> HttpResponse:
    """The unit's lead answers for it."""
    return attempt(
        request,
        lambda: actions.approve_return(return_id, by=request.actor, now=clock.now()),
        f"/returns/{return_id}/",
        _("已审核，等待统计员验收。"),
    )


@require_POST
@door("returns.accept")
def accept(request: ActingRequest, return_id: int) -> HttpResponse:
    """The statistician takes it into the store."""
    return attempt(
        request,
        lambda: actions.accept_return(return_id, by=request.actor, now=clock.now()),
        f"/returns/{return_id}/",
        _("已验收，数已入库。"),
    )


@door("returns.see")
def send_back(request: ActingRequest, return_id: int) -> HttpResponse:
    """Back to who filled it in, with a reason."""
    return _asked(
        request, return_id, ReasonForm(request.POST or None), (_("退回报表"), _("退回")),
        lambda told: actions.send_back(return_id, told["reason"], by=request.actor, now=clock.now()),
    )  # fmt: skip


@door("returns.accept")
def reopen(request: ActingRequest, return_id: int) -> HttpResponse:
    """Open a locked return again."""
    return _asked(
        request, return_id, ReopenForm(request.POST or None), (_("重新开放"), _("开放")),
        lambda told: actions.reopen_return(return_id, told["until"], told["reason"], by=request.actor, now=clock.now()),
    )  # fmt: skip


@door("returns.accept")
def suspect(request: ActingRequest, return_id: int) -> HttpResponse:
    """Mark it as suspect, or take the mark off."""
    form = SuspectForm(request.POST or None, initial={"why": return_for(return_id, request.actor).suspect})
    return _asked(
        request, return_id, form, (_("存疑标记"), _("保存")),
        lambda told: actions.mark_suspect(return_id, told["why"], by=request.actor, now=clock.now()),
    )  # fmt: skip


def _asked(
    request: ActingRequest, return_id: int, form: Form, words: tuple[str, str], act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    found, back = return_for(return_id, request.actor), f"/returns/{return_id}/"

    def done(told: dict[str, Any]) -> str:
        act(told)
        return back

    about = f"{found.organisation.short_name} · {found}"
    return carried_out(request, form, Doing(words[0], done, words[1], back, about))
