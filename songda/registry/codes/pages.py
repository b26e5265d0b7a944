"""Pages of the room: the dictionaries, and one edition of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.screens.paging import page_of
from songda.registry.codes import queries
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def dictionaries(request: ActingRequest) -> HttpResponse:
    """Every dictionary in every edition: public classifications, so every post may read them."""
    return render(request, "codes/dictionaries.html", {"dictionaries": queries.dictionaries()})


@door(SIGNED_IN)
def dictionary(request: ActingRequest, dictionary_id: int) -> HttpResponse:
    """One edition with its entries."""
    found = queries.dictionary(dictionary_id)
    asked = request.GET.get("q", "").strip()
    page = page_of(queries.entries_of(found, asked), request, size=100)
    return render(request, "codes/dictionary.html", {"dictionary": found, "page": page, "asked": asked})
