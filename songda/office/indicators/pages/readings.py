"""Pages of readings: bulletins handed in, one with its figures lit, and what the reviewer decides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.ledger.evidence.access import visible_to as evidence_visible_to
from songda.office.indicators import access, actions, queries
from songda.office.indicators.forms.readings import AcceptForm, BulletinForm, CorrectForm, RejectForm
from songda.office.indicators.models import ReadFigure, Reading
from songda.office.indicators.rules.drafts import quote_at
from songda.office.indicators.rules.likely_indicators import likely
from songda.office.indicators.states import Severity
from songda.registry.requests import ActingRequest

MOST_FIGURES = 200  # chosen at once


@door("figures.see")
def readings(request: ActingRequest) -> HttpResponse:
    """Bulletins that were read, the latest first."""
    asked = {name: request.GET.get(name, "") for name in ("q", "waiting")}
    return render(
        request,
        "indicators/readings.html",
        {"page": page_of(queries.readings_asked(request.actor, asked), request), "asked": asked},
    )


@door("figures.edit")
def new_reading(request: ActingRequest) -> HttpResponse:
    """Hand a bulletin in; the way on is its review."""
    form = BulletinForm(request.POST or None, request.FILES or None, actor=request.actor)
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.read_bulletin(_handed(form.cleaned_data), by=request.actor, now=clock.now())
        except Refused as refusal:
            known = refusal.fields.pop("reading", None)
            show_refusal(form, refusal)
        else:
            return redirect("indicators:reading", made.pk)
    return render(request, "indicators/new_reading.html", {"form": form, "known": known, "submit": _("读取")})


def _handed(given: dict[str, Any]) -> actions.Handed:
    upload = given.get("file")
    return actions.Handed(
        text=given["text"], organisation_id=given["organisation"].pk, title=given["title"], issuer=given["issuer"],
        issued_on=given["issued_on"], upload=upload, file_name=upload.name if upload else "", notes=given.get("notes", ()),
        demonstration=settings.DEMONSTRATION,
    )  # fmt: skip


@door("figures.see")
def reading(request: ActingRequest, reading_id: int) -> HttpResponse:
    """One bulletin: the text with every figure lit, the figures, the arithmetic, the doubts."""
    sheet = queries.sheet_of(access.reading_for(reading_id, request.actor))
    file = evidence_visible_to(request.actor).filter(pk=sheet.reading.file_id or 0).first()
    given = {"sheet": sheet, "reading": sheet.reading, "file": file, "edits": request.actor.may("figures.edit")}
    return render(request, "indicators/reading.html", given)


@door("figures.edit")
def accept(request: ActingRequest, reading_id: int) -> HttpResponse:
    """Take the chosen figures (`?figure=1&figure=2`)."""
    one, rows = _chosen(request, reading_id)
    form = _accept_form(request, one, rows)

    def act(told: dict[str, Any]) -> str:
        choice = actions.Choice(
            told["organisation"].pk, indicator=told.get("indicator", ""), as_of=form.as_of, scope=told["scope"],
            since=told.get("since"), note=told["note"],
        )  # fmt: skip
        numbers = [row.number for row in rows]
        actions.accept_figures(reading_id, numbers, choice, by=request.actor, now=clock.now())
        return back

    back = _back(reading_id, rows)
    return carried_out(request, form, Doing(_("采用"), act, _("采用"), back, _about(rows)))


@door("figures.edit")
def reject(request: ActingRequest, reading_id: int) -> HttpResponse:
    """Leave the chosen figures out."""
    _one, rows = _chosen(request, reading_id)
    back = _back(reading_id, rows)

    def act(told: dict[str, Any]) -> str:
        numbers = [row.number for row in rows]
        actions.reject_figures(reading_id, numbers, told["reason"], note=told["note"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, RejectForm(request.POST or None), Doing(_("不采用"), act, _("不采用"), back, _about(rows)))


@door("figures.edit")
def correct(request: ActingRequest, reading_id: int, number: int) -> HttpResponse:
    """Correct an accepted figure."""
    row = access.read_figure_to_review(reading_id, number, request.actor)
    back = _back(reading_id, [row])

    def act(told: dict[str, Any]) -> str:
        new = actions.Correction(told["value"], told["reason"], told["scope"])
        actions.correct_figure(reading_id, number, new, by=request.actor, now=clock.now())
        return back

    return carried_out(request, CorrectForm(request.POST or None), Doing(_("更正"), act, _("更正"), back, _about([row])))


@require_POST
@door("figures.edit")
def reopen(request: ActingRequest, reading_id: int, number: int) -> HttpResponse:
    """Review a rejected figure again."""
    return attempt(
        request,
        lambda: actions.reopen_figure(reading_id, number, by=request.actor, now=clock.now()),
        f"{reverse('indicators:reading', args=[reading_id])}#f{number}",
    )


def _chosen(request: ActingRequest, reading_id: int) -> tuple[Reading, list[ReadFigure]]:
    one = access.reading_to_review(reading_id, request.actor)
    return one, list(one.figures.filter(number__in=_numbers(request.GET)).order_by("number"))


def _numbers(asked: QueryDict) -> list[int]:
    return [int(one) for one in asked.getlist("figure")[:MOST_FIGURES] if one.isdecimal() and len(one) < 6]


def _accept_form(request: ActingRequest, one: Reading, rows: list[ReadFigure]) -> AcceptForm:
    known = queries.definitions()
    initial: dict[str, Any] = {"organisation": one.organisation_id}
    if len(rows) == 1:
        (row,) = rows
        day, _sign, hour = row.as_of.partition("T")
        words = row.subject + row.scope
        initial |= {"day": day, "hour": hour, "scope": row.scope, "indicator": likely(words, row.unit, known.values())}
    grave = any(row.weight == Severity.HIGH for row in rows)
    return AcceptForm(
        request.POST or None, actor=request.actor, indicators=known, several=len(rows) != 1, grave=grave, initial=initial
    )


def _back(reading_id: int, rows: list[ReadFigure]) -> str:
    return reverse("indicators:reading", args=[reading_id]) + (f"#f{rows[0].number}" if rows else "")


def _about(rows: list[ReadFigure]) -> str:
    if len(rows) == 1:
        (row,) = rows
        return f"{row.subject} {row.value}{row.unit}：“{quote_at(row.reading.text, (row.start, row.end))}”".strip()
    shown = "、".join(f"{row.subject} {row.value}{row.unit}".strip() for row in rows[:4])
    return shown if len(rows) <= 4 else _("%(shown)s等 %(n)d 个数") % {"shown": shown, "n": len(rows)}
