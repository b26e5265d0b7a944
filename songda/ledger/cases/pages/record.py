"""One case: where it stands, why its deadline is what it is, what happened, what may be done and why not the rest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import NotFound, Refused
from songda.ledger.cases import actions, queries
from songda.ledger.cases.access import case_for, handles, label_of
from songda.ledger.cases.forms import StepForm, fresh_keys, step_form
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries.words import labels
from songda.ledger.cases.states import MACHINES
from songda.registry.actors import Actor
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def case(request: ActingRequest, case_id: int) -> HttpResponse:
    """The record."""
    found = case_for(case_id, request.actor)
    return shown(request, found, queries.contact_of(found, request.actor))


@require_POST
@door(SIGNED_IN)
def contact(request: ActingRequest, case_id: int) -> HttpResponse:
    """Whom to call, in full: in its place on the page, or the record with it."""
    found = actions.reveal_contact(case_id, by=request.actor, now=clock.now())
    told = (found.contact_name, found.contact_phone)
    if request.htmx:
        return render(request, "cases/contact.html", {"case": found, "contact": told})
    return shown(request, found, told)


def shown(request: ActingRequest, found: Case, contact: tuple[str, str]) -> HttpResponse:
    """The record, with whom to call as it may be shown."""
    actor, now = request.actor, clock.now()
    steps = queries.allowed_steps(found, actor)
    firm, known = actor.subject_id is not None, labels()
    given = {
        "case": found, "row": queries.rows_of([found], now=now, categories=known.categories)[0], "clocks": queries.clocks_of(found, now=now), "labels": known,
        "timeline": queries.timeline(found, actor), "parties": queries.parties_of(found), "states": MACHINES[found.machine].states,
        "doable": [(one, step_form(found.version, one.name, firm=firm)) for one in steps if one.allowed and one.address],
        "refused": [one for one in steps if not (one.allowed or one.note or firm)],
        "answers": queries.answers_of(found), "contact": contact, "firm": firm,
        "may_call": contact == found.covered_contact and queries.may_call(found, actor),
        "pages": queries.kind_pages(found, actor) if found.open else (),
        "alerts": queries.rungs_of(list(queries.alerts_for(actor).select_related("case__kind").filter(case=found))) if not firm else (),
    }  # fmt: skip
    return render(request, "cases/case.html", given)


@door(SIGNED_IN)
def step(request: ActingRequest, case_id: int, name: str) -> HttpResponse:
    """A step that asks for nothing special. Refused: the form again, with what was written and the case as it is now."""
    found = case_for(case_id, request.actor)
    if not queries.is_plain(found.machine, name):
        raise NotFound(_("没有这个办理步骤。"), advice=_("请从事项页进入。"))
    firm = request.actor.subject_id is not None
    if request.method != "POST":
        return _form_page(request, found, step_form(found.version, name, firm=firm), name)
    form = StepForm(request.POST, request.FILES, step=name, firm=firm)
    if form.is_valid():
        try:
            take(found, form, request.actor)
        except Refused as refused:
            fresh = fresh_keys(case_for(case_id, request.actor).version)
            form = StepForm({**request.POST.dict(), **fresh}, step=name, firm=firm)
            form.add_error(None, refused.sentence)
        else:
            messages.info(request, _("“%(step)s”已登记。") % {"step": label_of(found.machine, name)})
            return redirect(f"/cases/{case_id}/")
    return _form_page(request, found, form, name)


def take(found: Case, form: StepForm, actor: Actor) -> None:
    """The step, with its evidence."""
    given = form.cleaned_data
    said = actions.Said(
        note=given["note"], told=given.get("told", ""), version=given["version"], request_key=given["request_key"]
    )
    actions.plain_step(found.pk, form.step, said, by=actor, now=clock.now(), file=given["file"])


def _form_page(request: ActingRequest, found: Case, form: StepForm, name: str) -> HttpResponse:
    given = {"case": found, "form": form, "label": label_of(found.machine, name), "works": handles(found, request.actor)}
    return render(request, "cases/step.html", given, status=400 if form.errors else 200)
