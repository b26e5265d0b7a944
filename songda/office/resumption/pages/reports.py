"""The daily report: many subjects on one page, or as a workbook; applications to resume."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.kernel.screens.steps import Doing, carried_out
from songda.kernel.uploads import on_disk
from songda.kernel.workbooks import write_refused
from songda.office.resumption import actions, queries
from songda.office.resumption.forms import fields as forms
from songda.office.resumption.forms.table import cells_of, rows_told
from songda.office.resumption.queries.subjects import Line, lines
from songda.office.resumption.states import Cause, Population, Production
from songda.registry.requests import ActingRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "/resumption/report/"
SIZE = 30


@door("resumption.report")
def report(request: ActingRequest) -> HttpResponse:
    """The table of the day: what changed is written, what is wrong stands beside its row."""
    wanted, on = wanted_of(request.GET), day_asked(request.GET.get("on", ""))
    page = page_of(queries.subject_rows(request.actor, wanted, on=on), request, SIZE)
    shown, wrong = lines(page.rows, on=on), dict[int, str]()
    if request.method == "POST":
        wrong = take(request, shown, on)
        if not wrong:
            return redirect(request.get_full_path())
    given = {
        "page": page, "rows": [(line, wrong.get(line.subject.pk, ""), cells_of(request.POST, line)) for line in shown], "on": on, "wanted": wanted,
        "states": [one for one in Production.choices if one[0] not in ("halted", "listed")], "causes": Cause.choices,
        "populations": Population.choices,
    }  # fmt: skip
    return render(request, "resumption/report.html", given)


def take(request: ActingRequest, shown: list[Line], on: dt.date) -> dict[int, str]:
    """Write the rows of a posted table; the sentences for those that were refused, by subject."""
    rows, wrong = rows_told(request.POST, shown)
    try:
        done = actions.report_day(rows, on, by=request.actor, now=clock.now())
    except Refused as refusal:
        tell_refusal(request, refusal)
        return {}
    messages.success(request, _("已填报 %(n)d 户。") % {"n": done.taken})
    return {**wrong, **{rows[place].subject_id: why for place, why in done.refused.items()}}


def wanted_of(given: Mapping[str, Any]) -> queries.Wanted:
    """The filters of the report."""
    population = str(given.get("population", ""))
    return queries.Wanted(
        population if population in Population.values else "", str(given.get("state", "")), words=str(given.get("q", ""))
    )


def day_asked(text: str) -> dt.date:
    """The day of the report: as asked, or today."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return clock.day_of(clock.now())


@door("resumption.report")
def sheet(request: ActingRequest) -> HttpResponse:
    """The table as a workbook."""
    on = day_asked(request.GET.get("on", ""))
    try:
        data = actions.write_sheet(wanted_of(request.GET), on, by=request.actor, now=clock.now())
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(HERE)
    return attached(data, f"resumption-{on.isoformat()}.xlsx")


@door("resumption.report")
def take_sheet(request: ActingRequest) -> HttpResponse:
    """Take in a filled workbook; refused rows come back as one."""
    form = forms.SheetForm(request.POST or None, request.FILES or None, initial={"on": clock.day_of(clock.now())})
    given: dict[str, object] = {"form": form, "submit": _("导入")}
    if form.is_valid():
        with on_disk(form.cleaned_data["file"]) as path:
            try:
                found = actions.take_sheet(path, form.cleaned_data["on"], by=request.actor, now=clock.now())
            except Refused as refusal:
                show_refusal(form, refusal)
                found = None
        if found is not None and found.refused:
            stream = io.BytesIO()
            write_refused(stream, found.headings, found.refused)
            return attached(stream.getvalue(), "refused.xlsx", status=400)
        given["found"] = found
    return render(request, "resumption/take_sheet.html", given)


def attached(data: bytes, name: str, status: int = 200) -> HttpResponse:
    """A workbook to keep."""
    response = HttpResponse(data, content_type=WORKBOOK, status=status)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@door("resumption.report")
def apply(request: ActingRequest) -> HttpResponse:
    """File an application for a firm."""
    form = forms.ApplyForm(request.POST or None, actor=request.actor)

    def act(told: dict[str, Any]) -> str:
        case = actions.apply_to_resume(told["subject"], told["batch"], told["text"], by=request.actor, now=clock.now())
        return f"/cases/{case.pk}/"

    return carried_out(request, form, Doing(_("复工申请"), act, _("提交"), "/resumption/"))


@door("firm.act")
def own(request: ActingRequest) -> HttpResponse:
    """The firm files its own application."""
    form = forms.OwnApplyForm(request.POST or None)

    def act(told: dict[str, Any]) -> str:
        actions.apply_to_resume(request.actor.subject_id or 0, told["batch"], told["text"], by=request.actor, now=clock.now())
        return "/firm/"

    return carried_out(request, form, Doing(_("复工申请"), act, _("提交"), "/firm/"))
