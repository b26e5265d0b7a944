"""One page a step: the form, the case beside it, and the verb. Refused: the form again, with what was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.forms import assigning, handling, word
from songda.deliveries.service.demands.forms.step import StepForm
from songda.kernel import clock
from songda.kernel.doors import Page, door
from songda.kernel.errors import Refused
from songda.kernel.screens.steps import back_of
from songda.ledger.cases import access as cases
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries import clocks_of, contact_of, rows_of
from songda.ledger.cases.states import MACHINES
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.registry.requests import ActingRequest

FORMS: Final[Mapping[str, type[StepForm]]] = {
    "assign": assigning.AssignForm,
    "decline": assigning.DeclineForm,
    "solve_on_spot": handling.SpotForm,
    "take": assigning.TakeForm,
    "dispute": assigning.DisputeForm,
    "decide": assigning.DecideForm,
    "contact": handling.ContactForm,
    "progress": handling.ProgressForm,
    "pause": assigning.PauseForm,
    "resume": handling.ResumeForm,
    "ask_extension": handling.AskExtensionForm,
    "extend": assigning.ExtendForm,
    "refuse_extension": assigning.RefuseExtensionForm,
    "reclassify": assigning.ReclassifyForm,
    "fix": assigning.FixForm,
    "hand_over": assigning.HandOverForm,
    "take_over": assigning.AcceptForm,
    "refuse_over": assigning.RefuseOverForm,
    "replace": assigning.ReplaceForm,
    "ask_support": assigning.SupportForm,
    "answer_support": assigning.AnswerSupportForm,
    "propose": handling.ResultForm,
    "confirm": word.ConfirmForm,
    "object": word.ObjectForm,
    "revisit_yes": word.RevisitYesForm,
    "revisit_no": word.RevisitNoForm,
    "revisit_missed": handling.MissForm,
    "note_silence": handling.SilenceForm,
    "remind": handling.RemindForm,
    "close": handling.CloseForm,
    "send_back": handling.SendBackForm,
    "reopen": handling.ReopenForm,
    "withdraw": word.WithdrawForm,
}
"""The steps and notes of a demand that have a page of their own."""

OF_FIRM: Final = {"confirm": lazy("认可办理结果"), "object": lazy("还没有解决"), "withdraw": lazy("撤回诉求")}
OBJECTION: Final[Mapping[str, type[StepForm]]] = {"uphold": handling.UpholdForm, "reject": handling.RejectForm}


def page_for(name: str, shape: type[StepForm], machine: str = access.MACHINE) -> Page:
    """The page of a step, behind the permission of that step."""

    @door(cases.permission_for(machine, name))
    def page(request: ActingRequest, case_id: int) -> HttpResponse:
        return step_page(request, cases.case_to_step(case_id, name, request.actor), name, shape)

    return page


@door("cases.handle")
def appeal(request: ActingRequest, case_id: int) -> HttpResponse:
    """Raise an objection to a low rating."""
    return step_page(request, access.demand_for(case_id, request.actor), "", handling.AppealForm)


def step_page(request: ActingRequest, case: Case, name: str, shape: type[StepForm]) -> HttpResponse:
    """The form; sent and valid, the step and back to where one came from."""
    form = shape(request.POST or None, case=case, actor=request.actor, now=clock.now())
    evidence = EvidenceForm(request.POST or None, request.FILES or None) if shape.EVIDENCE else None
    label = label_for(request, case, name)
    if form.is_valid() and (evidence is None or evidence.is_valid()):
        try:
            done(form, evidence)
        except Refused as refusal:
            told = refusal.fields.get("attached") or refusal.sentence
            form.renew()
            form.add_error(None, told)
        else:
            messages.success(request, _("“%(step)s”已登记。") % {"step": label})
            return redirect(way_back(request, case))
    given = {"form": form, "evidence": evidence, "label": label, "back": request.GET.get("back", "")}
    return render(request, "service_demands/step.html", {**given, **beside(request, case)}, status=400 if form.errors else 200)


def label_for(request: ActingRequest, case: Case, name: str) -> str:
    """The step in words: the ledger's, but for a firm its own."""
    if not name:
        return _("评价申诉")
    said = OF_FIRM.get(name) if request.actor.subject_id is not None else None
    return str(said) if said else cases.label_of(case.machine, name)


def done(form: StepForm, evidence: EvidenceForm | None) -> None:
    """The files and the step, both or neither."""
    with transaction.atomic():
        offers = evidence.offers(subject_id=form.case.subject_id, area_path=form.case.area_path) if evidence else []
        kept = store_several(offers, by=form.actor, now=form.now) if offers else []
        form.take(form.said([one.pk for one in kept]))


def beside(request: ActingRequest, case: Case) -> dict[str, object]:
    """What stands beside every form: the case, its deadline and why, whom to call."""
    now = clock.now()
    return {
        "case": case,
        "row": rows_of([case], now=now)[0],
        "clocks": clocks_of(case, now=now)[:1],
        "states": MACHINES[case.machine].states,
        "contact": contact_of(case, request.actor),
        "categories": queries.categories(),
        "result": queries.latest(case, ("propose", "solve_on_spot")) if case.state in ("proposed", "confirmed") else None,
    }


def way_back(request: ActingRequest, case: Case) -> str:
    """Where one came from; else the case, while it is in sight; else one's own list."""
    if back := back_of(request, ""):
        return back
    if request.actor.subject_id is not None:
        return "/demands/own/"
    seen = cases.visible_to(request.actor).filter(pk=case.pk).exists()
    return f"/cases/{case.pk}/" if seen else "/demands/mine/"
