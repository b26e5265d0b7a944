"""What the library's pages share: the desk's addresses, small forms in place, a document known already."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from songda.deliveries.policy.library.access import documents_visible_to
from songda.deliveries.policy.library.forms import ReasonForm
from songda.deliveries.policy.library.models import Document
from songda.kernel.errors import Refused
from songda.registry.requests import ActingRequest


def known_document(request: ActingRequest, form: Form, error: Refused) -> Document | None:
    """The document a text was received as before, where the asker may see it; any other refusal is said on the form."""
    known = documents_visible_to(request.actor).filter(pk=error.fields.get("document", 0)).first()
    if known is None:
        form.add_error(None, error.sentence)
    return known


def desk_at(document_id: int, row: str = "") -> str:
    """The desk, at a row of it."""
    return f"{reverse('library:desk', args=[document_id])}{row and '#'}{row}"


def part(request: ActingRequest, name: str, given: dict[str, object], *, status: int = 200) -> HttpResponse:
    """A small form in place, or on its own page where there is no script. A wrong one answers 422, so that it stays in place."""
    here = bool(request.headers.get("HX-Request"))
    given = {"base": "policy_library/part.html" if here else "screens/form.html", **given}
    return render(request, f"policy_library/{name}.html", given, status=status if here else 200)


def reason_in(request: ActingRequest) -> str:
    """The reason typed, or nothing."""
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


def whole(text: str | None) -> int:
    """A place in the text as a form sends it; -1 where it is no number, which no verb takes."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1
