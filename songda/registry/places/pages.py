"""Pages of the room: the map with the list, what is near a point, one place, entering and correcting."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.registry.places import actions, queries
from songda.registry.places.access import place_for
from songda.registry.places.forms import FilterForm, NearForm, PlaceForm
from songda.registry.places.models import Place
from songda.registry.places.rules.shapes import written
from songda.registry.places.rules.tiles import AreaValue
from songda.registry.requests import ActingRequest


@door("subjects.see")
def listed(request: ActingRequest) -> HttpResponse:
    """The places in sight; above them the tile map with how many each area has, each a link to its own."""
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = queries.Wanted(**{name: form.cleaned_data.get(name, "") for name in ("text", "kind", "area")})
    page = page_of(queries.listed(request.actor, wanted), request)
    address = f"/places/?{urlencode({'kind': wanted.kind})}&area="
    areas = queries.heat(queries.counts(request.actor, wanted.kind), request.actor, address)
    given = {"page": page, "form": form, "areas": areas, "today": clock.now(), "area": areas_name(areas, wanted.area)}
    return render(request, "places/listed.html", given)


@door("subjects.see")
def near(request: ActingRequest) -> HttpResponse:
    """The places nearest to a point, and the areas that hold it."""
    form = NearForm(request.GET if "near" in request.GET else None)
    given: dict[str, object] = {"form": form}
    if form.is_valid():
        point, kind = form.cleaned_data["near"], form.cleaned_data["kind"]
        given["found"] = queries.nearest(point, actor=request.actor, kind=kind, limit=20)
        given["holding"] = queries.containing(point, actor=request.actor)
    return render(request, "places/near.html", given)


@door("subjects.see")
def place(request: ActingRequest, place_id: int) -> HttpResponse:
    """One place with its sketch and its neighbours."""
    found = place_for(place_id, request.actor)
    neighbours = queries.neighbours_of(found, request.actor)
    given = {"place": found, "neighbours": neighbours, "sketch": queries.sketch_of(found, neighbours)}
    return render(request, "places/place.html", {**given, "corners": written(found.points).splitlines()})


@door("subjects.edit")
def new(request: ActingRequest) -> HttpResponse:
    """Enter a place."""
    form = PlaceForm(request.POST or None, actor=request.actor)
    made = form.is_valid() and kept(request, form)
    return redirect(f"/places/{made.pk}/") if made else render(request, "places/new.html", {"form": form, "what": _("登记位置")})


@door("subjects.edit")
def correct(request: ActingRequest, place_id: int) -> HttpResponse:
    """Correct a place."""
    found = place_for(place_id, request.actor)
    initial = {"kind": found.kind, "name": found.name, "home": found.home, "form": found.form, "note": found.note}
    form = PlaceForm(request.POST or None, actor=request.actor, initial={**initial, "points": written(found.points)})
    if form.is_valid() and kept(request, form, found):
        return redirect(f"/places/{place_id}/")
    return render(request, "places/new.html", {"form": form, "what": _("更正位置"), "place": found})


@require_POST
@door("subjects.edit")
def close(request: ActingRequest, place_id: int) -> HttpResponse:
    """Say that a place is no longer there."""
    now = clock.now()
    actions.close_place(place_id, on=clock.day_of(now), by=request.actor, now=now)
    return redirect(f"/places/{place_id}/")


def kept(request: ActingRequest, form: PlaceForm, known: Place | None = None) -> Place | None:
    """Enter or correct it; a refusal becomes the form's."""
    told = {**form.cleaned_data, "home_id": form.cleaned_data["home"].pk}
    del told["home"]
    now = clock.now()
    try:
        if known is None:
            return actions.add_place(actions.NewPlace(**told), by=request.actor, now=now)
        new_text = actions.NewPlace(**told, subject_id=known.subject_id)
        return actions.correct_place(known.pk, new_text, by=request.actor, now=now)
    except Refused as refused:
        show_refusal(form, refused)
        return None


def areas_name(areas: list[AreaValue], code: str) -> str:
    """The name of the area that the list is narrowed to, '' where it is not."""
    return next((one.name for one in areas if one.code == code), "")
