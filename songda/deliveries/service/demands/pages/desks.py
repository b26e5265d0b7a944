"""The desks: pool, one's own matters, return visits, the firm's own, groups."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from songda.deliveries.service.demands import access, actions, queries
from songda.deliveries.service.demands.forms.intake import ChangeForm, GroupForm
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.ledger.cases import access as cases
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries import burning, effect_of, rows_of
from songda.ledger.cases.states import MACHINES
from songda.registry.people.models import Absence
from songda.registry.requests import ActingRequest

STATES = MACHINES[access.MACHINE].states
SHOWN = 20


@door("cases.assign")
def pool(request: ActingRequest) -> HttpResponse:
    """What waits for the dispatcher: the pool with suggestions, disputes, more time, leave nobody covers."""
    actor, now = request.actor, clock.now()
    given = {
        "waiting": queries.pool(actor, now=now),
        "size": queries.pool_size(actor),
        "disputed": queries.disputed(actor, now=now),
        "extensions": queries.extensions(actor, now=now),
        "uncovered": by_leave(queries.uncovered_for(actor, clock.day_of(now))),
        "to_close": queries.to_close(actor, now=now)[:10],
        "appeals": queries.appeals(actor, now=now),
        "proposals": queries.groupable(actor, now=now)[:3],
        "categories": queries.categories(),
        "channels": queries.channels(),
        "states": STATES,
    }
    return render(request, "service_demands/pool.html", given)


@door("cases.handle")
def mine(request: ActingRequest) -> HttpResponse:
    """My matters, what presses first; above them what others ask of me."""
    actor, now = request.actor, clock.now()
    found = queries.mine(actor)
    lamps = burning(found, now=now)
    page = page_of(found, request, total=sum(one.count for one in lamps))
    asked = queries.handed_over(actor)
    waiting = {party.case_id for party in asked}
    rows = rows_of(page.rows, now=now)
    given = {
        "page": page,
        "shown": [(row, leads) for row in rows if (leads := access.leads(row.case, actor)) or row.case.pk not in waiting],
        "asked": asked if page.first else [],
        "helping": queries.supporting(actor),
        "rated": queries.appealable(actor, now=now) if page.first else [],
        "states": STATES,
        "lamps": [(one.code, one.count) for one in lamps if one.count],
    }
    return render(request, "service_demands/mine.html", given)


@door("cases.revisit")
def revisits(request: ActingRequest) -> HttpResponse:
    """Results that wait for the firm's word, for who had no part in them: whom to call, and the answers as buttons."""
    actor, now = request.actor, clock.now()
    page = page_of(queries.to_revisit(actor), request)
    given = {"page": page, "rows": rows_of(page.rows, now=now), "told": queries.told_of(page.rows)}
    return render(request, "service_demands/revisits.html", given)


@door("firm.read")
def own(request: ActingRequest) -> HttpResponse:
    """The firm's demands: what waits for its word first, each with where it stands and by when."""
    now = clock.now()
    rows = queries.own_demands(request.actor, now=now)
    given = {"rows": rows[:SHOWN], "rest": len(rows) - SHOWN, "states": STATES, "stages": STAGES}
    return render(request, "service_demands/own.html", {**given, "told": queries.told_of([row.case for row in rows[:SHOWN]])})


@door("cases.assign")
def groups(request: ActingRequest) -> HttpResponse:
    """What looks like one problem, and the problems there are."""
    now = clock.now()
    found = [(one, one.cases.count(), effect_of(one, on=clock.day_of(now))) for one in queries.groups(request.actor)[:50]]
    given = {
        "proposals": queries.groupable(request.actor, now=now),
        "groups": found,
        "categories": queries.categories(),
        "causes": queries.choices("problem-causes"),
    }
    return render(request, "service_demands/groups.html", given)


@door("cases.assign")
def new_group(request: ActingRequest) -> HttpResponse:
    """Join the chosen demands."""
    numbers = [int(one) for one in (request.GET.getlist("case") or request.POST.getlist("case")) if one.isdecimal()]
    found: list[Case] = list(cases.visible_to(request.actor).filter(pk__in=numbers).select_related("subject").order_by("pk"))
    form = GroupForm(request.POST or None, cases=found)
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.group_demands(
                [int(one) for one in told["case"]], told["title"], told["cause"], by=request.actor, now=clock.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("demands:group", made.pk)
    return render(request, "service_demands/new_group.html", {"form": form, "submit": _("归并")})


@door("cases.assign")
def group(request: ActingRequest, group_id: int) -> HttpResponse:
    """One problem: its demands, the proposal, and how often it came back before and after."""
    found = access.group_for(group_id, request.actor)
    form = ChangeForm(request.POST or None, initial={"proposal": found.proposal, "changed_on": found.changed_on})
    if form.is_valid():
        told = form.cleaned_data
        actions.propose_change(group_id, told["proposal"], by=request.actor, now=clock.now(), changed_on=told["changed_on"])
        messages.success(request, _("改进建议已保存。"))
        return redirect("demands:group", group_id)
    members = cases.visible_to(request.actor).filter(group=found).select_related("subject", "kind", "lead").order_by("id")
    effect = effect_of(found, on=clock.day_of(clock.now()))
    cause = queries.choices("problem-causes").get(found.cause, "")
    given = {"group": found, "form": form, "members": members, "effect": effect, "states": STATES, "cause": cause}
    return render(request, "service_demands/group.html", given)


STAGES = (  # where a firm sees its demand stand: code, name, states
    ("filed", lazy("收到"), ("filed",)),
    ("assigned", lazy("分办"), ("assigned", "disputed")),
    ("working", lazy("办理"), ("working", "paused")),
    ("proposed", lazy("请您确认"), ("proposed",)),
    ("closed", lazy("办结"), ("confirmed", "closed")),
)


def by_leave(uncovered: list[tuple[Case, Absence]]) -> list[tuple[Absence, list[Case]]]:
    """The cases of each leave together."""
    found: dict[int, tuple[Absence, list[Case]]] = {}
    for case, leave in uncovered:
        found.setdefault(leave.pk, (leave, []))[1].append(case)
    return list(found.values())
