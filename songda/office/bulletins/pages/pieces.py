"""Lists of pieces; one piece as it reads, with what may be done; its print; the differences of an edition."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.recall import recalling
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.whole import whole_number
from songda.office.bulletins import access, actions, queries
from songda.office.bulletins.forms import ReasonForm
from songda.office.bulletins.models import Piece
from songda.office.bulletins.pages.showing import faults_shown, notes_shown, sections_shown, title_of
from songda.office.bulletins.queries.manuscripts import is_whole
from songda.office.bulletins.queries.press import byline_of, frame_of
from songda.office.bulletins.rules.fitness import BLOCK, WARN
from songda.office.bulletins.states import PIECE, Sort
from songda.registry.requests import ActingRequest

HERE = "/bulletins/"
MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@door(access.SEE)
def bulletins(request: ActingRequest) -> HttpResponse:
    """Bulletins in sight with their filters."""
    return _listed(request, Sort.BULLETIN)


@door(access.SEE)
def news(request: ActingRequest) -> HttpResponse:
    """News items in sight."""
    return _listed(request, Sort.NEWS)


def _listed(request: ActingRequest, sort: str) -> HttpResponse:
    given = request.GET
    asked = {name: given.get(name, "") for name in ("text", "series", "unit", "state")}
    unit = whole_number(asked["unit"])
    seen = access.visible_to(request.actor, clock.now()).filter(sort=sort)
    page = page_of(queries.fitting(seen, queries.Wanted(asked["text"], sort, asked["series"], unit, asked["state"])), request)
    context = {
        "page": page, "asked": asked, "states": PIECE.states, "sort": sort, "here": "news" if sort == Sort.NEWS else "bulletins",
        "units": queries.units_in(seen), "series": queries.series_in(seen), "writes": request.actor.may(access.WRITE),
    }  # fmt: skip
    return render(request, "bulletins/pieces.html", context)


@door(access.SEE)
@recalling()
def piece(request: ActingRequest, piece_id: int) -> HttpResponse:
    """One piece as it reads."""
    found = access.piece_for(piece_id, request.actor, clock.now())
    reading, actor = queries.reading_of(found), request.actor
    published, linked = found.state == "published", actor.may("figures.see")
    later = Piece.objects.filter(restates=found).values_list("pk", "state").first()
    blocks = [one for one in reading.faults if one.severity == BLOCK] if access.works(actor) else []
    faults = faults_shown(found.pk, blocks, numbers_in(found)) if blocks else []
    hints = [one.text for one in reading.faults if one.severity == WARN] if access.works(actor) else []
    context = {
        "piece": found, "hints": hints, "title": title_of(reading.content), "sections": sections_shown(reading.content, linked=linked),
        "notes": notes_shown(reading.content, linked=linked), "warnings": reading.content["warnings"], "faults": faults,
        "states": PIECE.states, "corrections": queries.corrections_of(found) if published else [], "later": later,
        "reproduced": published and is_whole(found) and not queries.reproduces(found), "byline": byline_of(frame_of(found)),
        "frame": frame_of(found), "may_write": actor.may(access.WRITE), "may_publish": actor.may(access.PUBLISH),
        "second": actor.account_id in (found.drafted_by, found.written_by),
        "quotations": found.quotations.all(), "photos": found.photos.select_related("picture__file"),
        "may_explain": actor.may("figures.edit") or actor.may("returns.approve"),
    }  # fmt: skip
    return render(request, "bulletins/piece.html", context)


def numbers_in(found: Piece) -> dict[str, int]:
    """By token, the ordinal of a number with a value."""
    return dict(found.bound.exclude(value=None).values_list("token", "seq"))


@door(access.SEE)
def differences(request: ActingRequest, piece_id: int) -> HttpResponse:
    """How an edition differs from the one it restates."""
    found = access.piece_for(piece_id, request.actor, clock.now())
    return render(request, "bulletins/differences.html", {"piece": found, "found": queries.differences_of(found)})


@door(access.SEE)
def printed(request: ActingRequest, piece_id: int, form: str) -> HttpResponse:
    """The print, as a file."""
    found, data = actions.print_piece(piece_id, form, by=request.actor, now=clock.now())
    response = HttpResponse(data, content_type=MEDIA[form])
    name = quote(f"{found.number} {found.title}.{form}".strip())
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@require_POST
@door(access.PUBLISH)
def publish(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Number and publish it."""
    return attempt(
        request,
        lambda: actions.publish_piece(piece_id, by=request.actor, now=clock.now()),
        f"{HERE}{piece_id}/",
        _("已编号印发。"),
    )


@require_POST
@door(access.WRITE)
def refresh(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Draw its numbers anew."""
    return attempt(
        request,
        lambda: actions.refresh_piece(piece_id, by=request.actor, now=clock.now()),
        f"{HERE}{piece_id}/",
        _("已重新取数。"),
    )


@door(access.WRITE)
def void(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Give a draft up."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())

    def act(told: dict[str, Any]) -> str:
        actions.void_piece(piece_id, told["reason"], by=request.actor, now=clock.now())
        return f"{HERE}{piece_id}/"

    return carried_out(
        request, ReasonForm(request.POST or None), Doing(_("作废草稿"), act, _("作废"), f"{HERE}{piece_id}/", found.title)
    )


@door(access.WRITE)
def restate(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Begin the next edition of what was published; one that is begun is gone on with."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    begun = Piece.objects.filter(restates=found).first()
    if begun is not None:
        return redirect(f"{HERE}{begun.pk}/")

    def act(told: dict[str, Any]) -> str:
        return f"{HERE}{actions.restate_piece(piece_id, told['reason'], by=request.actor, now=clock.now()).pk}/"

    doing = Doing(_("更正已印发的稿件"), act, _("起草更正版"), f"{HERE}{piece_id}/", f"{found.number} {found.title}")
    return carried_out(request, ReasonForm(request.POST or None), doing)
