"""Units for programs."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Router, Schema

from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Code, Listed
from songda.kernel.sight import one_of
from songda.registry.organisations import access
from songda.registry.organisations.models import Organisation
from songda.registry.requests import ActingRequest

router = Router()


class Unit(Schema):
    """A unit: an area, a department or a task force. `area_path` is the territory it works for."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int | None
    area_path: str
    official_code: str
    starts_on: dt.date | None
    ends_on: dt.date | None


class Units(Paging):
    """Filters; `kind` empty: all."""

    kind: Literal["", "city", "district", "zone", "street", "park", "department", "task_force"] = ""


@reads(router, "/organisations", "organisations.see", Listed[Unit], gettext_lazy("机构列表"))
def organisations(request: ActingRequest, asked: Query[Units]) -> object:
    """The units in sight, those that ended too, by territory."""
    rows = access.visible_to(request.actor).order_by("area_path", "code")
    return piece_of(rows.filter(kind=asked.kind) if asked.kind else rows, asked, list)


@reads(router, "/organisations/{code}", "organisations.see", Unit, gettext_lazy("一个机构"))
def organisation(request: ActingRequest, code: Annotated[Code, Path()]) -> Organisation:
    """One of them."""
    return one_of(access.visible_to(request.actor).filter(code=code), _("没有找到该机构。"), advice=_("它可能不在您的辖区内。"))
