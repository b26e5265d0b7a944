"""Pages of the desks: enquiries, the roster, settled answers, hotlines."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.access import enquiry_for
from songda.deliveries.service.helping.forms import desks as forms
from songda.deliveries.service.helping.states import Channel
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.uploads import on_disk
from songda.kernel.whole import whole_number
from songda.kernel.workbooks import write_refused
from songda.registry.organisations.access import organisation_for
from songda.registry.requests import ActingRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("cases.file")
def enquiries(request: ActingRequest) -> HttpResponse:
    """The inbox of all channels, with the counts of the last thirty days and what waits too long."""
    given, now = request.GET, clock.now()
    today = clock.day_of(now)
    rows = queries.enquiries_listed(
        request.actor, channel=given.get("channel", ""), waiting=given.get("waiting") == "yes", text=given.get("text", "")
    )
    context = {
        "page": page_of(rows, request),
        "channels": queries.by_channel(request.actor, today - dt.timedelta(days=29), today),
        "labels": dict(Channel.choices),
        "response": queries.response(request.actor, now=now),
        "given": given,
    }
    return render(request, "helping/enquiries.html", context)


@door("cases.file")
def new_enquiry(request: ActingRequest) -> HttpResponse:
    """Take an enquiry down."""

    def act(told: dict[str, Any]) -> str:
        new = actions.NewEnquiry(
            told["channel"], told["question"], told["subject"], told["asked_by"], told["contact"], told["answer"]
        )
        return f"/helping/enquiries/{actions.record_enquiry(new, by=request.actor, now=clock.now()).pk}/"

    form = forms.EnquiryForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("登记咨询"), act, _("登记"), "/helping/enquiries/"))


@door("cases.file")
def enquiry(request: ActingRequest, enquiry_id: int) -> HttpResponse:
    """One enquiry, with settled answers that may fit."""
    one = enquiry_for(enquiry_id, request.actor)
    words = request.GET.get("text", "")
    known = queries.known_answers(request.actor, words)[:10] if words.strip() else []
    return render(request, "helping/enquiry.html", {"enquiry": one, "known": known, "text": words})


@door("cases.file")
def answer(request: ActingRequest, enquiry_id: int) -> HttpResponse:
    """Answer an enquiry."""
    one, back = enquiry_for(enquiry_id, request.actor), f"/helping/enquiries/{enquiry_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.answer_enquiry(enquiry_id, told["answer"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.AnswerForm(request.POST or None), Doing(_("答复咨询"), act, _("答复"), back, one.question))


@door("cases.file")
def convert(request: ActingRequest, enquiry_id: int) -> HttpResponse:
    """Make a demand of an enquiry."""
    one, back = enquiry_for(enquiry_id, request.actor), f"/helping/enquiries/{enquiry_id}/"

    def act(told: dict[str, Any]) -> str:
        case = actions.convert_enquiry(enquiry_id, told["title"], by=request.actor, now=clock.now(), category=told["category"])
        return f"/cases/{case.pk}/"

    form = forms.ConvertForm(request.POST or None, initial={"title": one.question[:60]})
    return carried_out(request, form, Doing(_("转为诉求"), act, _("转办"), back, one.question))


@door("organisations.see")
def knowledge(request: ActingRequest) -> HttpResponse:
    """Search settled answers."""
    text = request.GET.get("text", "")
    page = page_of(queries.known_answers(request.actor, text), request, size=20)
    return render(request, "helping/knowledge.html", {"page": page, "text": text})


@door("cases.file")
def new_knowledge(request: ActingRequest) -> HttpResponse:
    """Keep an answer for everybody."""

    def act(told: dict[str, Any]) -> str:
        actions.write_knowledge(told["question"], told["answer"], by=request.actor, now=clock.now(), keywords=told["keywords"])
        return "/helping/knowledge/"

    form = forms.KnowledgeForm(request.POST or None, initial=request.GET.dict())
    return carried_out(request, form, Doing(_("编写知识条目"), act, _("保存"), "/helping/knowledge/"))


@require_POST
@door("cases.file")
def withdraw_knowledge(request: ActingRequest, knowledge_id: int) -> HttpResponse:
    """Withdraw an answer."""
    return attempt(
        request,
        lambda: actions.withdraw_knowledge(knowledge_id, by=request.actor, now=clock.now()),
        "/helping/knowledge/",
        _("已保存。"),
    )


@door("cases.file")
def duty(request: ActingRequest) -> HttpResponse:
    """The roster of a unit for the weeks to come, with its gaps over a year."""
    unit = organisation_for(unit_of(request), request.actor)
    today = clock.day_of(clock.now())
    given = {
        "unit": unit,
        "roster": queries.roster_of(unit.pk, today, today + dt.timedelta(days=27)),
        "gaps": queries.duty_gaps(unit.pk, today, today + dt.timedelta(days=364)),
        "today": today,
        "may_plan": request.actor.may("teams.edit") or request.actor.may("cases.close"),
    }
    return render(request, "helping/duty.html", given)


@door("cases.close")
def plan_duty(request: ActingRequest) -> HttpResponse:
    """Fill the roster."""
    unit = organisation_for(unit_of(request), request.actor)
    today = clock.day_of(clock.now())

    def act(told: dict[str, Any]) -> str:
        keys, days = [int(one) for one in told["posts"]], (told["first"], told["last"])
        actions.plan_duty(unit.pk, keys, days, by=request.actor, now=clock.now())
        return f"/helping/duty/?unit={unit.pk}"

    form = forms.DutyForm(request.POST or None, unit_id=unit.pk, initial={"first": today, "last": today + dt.timedelta(days=364)})
    return carried_out(request, form, Doing(_("排班"), act, _("排班"), f"/helping/duty/?unit={unit.pk}", unit.name))


def unit_of(request: ActingRequest) -> int:
    """The unit asked for, else the actor's own."""
    asked = request.GET.get("unit", "")
    return whole_number(asked) or request.actor.organisation_id or 0


