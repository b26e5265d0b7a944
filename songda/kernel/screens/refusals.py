"""Saying a refusal 未办理: on the form that was sent, or on the next page."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from songda.kernel.errors import Refused


def show_refusal(form: BaseForm, refusal: Refused, names: Mapping[str, str] | None = None) -> None:
    """Say a refusal on the form: what to do beside each field it names, on top what is wrong, so that nothing typed is lost.

    `names` are fields that the form calls otherwise than the verb does. What has no field of its own stands on top as well.
    """
    named = {(names or {}).get(name, name): said for name, said in refusal.fields.items()}
    beside = {name: said for name, said in named.items() if name in form.fields}
    for name, said in beside.items():
        form.add_error(name, said)
    for said in dict.fromkeys((refusal.sentence, *(named[name] for name in named if name not in beside))):
        if said not in beside.values():
            form.add_error(None, said)


def tell_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Say a refusal on the next page: what is wrong, where, and what to do."""
    messages.error(request, " ".join(part for part in (refusal.message, *refusal.fields.values(), refusal.advice) if part))
