"""Doing what a button or a small form asks 办理, and going on to the next page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import show_refusal, tell_refusal


@dataclass(frozen=True, slots=True)
class Doing:
    """What a form does: its title, what `act` makes of its values (the address to go on to), the word on its button, where back is.

    `about`: a line below the title.
    """

    title: str
    act: Callable[[dict[str, Any]], str]
    submit: str
    back: str
    about: str = ""


def carried_out(
    request: HttpRequest, form: Form, doing: Doing, evidence: Form | None = None, template: str = "screens/doing.html"
) -> HttpResponse:
    """Show the form, or do it and go on; a refusal stands at its field. `evidence`: a second form that `template` shows below it."""
    if form.is_bound and form.is_valid() and (evidence is None or evidence.is_valid()):
        try:
            address = doing.act(form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect(address)
    return render(request, template, {"form": form, "doing": doing, "evidence": evidence, "submit": doing.submit})


def attempt(request: HttpRequest, act: Callable[[], object], home: str, said: str = "") -> HttpResponse:
    """Do what asks for nothing more and go back to where it was asked, or `home`; `said` when done. A refusal is said there."""
    try:
        act()
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        if said:
            messages.success(request, said)
    return redirect(back_of(request, home))


def back_of(request: HttpRequest, home: str) -> str:
    """The page of ours that a form was sent from (its field `back`), or `home`."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, None) else home
