"""Yearly targets: the list of a year, one with its formulas, setting, changing, taking in a table."""

from __future__ import annotations

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.recall import recalling
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, carried_out
from songda.kernel.uploads import on_disk
from songda.kernel.whole import whole_number
from songda.kernel.workbooks import HEAD, PLAIN, workbook, write_refused
from songda.office.economy import access, actions, forms, queries
from songda.office.economy.rules.target_table import HEADINGS
from songda.office.indicators.queries import definitions
from songda.registry.intake.rules.table import Imported
from songda.registry.requests import ActingRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOME = "/economy/"


@door("figures.see")
@recalling()
def targets(request: ActingRequest) -> HttpResponse:
    """The targets of a year and how they stand."""
    now, unit = clock.now(), request.GET.get("unit", "")
    years = queries.years_of(request.actor) or [clock.day_of(now).year]
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked is not None and asked in years else years[0]
    page = page_of(queries.listed(request.actor, year, organisation_id=whole_number(unit)), request)
    given = {
        "page": page, "standings": queries.standings(page.rows, year, now=now), "year": year, "years": years, "unit": unit,
        "units": access.units_with_targets(request.actor, year), "at": now, "edits": request.actor.may("targets.edit"),
    }  # fmt: skip
    return render(request, "economy/targets.html", given)


@door("figures.see")
@recalling()
def target(request: ActingRequest, target_id: int) -> HttpResponse:
    """One target: every number with how it was worked out, its months, its versions."""
    one = queries.standing_of(target_id, request.actor, now=clock.now())
    given = {
        "one": one, "worked": queries.worked_out(one), "versions": queries.versions_of(one.target), "at": clock.now(),
        "edits": request.actor.may("targets.edit") and not hasattr(one.target, "replaced_by"),
    }  # fmt: skip
    return render(request, "economy/target.html", given)


@door("targets.edit")
def new_target(request: ActingRequest) -> HttpResponse:
    """Set a target."""

    def act(told: dict[str, Any]) -> str:
        new = actions.NewTarget(
            told["code"], told["organisation"].pk, told["year"], told["number"], told["source"], told["pace"], told["reason"]
        )
        return f"/economy/targets/{actions.set_target(new, by=request.actor, now=clock.now()).pk}/"

    form = forms.TargetForm(request.POST or None, actor=request.actor, initial={"year": clock.day_of(clock.now()).year})
    return carried_out(request, form, Doing(_("登记全年目标"), act, _("登记"), HOME))


@door("targets.edit")
def change_target(request: ActingRequest, target_id: int) -> HttpResponse:
    """Another number for a target, with a reason."""
    old = access.target_for(target_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        new = actions.NewTarget(old.code, old.organisation_id, old.year, told["number"], told["source"], old.pace, told["reason"])
        return f"/economy/targets/{actions.set_target(new, by=request.actor, now=clock.now()).pk}/"

    form = forms.ChangeForm(request.POST or None, initial={"source": old.source})
    about = _("%(unit)s %(year)d年，现为 %(number)s（第%(n)d版）")
    said = about % {"unit": old.organisation, "year": old.year, "number": old.plain, "n": old.version}
    return carried_out(request, form, Doing(_("调整目标"), act, _("调整"), f"/economy/targets/{old.pk}/", said))


@door("targets.edit")
def import_targets(request: ActingRequest) -> HttpResponse:
    """Take in a table; refused rows come back as a workbook."""
    form = forms.TableForm(request.POST or None, request.FILES or None)
    given: dict[str, object] = {"form": form, "submit": _("导入")}
    if form.is_valid():
        with on_disk(form.cleaned_data["file"]) as path:
            try:
                found = actions.import_targets(path, by=request.actor, now=clock.now())
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                if found.refused:
                    return refused_rows(found)
                given["found"] = found
    return render(request, "economy/import.html", given)


def refused_rows(found: Imported) -> HttpResponse:
    """The file's rows that were refused, each with why."""
    stream = io.BytesIO()
    write_refused(stream, found.headings, found.refused)
    return _workbook(stream, "refused.xlsx", 400)


@door("targets.edit")
def template(request: ActingRequest) -> HttpResponse:
    """An empty table to fill in, with the indicators and units that may be named."""
    stream = io.BytesIO()
    with workbook(stream, dict(PLAIN)) as book:
        head = book.add_format(dict(HEAD))
        book.add_worksheet(_("全年目标")).write_row(0, 0, HEADINGS, head)
        named = [(one.label, one.code, one.unit) for one in definitions().values()]
        units = [(one.short_name, one.code) for one in access.territories(request.actor)]
        lists: tuple[tuple[str, tuple[str, ...], list[Any]], ...] = (
            (_("指标"), (_("名称"), _("代码"), _("计量单位")), named),
            (_("单位"), (_("名称"), _("代码")), units),
        )
        for name, titles, rows in lists:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, titles, head)
            for line, row in enumerate(rows, 1):
                sheet.write_row(line, 0, row)
    return _workbook(stream, "targets.xlsx", 200)


def _workbook(stream: io.BytesIO, name: str, status: int) -> HttpResponse:
    response = HttpResponse(stream.getvalue(), content_type=WORKBOOK, status=status)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
