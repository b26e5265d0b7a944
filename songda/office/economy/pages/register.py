"""Pages of the statistical register: entries, what has begun and is not in, the checklist of one entry and its steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.recall import recalling
from songda.kernel.screens.paging import page_of, page_of_rows
from songda.kernel.screens.steps import Doing, carried_out
from songda.ledger.cases.access import check_looks
from songda.ledger.cases.queries import allowed_steps
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.office.economy import access, actions, forms, queries
from songda.office.economy.states import ENTRY_STATES
from songda.registry.requests import ActingRequest

HOME = "/economy/register/"


@door("signed_in")
@recalling()
def entries(request: ActingRequest) -> HttpResponse:
    """The entries in sight: on the way, accepted (from which month), cancelled."""
    check_looks(request.actor)
    state = request.GET.get("state", "")
    page = page_of(queries.entries(request.actor, state=state if state in ENTRY_STATES else ""), request)
    months = queries.months_of(page.rows)
    rows = [(one, months.get(one.pk, "")) for one in page.rows]
    given = {"page": page, "rows": rows, "states": ENTRY_STATES, "state": state, "files": request.actor.may("cases.file")}
    return render(request, "economy/entries.html", given)


@door("subjects.see")
@recalling()
def waiting(request: ActingRequest) -> HttpResponse:
    """Projects that have begun and are not in the register."""
    now = clock.now()
    page = page_of_rows(queries.begun_not_entered(request.actor, now=now), request)
    given = {"page": page, "at": now, "files": request.actor.may("cases.file")}
    return render(request, "economy/waiting.html", given)


@door("cases.file")
def new_entry(request: ActingRequest) -> HttpResponse:
    """Open an entry."""

    def act(told: dict[str, Any]) -> str:
        new = actions.NewEntry(told["subject"], told["text"])
        return f"{HOME}{actions.apply_for_entry(new, by=request.actor, now=clock.now()).pk}/"

    form = forms.EntryForm(request.POST or None, actor=request.actor, initial={"subject": request.GET.get("subject", "")})
    return carried_out(request, form, Doing(_("申请统计入库"), act, _("登记"), HOME))


@door("signed_in")
@recalling()
def entry(request: ActingRequest, stat_entry_id: int) -> HttpResponse:
    """The checklist of an entry, and what may be done with it now."""
    case = access.entry_for(stat_entry_id, request.actor)
    steps = {one.name: one for one in allowed_steps(case, request.actor)}
    items = queries.conditions_of(case)
    given = {
        "case": case, "items": items, "ready": all(one.proved for one in items), "month": queries.months_of([case]).get(case.pk, ""), "states": ENTRY_STATES,
        "prove": steps["remark"], "report": steps["report"], "accept": steps["verify"],
    }  # fmt: skip
    return render(request, "economy/entry.html", given)


@door("cases.handle")
def prove(request: ActingRequest, stat_entry_id: int) -> HttpResponse:
    """Lay papers to a condition."""
    case, back = access.entry_for(stat_entry_id, request.actor), f"{HOME}{stat_entry_id}/"
    evidence = EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": "record"})

    def act(told: dict[str, Any]) -> str:
        papers = store_several(evidence.offers(subject_id=case.subject_id), by=request.actor, now=clock.now())
        amount = int((told["amount"] or 0) * 10_000)
        proof = actions.Proof(told["condition"], [one.pk for one in papers], told["note"], amount)
        actions.prove_condition(stat_entry_id, proof, by=request.actor, now=clock.now())
        return back

    items = queries.conditions_of(case)
    form = forms.ProofForm(request.POST or None, items=items, initial={"condition": request.GET.get("condition", "")})
    return carried_out(request, form, Doing(_("落实入库条件"), act, _("保存"), back, str(case)), evidence, "evidence/doing.html")


@door("cases.handle")
def report(request: ActingRequest, stat_entry_id: int) -> HttpResponse:
    """Apply for acceptance."""
    case, back = access.entry_for(stat_entry_id, request.actor), f"{HOME}{stat_entry_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.report_entry(stat_entry_id, told["note"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.NoteForm(request.POST or None), Doing(_("申报入库"), act, _("申报"), back, str(case)))


@door("cases.close")
def accept(request: ActingRequest, stat_entry_id: int) -> HttpResponse:
    """Accept from a month on."""
    case, back = access.entry_for(stat_entry_id, request.actor), f"{HOME}{stat_entry_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.accept_entry(stat_entry_id, told["month"], told["note"], by=request.actor, now=clock.now())
        return back

    form = forms.AcceptForm(request.POST or None, initial={"month": f"{clock.day_of(clock.now()):%Y-%m}"})
    return carried_out(request, form, Doing(_("核准入库"), act, _("核准"), back, str(case)))
