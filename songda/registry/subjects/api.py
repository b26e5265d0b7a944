"""Subjects for programs: the register within scope; a firm's post sees its firm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Id, Listed, Word
from songda.registry.requests import ActingRequest
from songda.registry.subjects import queries
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject

router = Router()


class Firm(Schema):
    """A subject as the register has it."""

    id: int
    kind: str
    name: str
    uscc: str | None
    local_number: str | None
    home: str
    area_path: str
    industry: str
    industry_label: str
    size: str
    size_label: str
    above_scale: bool | None
    status: str
    founded_on: dt.date | None
    demonstration: bool


class Firms(Paging):
    """Filters; an empty one does not filter. `text`: part of a name, a code, or pinyin; `area`: the code of the home unit."""

    text: Word = ""
    kind: Literal["", "enterprise", "merchant", "farm", "site", "project", "market", "park"] = ""
    section: Annotated[str, Query(max_length=1, pattern="^[A-Z]?$")] = ""
    size: Annotated[str, Query(max_length=8, pattern="^[A-Za-z0-9_-]*$")] = ""
    above_scale: Literal["", "yes", "no"] = ""
    area: Annotated[str, Query(max_length=60, pattern="^[A-Za-z0-9_-]*$")] = ""


@reads(router, "/subjects", "subjects.see firm.read", Listed[Firm], _("主体列表"))
def subjects(request: ActingRequest, asked: Query[Firms]) -> object:
    """The subjects in scope that pass the filters, by the pinyin of their names."""
    wanted = queries.Wanted(asked.text, asked.kind, asked.section, asked.size, asked.above_scale, asked.area)
    return piece_of(queries.listed(request.actor, wanted), asked, told)


@reads(router, "/subjects/{subject_id}", "subjects.see firm.read", Firm, _("一个主体"))
def subject(request: ActingRequest, subject_id: Annotated[Id, Path()]) -> Firm:
    """One of them."""
    return told([subject_for(subject_id, request.actor)])[0]


def told(rows: Sequence[Subject]) -> list[Firm]:
    """Rows as programs see them."""
    return [
        Firm(
            id=row.pk, kind=row.kind, name=row.name, uscc=row.uscc, local_number=row.local_number, home=row.home.code,
            area_path=row.area_path, industry=row.industry, industry_label=one.industry, size=row.size, size_label=one.size,
            above_scale=row.above_scale, status=row.status, founded_on=row.founded_on, demonstration=row.demonstration,
        )
        for one in queries.shown(rows)
        for row in (one.subject,)
    ]  # fmt: skip
