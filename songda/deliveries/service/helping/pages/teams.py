"""Pages of teams, allocation, coverage, dispatch lists and stations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.access import station_for, stations_visible_to, team_for
from songda.deliveries.service.helping.forms import teams as forms
from songda.deliveries.service.helping.states import TeamKind
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.registry.people.states import Role
from songda.registry.requests import ActingRequest


@door("visits.see")
def teams(request: ActingRequest) -> HttpResponse:
    """The teams of the territory with what they carry."""
    given = request.GET
    rows = queries.teams_listed(request.actor, kind=given.get("kind", ""), past=given.get("past") == "yes")
    return render(request, "helping/teams.html", {"page": page_of(rows, request), "kinds": TeamKind.choices, "given": given})


@door("visits.see")
def team(request: ActingRequest, team_id: int) -> HttpResponse:
    """One team: members, subjects, open cases, those it had before."""
    one = team_for(team_id, request.actor)
    given = {
        "team": one,
        "members": one.members.select_related("post__person", "post__organisation").order_by("ends_on", "pk"),
        "charges": one.charges.filter(ends_on=None).select_related("subject").order_by("subject__area_path", "pk")[:300],
        "count": one.charges.filter(ends_on=None).count(),
        "past": one.charges.exclude(ends_on=None).count(),
        "cases": queries.open_cases_of(one).select_related("subject").order_by("pressing_at", "pk")[:100],
    }
    return render(request, "helping/team.html", given)


@door("teams.edit")
def new_team(request: ActingRequest) -> HttpResponse:
    """Set up a team."""
    form = forms.TeamForm(request.POST or None, actor=request.actor)

    def act(told: dict[str, Any]) -> str:
        force = told["organisation"]
        new = actions.NewTeam(
            told["kind"],
            told["name"],
            told["lead"].pk,
            told["leader"].pk,
            told["leader_rank"],
            told["purpose"],
            force.pk if force else None,
        )
        return f"/helping/teams/{actions.found_team(new, by=request.actor, now=clock.now()).pk}/"

    return carried_out(request, form, Doing(_("成立服务队伍"), act, _("成立"), "/helping/"))


@door("teams.edit")
def new_member(request: ActingRequest, team_id: int) -> HttpResponse:
    """One more member."""
    one, back = team_for(team_id, request.actor), f"/helping/teams/{team_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.add_member(team_id, told["post"].pk, by=request.actor, now=clock.now(), speciality=told["speciality"])
        return back

    form = forms.MemberForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("增加成员"), act, _("加入"), back, one.name))


@require_POST
@door("teams.edit")
def end_member(request: ActingRequest, team_id: int, member_id: int) -> HttpResponse:
    """A member goes back to its unit."""
    return attempt(
        request,
        lambda: actions.end_member(member_id, by=request.actor, now=clock.now()),
        f"/helping/teams/{team_id}/",
        _("已保存。"),
    )


@door("teams.edit")
def new_charge(request: ActingRequest, team_id: int) -> HttpResponse:
    """One more subject in the team's care."""
    one, back = team_for(team_id, request.actor), f"/helping/teams/{team_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.put_in_charge(team_id, told["subject"], by=request.actor, now=clock.now())
        return back

    form = forms.ChargeForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("增加包干对象"), act, _("划入"), back, one.name))


@door("teams.edit")
def dissolve(request: ActingRequest, team_id: int) -> HttpResponse:
    """Dissolve a team and hand everything over."""
    one, back = team_for(team_id, request.actor), f"/helping/teams/{team_id}/"

    def act(told: dict[str, Any]) -> str:
        heir = told["successor"]
        actions.dissolve_team(team_id, heir.pk if heir else None, told["reason"], by=request.actor, now=clock.now())
        return back

    form = forms.DissolveForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("解散并移交"), act, _("解散"), back, one.name))


