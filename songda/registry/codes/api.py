"""Dictionaries for programs: the codes that everything else speaks in."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Code, Listed
from songda.kernel.doors import SIGNED_IN
from songda.registry.codes import queries
from songda.registry.codes.models import Dictionary, Entry
from songda.registry.requests import ActingRequest

router = Router()


class Edition(Schema):
    """One edition of a dictionary."""

    id: int
    code: str
    edition: str
    name: str
    source: str
    starts_on: dt.date | None
    ends_on: dt.date | None


class DictionaryEntry(Schema):
    """One code with its label and the code above it."""

    code: str
    label: str
    label_en: str
    parent: str


@reads(router, "/dictionaries", SIGNED_IN, Listed[Edition], _("字典"))
def dictionaries(request: ActingRequest, asked: Query[Paging]) -> object:
    """Every edition of every dictionary."""
    del request
    return piece_of(Dictionary.objects.order_by("code", "id"), asked, list)


@reads(router, "/dictionaries/{code}/entries", SIGNED_IN, Listed[DictionaryEntry], _("字典条目（现行版）"))
def entries(request: ActingRequest, code: Annotated[Code, Path()], asked: Query[Paging]) -> object:
    """The entries of the edition in force."""
    del request
    return piece_of(Entry.objects.filter(dictionary=queries.edition_in_force(code)).order_by("ordinal", "id"), asked, list)
