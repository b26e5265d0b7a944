"""Pages of briefings for the offices: the list, one of them, each step, attendance, questions."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.access import briefing_for, briefing_to_work, material_for, question_to_answer, works_on
from songda.deliveries.policy.briefings.actions import NewBriefing
from songda.deliveries.policy.briefings.forms import sessions as forms
from songda.deliveries.policy.briefings.states import BRIEFING
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.uploads import on_disk
from songda.kernel.workbooks import write_refused
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.ledger.evidence.queries import whole
from songda.registry.actors import Actor
from songda.registry.intake.rules.table import Imported
from songda.registry.requests import ActingRequest

HERE = "/policy/briefings/"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE_SHOWN = 200


def at(briefing_id: int) -> str:
    """The page of one briefing."""
    return f"{HERE}{briefing_id}/"


@door("policy.see")
def briefings(request: ActingRequest) -> HttpResponse:
    """Briefings in sight with their figures."""
    asked = {name: request.GET.get(name, "") for name in ("state", "text")}
    page = page_of(queries.briefings_listed(request.actor, **asked), request)
    figures = queries.figures_of([one.pk for one in page.rows])
    context = {"page": page, "lines": [(one, figures[one.pk]) for one in page.rows], "asked": asked, "states": BRIEFING.states}
    return render(request, "briefings/briefings.html", context)


@door("policy.draft")
def new(request: ActingRequest) -> HttpResponse:
    """Plan a briefing."""

    def act(told: dict[str, Any]) -> str:
        plan = NewBriefing(
            told["title"], told["medium"], told["speaker"].pk, told["area_path"], told["starts_at"], told["ends_at"], told["plan"],
            told["place"], told["join_link"], told["capacity"], [one.pk for one in told["versions"]], (), settings.DEMONSTRATION,
        )  # fmt: skip
        return at(actions.plan_briefing(plan, by=request.actor, now=clock.now()).pk)

    form = forms.BriefingForm(request.POST or None, actor=request.actor, initial={"speaker": request.actor.organisation_id})
    return carried_out(request, form, Doing(_("安排宣讲"), act, _("保存"), HERE))


@door("policy.see")
def briefing(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """One briefing: plan, figures, who comes, questions, what may be done."""
    one = briefing_for(briefing_id, request.actor)
    works = works_on(one, request.actor)
    context = {
        "briefing": one,
        "states": BRIEFING.states,
        "figures": queries.figures_of([one.pk])[one.pk],
        "topics": one.topics.select_related("version", "document").order_by("pk"),
        "materials": one.materials.filter(evidence__set_aside_at=None).select_related("evidence").order_by("pk"),
        "works": works,
        "questions": one.questions.select_related("subject", "case").order_by("pk")
        if request.actor.may("organisations.see")
        else (),
        "registered": queries.registered_of(one)[:PEOPLE_SHOWN] if works else (),
        "attended": queries.attended_of(one)[:PEOPLE_SHOWN] if works else (),
    }
    return render(request, "briefings/briefing.html", context)


@require_POST
@door("policy.draft")
def step(request: ActingRequest, briefing_id: int, step_name: str) -> HttpResponse:
    """Announce, note as held, close."""
    steps: dict[str, Callable[..., object]] = {
        "announce": actions.announce_briefing, "hold": actions.hold_briefing, "close": actions.close_briefing,
    }  # fmt: skip
    briefing_to_work(briefing_id, request.actor)
    work = steps.get(step_name, actions.close_briefing)
    return attempt(request, lambda: work(briefing_id, by=request.actor, now=clock.now()), at(briefing_id), _("已保存。"))


def small(
    request: ActingRequest, form: Any, title: str, briefing_id: int, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """A small form about one briefing, and back to it."""

    def go(told: dict[str, Any]) -> str:
        act(told)
        return at(briefing_id)

    one = briefing_to_work(briefing_id, request.actor)
    return carried_out(request, form, Doing(title, go, _("保存"), at(briefing_id), one.title))


@door("policy.draft")
def cancel(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Call it off."""
    form = forms.ReasonForm(request.POST or None)
    by, now = request.actor, clock.now()
    return small(
        request,
        form,
        _("取消宣讲"),
        briefing_id,
        lambda told: actions.cancel_briefing(briefing_id, told["reason"], by=by, now=now),
    )