@door("teams.edit")
def allocate(request: ActingRequest) -> HttpResponse:
    """Share subjects among teams: first what it would come to, then for good."""
    form, done = forms.AllocateForm(request.POST or None, actor=request.actor), "done" in request.POST
    given: dict[str, object] = {"form": form, "submit": _("试算")}
    if form.is_valid():
        told = form.cleaned_data
        teams, even = list(told["teams"]), told["how"] == "even"
        if done:
            keys = [one.pk for one in teams]
            return attempt(
                request,
                lambda: actions.allocate(keys, told["what"], even=even, by=request.actor, now=clock.now()),
                "/helping/",
                _("已保存。"),
            )
        given["plan"] = queries.plan_allocation(request.actor, teams, told["what"], even=even)
    return render(request, "helping/allocate.html", given)


@door("visits.see")
def coverage(request: ActingRequest) -> HttpResponse:
    """Who is covered, out of whom, and the gaps."""
    form = forms.CoverageForm(request.GET or {"what": "projects", "how": "group"})
    given: dict[str, object] = {"form": form}
    if form.is_valid():
        told = form.cleaned_data
        given["report"] = queries.coverage_of(request.actor, told["what"], told["how"], on=clock.day_of(clock.now()))
        given["names"] = {"what": queries.WHAT[told["what"]], "how": queries.HOW[told["how"]]}
    return render(request, "helping/coverage.html", given)


@door("visits.see")
def sent(request: ActingRequest) -> HttpResponse:
    """Dispatch lists by role."""
    today = clock.day_of(clock.now())
    role = request.GET.get("role", Role.TALENT_OFFICER.value)
    role = role if role in queries.SENT else Role.TALENT_OFFICER.value
    given = {
        "figures": [queries.dispatched(request.actor, one, today) for one in queries.SENT],
        "page": page_of(queries.posts_sent(request.actor, role, today), request),
        "role": role,
        "stations": stations_visible_to(request.actor).filter(ends_on=None).order_by("-starts_on", "-pk")[:100],
    }
    return render(request, "helping/sent.html", given)


@door("teams.edit")
def new_station(request: ActingRequest) -> HttpResponse:
    """Station an officer at a firm."""

    def act(told: dict[str, Any]) -> str:
        team = told["team"].pk if told["team"] else None
        made = actions.station_officer(told["subject"], told["post"].pk, by=request.actor, now=clock.now(), team_id=team)
        return f"/helping/stations/{made.pk}/"

    form = forms.StationForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("选派驻企"), act, _("选派"), "/helping/sent/"))


@door("visits.see")
def station(request: ActingRequest, station_id: int) -> HttpResponse:
    """One station: who, where, since when, what was done."""
    one = station_for(station_id, request.actor)
    records = one.guidance.select_related("case").order_by("-at", "-pk")[:200]
    mine = one.post_id in request.actor.posts and one.ends_on is None
    return render(request, "helping/station.html", {"station": one, "records": records, "mine": mine})


@door("visits.do")
def log(request: ActingRequest, station_id: int) -> HttpResponse:
    """Note what was done at the firm."""
    one, back = station_for(station_id, request.actor), f"/helping/stations/{station_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.log_guidance(station_id, told["text"], by=request.actor, now=clock.now(), case_id=told["case"])
        return back

    form = forms.GuidanceForm(request.POST or None)
    return carried_out(request, form, Doing(_("记录指导"), act, _("记录"), back, one.subject.name))


@require_POST
@door("teams.edit")
def end_station(request: ActingRequest, station_id: int) -> HttpResponse:
    """Call an officer back."""
    return attempt(
        request, lambda: actions.end_station(station_id, by=request.actor, now=clock.now()), "/helping/sent/", _("已保存。")
    )


@door("visits.see")
def helped(request: ActingRequest) -> HttpResponse:
    """Whom a unit has helped until the end of a day: matters, firms, groups, with the rows behind them."""
    today = clock.day_of(clock.now())
    form = forms.HelpedForm(
        request.GET or None, actor=request.actor, initial={"unit": request.actor.organisation_id, "on": today}
    )
    given: dict[str, object] = {"form": form}
    if form.is_valid():
        unit, on = form.cleaned_data["unit"], form.cleaned_data["on"]
        at = clock.start_of(on + dt.timedelta(days=1))
        given |= {"unit": unit, "on": on, "found": queries.helped_by(request.actor, unit.pk, at)}
        given["rows"] = queries.matters_of(request.actor, unit.pk, at)
    return render(request, "helping/helped.html", given)
