"""Pages of lists: what waits, the matrix with its rates, and its workbook."""

from __future__ import annotations

import datetime as dt
import io

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound
from songda.kernel.screens.paging import page_of
from songda.office.returns import access, actions, queries
from songda.office.returns.states import RETURN
from songda.registry.requests import ActingRequest

DAYS = 14  # periods of the matrix unless asked otherwise
MOST = 92


@door("returns.see")
def returns(request: ActingRequest) -> HttpResponse:
    """What a post has to do, what is late, everything in sight."""
    actor, now = request.actor, clock.now()
    asked = {name: request.GET.get(name, "") for name in ("view", "form", "state", "unit")}
    asked["view"] = asked["view"] or ("mine" if any(actor.may(one) for one in queries.WAITS_FOR) else "all")
    page = page_of(queries.returns_asked(actor, asked, now=now), request)
    context = {
        "page": page, "rows": [(one, queries.lamp(one, now)) for one in page.rows], "asked": asked, "states": RETURN.states,
        "forms": queries.forms_seen(actor), "unit": access.is_unit(actor), "works": asked["view"] == "mine", "now": now,
    }  # fmt: skip
    return render(request, "returns/returns.html", context)


@door("returns.see")
def board(request: ActingRequest) -> HttpResponse:
    """The matrix of one form: units by periods, and the rates of the days."""
    actor, now = request.actor, clock.now()
    forms = queries.forms_seen(actor)
    code = request.GET.get("form", "") or (forms[0][0] if forms else "")
    first, last = days_of(request)
    context = {
        "forms": forms, "code": code, "first": first, "last": last, "states": RETURN.states,
        "board": queries.board(actor, code, first, last, now=now),
        "by_form": queries.rates_of_forms(actor, first, last, now=now),
    }  # fmt: skip
    return render(request, "returns/board.html", context)


@door("returns.see")
def table(request: ActingRequest) -> FileResponse:
    """The matrix as a workbook."""
    first, last = days_of(request)
    found = queries.board(request.actor, request.GET.get("form", ""), first, last, now=clock.now())
    if found is None:
        raise NotFound(_("这些日子没有应报的报表。"), advice=_("请换一张报表或另选日期。"))
    stream = io.BytesIO()
    actions.write_board(stream, found)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{found.form.label} {first}–{last}.xlsx")


def days_of(request: ActingRequest) -> tuple[dt.date, dt.date]:
    """The days asked for, fourteen until today unless told, a quarter at most."""
    today = clock.day_of(clock.now())
    last = day_given(request.GET.get("last", ""), today)
    first = day_given(request.GET.get("first", ""), last - dt.timedelta(days=DAYS - 1))
    return max(first, last - dt.timedelta(days=MOST)), last


def day_given(text: str, otherwise: dt.date) -> dt.date:
    """A day as addresses say it."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise
