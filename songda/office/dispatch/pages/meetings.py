"""Pages of meetings, special cases and supervision sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.whole import whole_number
from songda.ledger.cases.states import MACHINES
from songda.office.dispatch import actions, forms, queries
from songda.office.dispatch.access import meeting_for, meetings_visible_to, sheets_visible_to, special_for
from songda.office.dispatch.states import MeetingKind
from songda.registry.requests import ActingRequest


@door("cases.see")
def meetings(request: ActingRequest) -> HttpResponse:
    """The meetings of the territory, the latest first."""
    kind = request.GET.get("kind", "")
    rows = meetings_visible_to(request.actor).filter(**({"kind": kind} if kind else {})).order_by("-held_on", "-id")
    return render(request, "dispatch/meetings.html", {"page": page_of(rows, request), "kinds": MeetingKind.choices, "kind": kind})


@door("cases.see")
def meeting(request: ActingRequest, meeting_id: int) -> HttpResponse:
    """One meeting: its agenda in order, what it decided, its minutes."""
    one = meeting_for(meeting_id, request.actor)
    keeps = request.actor.may("meetings.edit") and one.closed_at is None
    given = {"meeting": one, "agenda": queries.agenda_of(one), "decisions": queries.decisions_of(one), "keeps": keeps}
    return render(request, "dispatch/meeting.html", {**given, "states": MACHINES["task"].states})


@door("meetings.edit")
def new_meeting(request: ActingRequest) -> HttpResponse:
    """Call a meeting."""

    def act(told: dict[str, Any]) -> str:
        made = actions.call_meeting(
            told["kind"], told["title"], told["held_on"], by=request.actor, now=clock.now(), place=told["place"]
        )
        return f"/meetings/{made.pk}/"

    form = forms.MeetingForm(request.POST or None, initial={"held_on": clock.day_of(clock.now())})
    return carried_out(request, form, Doing(_("召集会议"), act, _("召集"), "/meetings/"))


@require_POST
@door("meetings.edit")
def refresh(request: ActingRequest, meeting_id: int) -> HttpResponse:
    """Put what has become due since on the agenda."""
    return attempt(
        request,
        lambda: actions.refresh_agenda(meeting_id, by=request.actor, now=clock.now()),
        f"/meetings/{meeting_id}/",
        _("已保存。"),
    )


@door("meetings.edit")
def add(request: ActingRequest, meeting_id: int) -> HttpResponse:
    """Put a case on the agenda."""
    one, back = meeting_for(meeting_id, request.actor), f"/meetings/{meeting_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.add_to_agenda(meeting_id, told["number"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.CaseForm(request.POST or None), Doing(_("增加议程"), act, _("增加"), back, one.title))


@door("meetings.edit")
def decide(request: ActingRequest, meeting_id: int) -> HttpResponse:
    """Decide something; `?case=` is the case it is about."""
    one, back, about = meeting_for(meeting_id, request.actor), f"/meetings/{meeting_id}/", request.GET.get("case", "")

    def act(told: dict[str, Any]) -> str:
        decided = actions.Decided(told["text"], told["owner"].pk, told["due_on"], whole_number(about))
        actions.decide(meeting_id, decided, by=request.actor, now=clock.now())
        return back

    form = forms.DecisionForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("作出决定"), act, _("交办"), back, one.title))


@door("meetings.edit")
def close(request: ActingRequest, meeting_id: int) -> HttpResponse:
    """Close a meeting with its minutes."""
    one, back = meeting_for(meeting_id, request.actor), f"/meetings/{meeting_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.close_meeting(meeting_id, told["minutes"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.MinutesForm(request.POST or None), Doing(_("结束会议"), act, _("结束"), back, one.title))


@door("cases.see")
def specials(request: ActingRequest) -> HttpResponse:
    """Special cases, the most pressing first."""
    closed = request.GET.get("closed") == "yes"
    page = page_of(queries.specials_listed(request.actor, closed=closed), request)
    return render(request, "dispatch/specials.html", {"page": page, "closed": closed, "today": clock.day_of(clock.now())})


@door("cases.see")
def special(request: ActingRequest, special_id: int) -> HttpResponse:
    """One special case with its matters."""
    one = special_for(special_id, request.actor)
    matters = one.matters.select_related("case__subject", "case__lead").order_by("pk")
    keeps = request.actor.may("meetings.edit") and one.closed_at is None
    given = {"special": one, "matters": matters, "keeps": keeps, "today": clock.day_of(clock.now())}
    return render(request, "dispatch/special.html", given)


@door("meetings.edit")
def new_special(request: ActingRequest) -> HttpResponse:
    """Open a special case."""

    def act(told: dict[str, Any]) -> str:
        made = actions.open_special(
            told["title"], told["leader"].pk, told["due_on"], told["numbers"], by=request.actor, now=clock.now()
        )
        return f"/specials/{made.pk}/"

    form = forms.SpecialForm(request.POST or None, actor=request.actor, initial={"numbers": request.GET.get("number", "")})
    return carried_out(request, form, Doing(_("立专案"), act, _("立案"), "/specials/"))


@door("meetings.edit")
def add_matter(request: ActingRequest, special_id: int) -> HttpResponse:
    """Take one more case in."""
    one, back = special_for(special_id, request.actor), f"/specials/{special_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.add_matter(special_id, told["number"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.CaseForm(request.POST or None), Doing(_("并入事项"), act, _("并入"), back, one.title))


@door("meetings.edit")
def close_special(request: ActingRequest, special_id: int) -> HttpResponse:
    """Close a special case."""
    one, back = special_for(special_id, request.actor), f"/specials/{special_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.close_special(special_id, told["outcome"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.OutcomeForm(request.POST or None), Doing(_("专案结案"), act, _("结案"), back, one.title))


@door("cases.see")
def sheets(request: ActingRequest) -> HttpResponse:
    """The supervision sheets of the territory, those without an answer first asked for by a filter."""
    waiting = request.GET.get("waiting") == "yes"
    rows = sheets_visible_to(request.actor).filter(**({"seen_at": None} if waiting else {})).order_by("-id")
    return render(request, "dispatch/sheets.html", {"page": page_of(rows, request), "waiting": waiting})


@door("cases.decide")
def new_sheet(request: ActingRequest) -> HttpResponse:
    """Write a supervision sheet by hand."""

    def act(told: dict[str, Any]) -> str:
        made = actions.issue_sheet(told["number"], told["unit"].pk, told["text"], by=request.actor, now=clock.now())
        return f"/cases/alerts/{made.pk}/sheet/"

    form = forms.SheetForm(request.POST or None, actor=request.actor, initial={"number": request.GET.get("number", "")})
    return carried_out(request, form, Doing(_("签发督办单"), act, _("签发"), "/sheets/"))


@door("cases.see")
def daily(request: ActingRequest) -> HttpResponse:
    """The daily list of what stands still: today's, or that of the day asked for."""
    form = forms.DailyForm(request.GET)
    form.is_valid()
    on, lead = form.cleaned_data.get("on") or clock.day_of(clock.now()), form.cleaned_data.get("lead")
    page = page_of(queries.standstills(request.actor, on, lead), request)
    given = {"on": on, "lead": lead, "days": queries.days_listed(request.actor), "units": queries.units_listed(request.actor, on)}
    return render(request, "dispatch/daily.html", {"page": page, **given})
