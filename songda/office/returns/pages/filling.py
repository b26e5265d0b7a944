"""Pages of one return: what it says in each version, filling it in on the page or by workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound, Refused
from songda.kernel.recall import recalling
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.kernel.screens.steps import Doing, carried_out
from songda.kernel.uploads import on_disk
from songda.kernel.whole import whole_number
from songda.kernel.workbooks import write_refused
from songda.office.returns import actions, queries
from songda.office.returns.access import return_for, return_to
from songda.office.returns.actions import Said
from songda.office.returns.forms import ReasonForm, UploadForm
from songda.office.returns.models import Return
from songda.office.returns.queries import Line
from songda.office.returns.rules.validation import stopping
from songda.office.returns.states import RETURN
from songda.registry.requests import ActingRequest

FILLABLE = ("expected", "draft", "sent_back")


@door("returns.see")
@recalling()
def one(request: ActingRequest, return_id: int) -> HttpResponse:
    """One return: the version at work or another one, its differences, its violations, what may be done."""
    found, now = return_for(return_id, request.actor), clock.now()
    history = queries.history_of(found)
    shown = request.GET.get("version", "")
    number = found.number if (asked := whole_number(shown)) is None else asked
    if number and number not in [version.number for version, _changes in history]:
        raise NotFound(_("没有这个版本。"), advice=_("请从版本列表进入。"))
    context = {
        "return_": found, "lamp": queries.lamp(found, now), "states": RETURN.states, "number": number, "history": history,
        "lines": queries.lines_of(found, queries.entries_of(found, number)), "locked": now >= found.locks_at,
        "violations": found.violations.order_by("state", "pk"), "fillable": found.state in FILLABLE,
    }  # fmt: skip
    return render(request, "returns/return.html", context)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line with what stands in its boxes and what is wrong with it."""

    line: Line
    number: str
    why: str
    error: str


@door("returns.fill")
@recalling()
def fill(request: ActingRequest, return_id: int) -> HttpResponse:
    """The table to fill in; saved, its doubts stand beside it. 提交 saves and submits at once."""
    found = return_to("returns.fill", return_id, request.actor)
    errors: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            return _saved(request, found)
        except Refused as refusal:
            errors = refusal.fields
            tell_refusal(request, Refused(refusal.message, advice=refusal.advice))
    found.refresh_from_db()
    rows = queries.entries_of(found)
    doubts = queries.breaches_of(found, rows) if rows else []
    lines = queries.lines_of(found, rows, doubts)
    context = {
        "return_": found, "typed": _typed(request, lines, errors), "lamp": queries.lamp(found, clock.now()),
        "stops": len(stopping(doubts)), "doubts": len(doubts),
    }  # fmt: skip
    return render(request, "returns/fill.html", context)


def _saved(request: ActingRequest, found: Return) -> HttpResponse:
    now, given = clock.now(), request.POST
    keys = [place.key for place in queries.form_in_version(found.form_id).places]
    said = {key: Said(given.get(f"n-{key}", ""), given.get(f"w-{key}", "")) for key in keys}
    actions.save_draft(found.pk, said, by=request.actor, now=now)
    if "submit" in given:
        actions.submit_return(found.pk, by=request.actor, now=now)
        messages.success(request, _("已提交，等待本单位负责人审核。"))
        return redirect(f"/returns/{found.pk}/")
    messages.success(request, _("草稿已保存，校验结果见各行。"))
    return redirect(f"/returns/{found.pk}/fill/")


def _typed(request: ActingRequest, lines: Sequence[Line], errors: Mapping[str, str]) -> list[Typed]:
    given = request.POST if request.method == "POST" else {}
    return [
        Typed(
            line, given.get(f"n-{line.place.key}", line.typed), given.get(f"w-{line.place.key}", line.explanation),
            errors.get(line.place.key, ""),
        )
        for line in lines
    ]  # fmt: skip


@door("returns.fill")
def workbook(request: ActingRequest, return_id: int) -> FileResponse:
    """The form to fill in elsewhere."""
    found = return_to("returns.fill", return_id, request.actor)
    stream = io.BytesIO()
    actions.write_form(stream, found, queries.lines_of(found, queries.entries_of(found)))
    stream.seek(0)
    name = f"{found.form.label} {found.organisation.short_name} {found.last}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


@door("returns.fill")
def upload(request: ActingRequest, return_id: int) -> HttpResponse:
    """Take a filled form in, or give back the rows that are wrong."""
    found = return_to("returns.fill", return_id, request.actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with on_disk(form.cleaned_data["file"]) as path:
            try:
                taken = actions.take_workbook(return_id, path, by=request.actor, now=clock.now())
            except Refused as refusal:
                show_refusal(form, refusal)
                taken = None
        if taken is not None:
            return _answer(request, return_id, taken)
    return render(request, "returns/upload.html", {"form": form, "return_": found, "submit": _("上传")})


def _answer(request: ActingRequest, return_id: int, taken: actions.Taken) -> HttpResponse:
    if taken.version is not None:
        messages.success(request, _("表格已存为草稿，请核对后提交。"))
        return redirect(f"/returns/{return_id}/fill/")
    stream = io.BytesIO()
    write_refused(stream, taken.headings, taken.refused)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(stream.getvalue(), content_type=kind)  # 200: Chromium keeps no file of an answer that is an error
    response["Content-Disposition"] = 'attachment; filename="refused.xlsx"'
    return response


@door("returns.fill")
def correct(request: ActingRequest, return_id: int) -> HttpResponse:
    """Begin a correction of what was accepted."""
    found, back = return_to("returns.fill", return_id, request.actor), f"/returns/{return_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.correct_return(return_id, told["reason"], by=request.actor, now=clock.now())
        return f"{back}fill/"

    return carried_out(request, ReasonForm(request.POST or None), Doing(_("更正"), act, _("开始更正"), back, str(found)))