@door("policy.draft")
def replay(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Where it can be watched."""
    form = forms.ReplayForm(request.POST or None)
    by, now = request.actor, clock.now()
    return small(
        request, form, _("回放"), briefing_id, lambda told: actions.set_replay(briefing_id, told["link"], by=by, now=now)
    )


@door("policy.draft")
def book(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Take a place for a firm."""
    form = forms.BookForm(request.POST or None, actor=request.actor)
    by, now = request.actor, clock.now()

    def act(told: dict[str, Any]) -> object:
        return actions.register(briefing_id, subject_id=told["subject"], attendee=told["attendee"], by=by, now=now)

    return small(request, form, _("代企业报名"), briefing_id, act)


@door("policy.draft")
def ask(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Take a question down."""
    form = forms.AskForm(request.POST or None, actor=request.actor)
    by, now = request.actor, clock.now()

    def act(told: dict[str, Any]) -> object:
        return actions.ask(briefing_id, told["text"], subject_id=told["subject"], asked_name=told["asked_name"], by=by, now=now)

    return small(request, form, _("登记提问"), briefing_id, act)


@door("policy.draft")
def materials(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Hand files out."""
    one = briefing_to_work(briefing_id, request.actor)
    evidence = EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": "other"})

    def act(_told: dict[str, Any]) -> str:
        with transaction.atomic():
            given = store_several(evidence.offers(subject_id=None, area_path=one.area_path), by=request.actor, now=clock.now())
            actions.add_materials(briefing_id, [paper.pk for paper in given], by=request.actor, now=clock.now())
        return at(briefing_id)

    doing = Doing(_("宣讲材料"), act, _("上传"), at(briefing_id), one.title)
    return carried_out(request, Form(request.POST or None), doing, evidence, "evidence/doing.html")


@door(SIGNED_IN)
def material(request: ActingRequest, material_id: int) -> HttpResponse:
    """A file of a briefing in sight, as an attachment."""
    paper = material_for(material_id, request.actor).evidence
    response = HttpResponse(whole(paper.file), content_type=paper.file.media_type)
    response["Content-Disposition"] = f"attachment; filename=material-{paper.pk}.{paper.suffix}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@door("policy.draft")
def import_attendance(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Take in a list; refused rows come back as a workbook."""
    one = briefing_to_work(briefing_id, request.actor)
    form = forms.AttendanceForm(request.POST or None, request.FILES or None)
    given: dict[str, object] = {"form": form, "submit": _("导入"), "briefing": one}
    if form.is_valid():
        found = imported(briefing_id, form, request.actor)
        if found is not None and found.refused:
            return refused_rows(found)
        given["found"] = found
    return render(request, "briefings/import.html", given)


def imported(briefing_id: int, form: forms.AttendanceForm, actor: Actor) -> Imported | None:
    """What the list came to; None where it was refused as a whole."""
    with on_disk(form.cleaned_data["file"]) as path:
        try:
            return actions.import_attendance(briefing_id, path, by=actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
            return None


def refused_rows(found: Imported) -> HttpResponse:
    """The rows that were refused, as a workbook to mend and send again."""
    stream = io.BytesIO()
    write_refused(stream, found.headings, found.refused)
    return attached(stream.getvalue(), "refused.xlsx", WORKBOOK, status=400)


def attached(data: bytes, name: str, media_type: str, status: int = 200) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(data, content_type=media_type, status=status)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@door("policy.draft")
def export(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Figures, registrations, attendance and questions as a workbook."""
    return attached(
        actions.write_briefing(briefing_id, by=request.actor, now=clock.now()), f"briefing-{briefing_id}.xlsx", WORKBOOK
    )


@door("organisations.see")
def questions(request: ActingRequest) -> HttpResponse:
    """Questions in sight."""
    asked = {name: request.GET.get(name, "") for name in ("standing", "text")}
    page = page_of(queries.questions_listed(request.actor, **asked), request)
    answers = request.actor.may("policy.draft") or request.actor.may("cases.file")
    return render(request, "briefings/questions.html", {"page": page, "asked": asked, "answers": answers})


@door("organisations.see")
def answer(request: ActingRequest, question_id: int) -> HttpResponse:
    """Answer a question."""
    one = question_to_answer(question_id, request.actor)
    back = at(one.briefing_id) if one.briefing_id else f"{HERE}questions/"

    def act(told: dict[str, Any]) -> str:
        actions.answer_question(question_id, told["answer"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.AnswerForm(request.POST or None), Doing(_("答复提问"), act, _("答复"), back, one.text))


@require_POST
@door("organisations.see")
def make_case(request: ActingRequest, question_id: int) -> HttpResponse:
    """Make it a case by one press."""
    one = question_to_answer(question_id, request.actor)
    back = at(one.briefing_id) if one.briefing_id else f"{HERE}questions/"
    return attempt(request, lambda: actions.make_case(question_id, by=request.actor, now=clock.now()), back, _("已转为事项。"))
