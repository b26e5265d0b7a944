"""Drafting and writing: a new piece, its editor with the preview beside, confirmations and explanations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.recall import recalling
from songda.kernel.screens.steps import Doing, carried_out
from songda.office.bulletins import access, actions, queries
from songda.office.bulletins.forms import DraftForm, ExplainForm, ReasonForm
from songda.office.bulletins.models import Piece
from songda.office.bulletins.pages.showing import sections_shown, title_of
from songda.office.bulletins.queries.manuscripts import bound_of, content_of, faults_in, manuscript_of
from songda.office.bulletins.rules.fitness import BLOCK
from songda.office.bulletins.rules.places import PlaceError, for_editing, kept
from songda.office.bulletins.rules.punctuation import tidied
from songda.office.bulletins.rules.rendering import Section, sections_of
from songda.office.bulletins.rules.templates import template_of
from songda.office.bulletins.states import Why
from songda.office.indicators.actions import explain_value
from songda.office.indicators.queries import definitions
from songda.registry.organisations.queries import by_code
from songda.registry.requests import ActingRequest

HERE = "/bulletins/"
MORE = 1  # empty sections offered at the end


@door(access.WRITE)
def new(request: ActingRequest) -> HttpResponse:
    """Draft a bulletin or news item."""
    sort = "news" if request.GET.get("sort") == "news" else "bulletin"
    templates = queries.templates_in_force(request.actor, sort)
    form = DraftForm(
        request.POST or None, actor=request.actor, templates=templates, initial={"day": clock.day_of(clock.now()), **request.GET.dict()}
    )  # fmt: skip

    def act(told: dict[str, Any]) -> str:
        body = next(one.body for one in templates if one.code == told["template"])
        unit = (
            by_code(template_of(body).unit).pk
            if body.get("unit")
            else told["unit"].pk
            if told["unit"]
            else request.actor.organisation_id
        )
        made = actions.NewPiece(told["template"], unit or 0, form.as_of(), settings.DEMONSTRATION)
        return f"{HERE}{actions.draft_piece(made, by=request.actor, now=clock.now()).pk}/edit/"

    title = _("起草新闻稿") if sort == "news" else _("起草简报")
    return carried_out(request, form, Doing(title, act, _("起草"), f"{HERE}news/" if sort == "news" else HERE))


@door(access.WRITE)
@recalling()
def edit(request: ActingRequest, piece_id: int) -> HttpResponse:
    """The editor: text left, as it reads right."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    if found.state != "draft":
        return redirect(f"{HERE}{piece_id}/")
    errors: dict[str, str] = {}
    headline, rows = found.headline, list(sections_of(found.sections))
    if request.method == "POST":
        headline, rows = request.POST.get("headline", ""), told_in(request.POST)
        try:
            actions.write_piece(piece_id, headline, rows, by=request.actor, now=clock.now())
            return redirect(f"{HERE}{piece_id}/edit/" if "stay" in request.POST else f"{HERE}{piece_id}/")
        except Refused as refusal:
            errors = {"": refusal.sentence, **refusal.fields}
    context = {"piece": found, "errors": errors, **editor(found, headline, rows, errors), **preview_of(found)}
    return render(request, "bulletins/edit.html", context)


@require_POST
@door(access.WRITE)
@recalling()
def preview(request: ActingRequest, piece_id: int) -> HttpResponse:
    """What is being written, as it would read with the numbers drawn so far. Nothing is kept."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    codes = {one.label: code for code, one in reversed(definitions().items())}
    try:
        found.headline = kept(tidied(request.POST.get("headline", "")), codes)
        rows = [Section(one.heading, kept(tidied(one.text), codes), one.unit) for one in told_in(request.POST)]
    except PlaceError as error:
        return render(request, "bulletins/preview.html", {"piece": found, "trouble": str(error)})
    found.sections = [one.as_data() for one in rows if one.text or one.heading]
    return render(request, "bulletins/preview.html", {"piece": found, **preview_of(found)})


@door(access.WRITE)
def confirm(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Answer for one fault, named by its sort and key."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    sort, key = request.GET.get("sort", ""), request.GET.get("key", "")

    def act(told: dict[str, Any]) -> str:
        actions.confirm_in_piece(piece_id, sort, key, told["reason"], by=request.actor, now=clock.now())
        return f"{HERE}{found.pk}/"

    label = Why(sort).label if sort in Why.values else _("这一处")
    doing = Doing(_("确认：%(what)s") % {"what": label}, act, _("确认"), f"{HERE}{found.pk}/", key.split("|")[-1])
    return carried_out(request, ReasonForm(request.POST or None), doing)


@door(access.WRITE)
def explain(request: ActingRequest, piece_id: int, number: int) -> HttpResponse:
    """Say why a value is as it is: of the number with this ordinal in the piece."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    bound = next((one for one in bound_of(found) if one.seq == number and one.value is not None), None)
    if bound is None or bound.value is None:
        return redirect(f"{HERE}{piece_id}/")
    value = bound.value

    def act(told: dict[str, Any]) -> str:
        explain_value(value.pk, told["text"], by=request.actor, now=clock.now())
        return f"{HERE}{piece_id}/"

    doing = Doing(_("说明原因"), act, _("保存说明"), f"{HERE}{piece_id}/", f"{value.indicator.label} {bound.text}")
    return carried_out(request, ExplainForm(request.POST or None), doing)


def told_in(given: QueryDict) -> list[Section]:
    """The sections of the editor's form."""
    headings, units, texts = (given.getlist(name) for name in ("heading", "unit", "text"))
    return [Section(heading, text, unit) for heading, unit, text in zip(headings, units, texts, strict=False)]


def editor(piece: Piece, headline: str, rows: list[Section], errors: dict[str, str]) -> dict[str, Any]:
    """Texts for the writer's eye: labels, and what each place says."""
    known = definitions()
    labels = {code: one.label for code, one in known.items() if not any(sign in one.label for sign in "@：{} ")}
    said = dict(piece.bound.values_list("token", "text"))
    shown = []
    for at, one in enumerate([*rows, *[Section("", "")] * MORE]):
        tokens = said | {key.partition("|")[2]: text for key, text in said.items() if key.startswith(f"{one.unit}|")}
        shown.append(
            {
                "heading": one.heading,
                "unit": one.unit,
                "text": _spelled(one.text, labels, tokens),
                "error": errors.get(f"text_{at}", ""),
            }
        )
    return {
        "headline": _spelled(headline, labels, said), "headline_error": errors.get("headline", ""), "rows": shown,
        "known": sorted((one.label, one.unit) for one in known.values()),
    }  # fmt: skip


def _spelled(text: str, labels: dict[str, str], said: dict[str, str]) -> str:
    try:
        return for_editing(text, labels, said)
    except PlaceError:
        return text


def preview_of(piece: Piece) -> dict[str, Any]:
    """The piece as it reads now, and what keeps it from being published."""
    text = manuscript_of(piece)
    faults = faults_in(piece, text)
    content = content_of(piece, text, faults)
    return {
        "title": title_of(content), "sections": sections_shown(content, linked=False),
        "faults": [one for one in faults if one.severity == BLOCK],
    }  # fmt: skip
