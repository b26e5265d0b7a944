"""Pages of the room: the list, the file, its small picture, a marked copy, setting aside. Nothing is served from a static folder."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.kernel.screens.paging import page_of
from songda.ledger.evidence import actions, queries
from songda.ledger.evidence.access import evidence_for
from songda.ledger.evidence.forms import FilterForm, ReasonForm
from songda.registry.requests import ActingRequest

# A picture is data: nothing in it may run, load or be framed. (A sandbox would keep browsers from showing a PDF in place: those, and
# what is only downloaded, stand under the policy of the site.)
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@door(SIGNED_IN)
def listed(request: ActingRequest) -> HttpResponse:
    """The evidence in the actor's sight, newest first."""
    form = FilterForm(request.GET)
    form.is_valid()
    page = page_of(queries.listed(request.actor, queries.Wanted(**form.cleaned_data)), request)
    return render(request, "evidence/listed.html", {"page": page, "form": form})


@require_GET
@door(SIGNED_IN)
def file(request: ActingRequest, evidence_id: int) -> HttpResponse:
    """The file itself, its digest checked. A damaged one is marked at once, not only tonight, and refused."""
    try:
        return sent(queries.open_file(evidence_id, request.actor))
    except Conflict:
        actions.verify_file(evidence_for(evidence_id, request.actor).file_id, now=clock.now())
        raise


@require_GET
@door(SIGNED_IN)
def thumbnail(request: ActingRequest, evidence_id: int) -> HttpResponse:
    """The small picture. It never changes, so the browser may keep it for itself."""
    data = queries.open_thumbnail(evidence_id, request.actor)
    if data is None:
        raise NotFound(_("这份凭证没有缩略图。"))
    response = sent(queries.Opened(data, "image/jpeg", "thumbnail.jpg", inline=True))
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_GET
@door(SIGNED_IN)
def copy(request: ActingRequest, evidence_id: int) -> HttpResponse:
    """A copy to pass on, marked with the receiver's name and the moment; kept in the trail."""
    now = clock.now()
    opened = queries.open_copy(evidence_id, request.actor, now=now)
    actions.note_copy(evidence_id, by=request.actor, now=now)
    return sent(opened)


@door(SIGNED_IN)
def set_aside(request: ActingRequest, evidence_id: int) -> HttpResponse:
    """Declare evidence void, with a reason."""
    evidence, form = evidence_for(evidence_id, request.actor), ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.set_aside_evidence(evidence_id, reason=form.cleaned_data["reason"], by=request.actor, now=clock.now())
            return redirect("/evidence/")
        except (Conflict, Invalid) as refused:
            form.add_error("reason", refused.sentence)
    return render(request, "evidence/set_aside.html", {"form": form, "evidence": evidence, "submit": _("作废")})


def sent(opened: queries.Opened) -> HttpResponse:
    """A file as an answer: its true type and no guessing, in place only for pictures and PDF."""
    response = HttpResponse(opened.data, content_type=opened.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = f"{'inline' if opened.inline else 'attachment'}; filename*=UTF-8''{quote(opened.name)}"
    if opened.media_type.startswith("image/"):
        response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
