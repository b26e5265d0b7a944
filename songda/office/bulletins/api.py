"""Bulletins for programs: the published ones, as they were published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Router, Schema

from songda.kernel import clock
from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Id, Listed, Word
from songda.kernel.sight import one_of
from songda.office.bulletins import access, queries
from songda.office.bulletins.models import Piece
from songda.office.bulletins.rules.frozen import sections_in, title_in
from songda.office.bulletins.rules.rendering import plain
from songda.registry.requests import ActingRequest

router = Router()


class Issue(Schema):
    """A bulletin or news item that was published. `restates`: the edition that it corrects."""

    id: int
    sort: str
    series: str
    number: str
    edition: int
    title: str
    unit: str
    as_of: dt.datetime
    published_at: dt.datetime
    restates: int | None
    digest: str


class BulletinSection(Schema):
    """A part of its text."""

    heading: str
    paragraphs: list[str]


class BulletinWhole(Issue):
    """The same with its text."""

    sections: list[BulletinSection]


class Issues(Paging):
    """Filters; an empty one does not filter."""

    sort: Literal["", "bulletin", "news"] = ""
    series: Annotated[str, Query(max_length=60, pattern="^[A-Za-z0-9_-]*$")] = ""
    text: Word = ""


@reads(router, "/bulletins", access.SEE, Listed[Issue], gettext_lazy("已印发的简报与新闻稿"))
def bulletins(request: ActingRequest, asked: Query[Issues]) -> object:
    """Those in sight, newest first."""
    rows = queries.fitting(published(request), queries.Wanted(asked.text, asked.sort, asked.series))
    return piece_of(rows, asked, told)


@reads(router, "/bulletins/{piece_id}", access.SEE, BulletinWhole, gettext_lazy("一期简报"))
def bulletin(request: ActingRequest, piece_id: Annotated[Id, Path()]) -> BulletinWhole:
    """One of them, with its text."""
    rows = published(request).select_related("unit", "template").filter(pk=piece_id)
    found = one_of(rows, _("没有这份稿件，或它不在您的范围内。"), advice=_("请从列表重新进入。"))
    issue = told([found])[0].model_dump() | {"title": plain(title_in(found.frozen))}
    return BulletinWhole(
        **issue,
        sections=[
            BulletinSection(heading=one.heading, paragraphs=[plain(line) for line in one.paragraphs])
            for one in sections_in(found.frozen)
        ],
    )


def published(request: ActingRequest) -> QuerySet[Piece]:
    """What was published and may be seen now."""
    return access.visible_to(request.actor, clock.now()).filter(state="published")


def told(rows: Sequence[Piece]) -> list[Issue]:
    """Pieces as programs see them."""
    same = ("sort", "number", "edition", "title", "as_of", "published_at", "digest")
    return [
        Issue(id=row.pk, series=row.template.code, unit=row.unit.code, restates=row.restates_id, **{name: getattr(row, name) for name in same})
        for row in rows
    ]  # fmt: skip