@door("cases.file")
def hotlines(request: ActingRequest) -> HttpResponse:
    """The lines with their rates of thirty days, and what was asked about today."""
    today = clock.day_of(clock.now())
    given = {
        "lines": queries.lines(request.actor, today - dt.timedelta(days=29), today),
        "topics": queries.topics_on(request.actor, today),
        "today": today,
    }
    return render(request, "helping/hotlines.html", given)


@door("teams.edit")
def new_hotline(request: ActingRequest) -> HttpResponse:
    """Open a line."""

    def act(told: dict[str, Any]) -> str:
        actions.open_hotline(told["number"], told["purpose"], told["owner"].pk, by=request.actor, now=clock.now())
        return "/helping/hotlines/"

    form = forms.HotlineForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("开通热线"), act, _("开通"), "/helping/hotlines/"))


@door("cases.file")
def import_calls(request: ActingRequest) -> HttpResponse:
    """Take in call records; refused rows come back as a workbook."""
    form = forms.CallsForm(request.POST or None, request.FILES or None)
    given: dict[str, object] = {"form": form, "submit": _("导入")}
    if form.is_valid():
        with on_disk(form.cleaned_data["file"]) as path:
            try:
                found = actions.import_calls(path, by=request.actor, now=clock.now())
            except Refused as refusal:
                show_refusal(form, refusal)
                found = None
        if found is not None and found.refused:
            return refused_rows(found.headings, found.refused)
        given["found"] = found
    return render(request, "helping/import_calls.html", given)


def refused_rows(headings: Any, refused: Any) -> HttpResponse:
    """The rows that were refused, as a workbook to mend and send again."""
    stream = io.BytesIO()
    write_refused(stream, headings, refused)
    response = HttpResponse(stream.getvalue(), content_type=WORKBOOK, status=400)
    response["Content-Disposition"] = 'attachment; filename="refused.xlsx"'
    return response
