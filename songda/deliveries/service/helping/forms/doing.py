"""One page for every small form: shown, sent, done, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from songda.kernel.errors import Refused
from songda.ledger.evidence.forms import EvidenceForm
from songda.registry.requests import ActingRequest


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


def carried_out(request: ActingRequest, form: forms.Form, doing: Doing, evidence: EvidenceForm | None = None) -> HttpResponse:
    """Show the form, or do it and go on; a refusal stands at its field."""
    if form.is_bound and form.is_valid() and (evidence is None or evidence.is_valid()):
        try:
            address = doing.act(form.cleaned_data)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect(address)
    return render(request, "helping/form.html", {"form": form, "doing": doing, "evidence": evidence, "submit": doing.submit})


def blame(form: forms.Form, refusal: Refused) -> None:
    """Put a refusal where it belongs in the form."""
    sentence = f"{refusal.message}{refusal.advice}"
    places = [name for name in refusal.fields if name in form.fields]
    for name in places:
        form.add_error(name, refusal.fields[name])
    form.add_error(None, sentence)


def attempt(request: ActingRequest, act: Callable[[], object], address: str) -> HttpResponse:
    """Do something that asks for nothing more, and go on; a refusal is a message."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, f"{refusal.message}{refusal.advice}")
    else:
        messages.success(request, _("已保存。"))
    return redirect(address)
