"""Pages of letters, errands, packages and days of delay; the firm's own among them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.access import powers_visible_to, subject_of_own_or_scope
from songda.deliveries.service.helping.forms import favours as forms
from songda.deliveries.service.helping.models import ServicePackage
from songda.deliveries.service.helping.states import FeedbackKind
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid
from songda.kernel.paths import within
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.ledger.cases.access import case_for
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.registry.people.queries import officer_of
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for


@door("cases.file")
def feedback(request: ActingRequest) -> HttpResponse:
    """Letters, with how many are traced to a case."""
    kind = request.GET.get("kind", "")
    given = {
        "page": page_of(queries.feedback_listed(request.actor, kind), request),
        "letters": queries.letters(request.actor, on=clock.day_of(clock.now())),
        "kinds": FeedbackKind.choices,
        "kind": kind,
        "may_publish": request.actor.may("cases.close"),
    }
    return render(request, "helping/feedback.html", given)


@door("cases.file")
def new_feedback(request: ActingRequest) -> HttpResponse:
    """Register a letter, with its paper."""
    form = forms.FeedbackForm(request.POST or None, actor=request.actor, initial={"unit": request.actor.organisation_id})
    evidence = upload(request, "letter")

    def act(told: dict[str, Any]) -> str:
        subject = told["subject"] or (case_for(told["case"], request.actor).subject_id if told["case"] else None)
        area = request.actor.area_paths[0] if subject is None else ""
        papers = kept(request, evidence, subject, area)
        new = actions.NewFeedback(
            told["kind"], told["unit"].pk, told["text"], told["received_on"], told["subject"], told["case"],
            papers[0] if papers else None, told["mention"], told["consented"],
        )  # fmt: skip
        actions.receive_feedback(new, by=request.actor, now=clock.now())
        return "/helping/feedback/"

    return carried_out(request, form, Doing(_("登记来信"), act, _("登记"), "/helping/feedback/"), evidence, "evidence/doing.html")


@require_POST
@door("cases.file")
def consent(request: ActingRequest, feedback_id: int) -> HttpResponse:
    """The writer agrees to publication."""
    return attempt(
        request, lambda: actions.note_consent(feedback_id, by=request.actor, now=clock.now()), "/helping/feedback/", _("已保存。")
    )


@require_POST
@door("cases.close")
def publish(request: ActingRequest, feedback_id: int) -> HttpResponse:
    """Let a letter be used in news."""
    return attempt(
        request,
        lambda: actions.publish_feedback(feedback_id, by=request.actor, now=clock.now()),
        "/helping/feedback/",
        _("已保存。"),
    )


@door("cases.handle")
def errands(request: ActingRequest) -> HttpResponse:
    """Errands in sight and the powers they stand on."""
    given = {
        "cases": queries.errands_of(request.actor)[:100],
        "powers": powers_visible_to(request.actor).order_by("-ends_on", "-pk")[:100],
        "today": clock.day_of(clock.now()),
    }
    return render(request, "helping/errands.html", given)


@door("cases.file")
def new_power(request: ActingRequest) -> HttpResponse:
    """Register a firm's power of attorney with its signed paper."""
    evidence = upload(request, "letter")

    def act(told: dict[str, Any]) -> str:
        if told["subject"] is None:
            raise Invalid(_("请选择委托企业。"), fields={"subject": _("写全称或代码。")})
        return _give(request, told["subject"], told["agent"].pk, told, evidence, "/helping/errands/")

    form = forms.PowerForm(request.POST or None, actor=request.actor, initial={"agent": request.actor.post_id})
    return carried_out(
        request, form, Doing(_("登记授权委托"), act, _("登记"), "/helping/errands/"), evidence, "evidence/doing.html"
    )


@door("firm.act")
def own_power(request: ActingRequest) -> HttpResponse:
    """The firm empowers its officer itself."""
    subject_id = subject_of_own_or_scope(None, request.actor)
    officer, evidence = officer_of(subject_id), upload(request, "letter")

    def act(told: dict[str, Any]) -> str:
        if officer is None:
            raise Invalid(_("贵单位还没有服务专员，请先联系所在街道。"))
        return _give(request, subject_id, officer.pk, told, evidence, "/helping/package/")

    about = _("代办人：%(name)s") % {"name": officer.person.name} if officer else ""
    form = forms.OwnPowerForm(request.POST or None)
    return carried_out(
        request, form, Doing(_("委托专员代办"), act, _("委托"), "/helping/package/", about), evidence, "evidence/doing.html"
    )


def _give(request: ActingRequest, subject_id: int, agent_id: int, told: dict[str, Any], evidence: EvidenceForm, back: str) -> str:
    papers = kept(request, evidence, subject_id)
    if not papers:
        raise Invalid(_("请上传签字盖章的委托书。"))
    new = actions.NewPower(subject_id, agent_id, told["scope"], papers[0], (told["first"], told["last"]))
    actions.give_power(new, by=request.actor, now=clock.now())
    return back


@require_POST
@door("signed_in")
def revoke(request: ActingRequest, power_id: int) -> HttpResponse:
    """Take a power back: the firm itself, or the dispatcher for it."""
    back = "/helping/package/" if request.actor.subject_id is not None else "/helping/errands/"
    return attempt(request, lambda: actions.revoke_power(power_id, by=request.actor, now=clock.now()), back, _("已保存。"))


@door("cases.handle")
def new_errand(request: ActingRequest) -> HttpResponse:
    """Take an errand on."""

    def act(told: dict[str, Any]) -> str:
        case = actions.take_errand(told["subject"], told["title"], by=request.actor, now=clock.now(), text=told["text"])
        return f"/cases/{case.pk}/"

    form = forms.ErrandForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("接受代办"), act, _("接受"), "/helping/errands/"))


@door("cases.handle")
def hand_over(request: ActingRequest, case_id: int) -> HttpResponse:
    """The errand is done, with the receipt."""
    case, evidence = case_for(case_id, request.actor), upload(request, "receipt")

    def act(told: dict[str, Any]) -> str:
        receipts = kept(request, evidence, case.subject_id)
        actions.hand_over_errand(case_id, told["told"], receipts, by=request.actor, now=clock.now(), trips=told["trips"])
        return f"/cases/{case_id}/"

    form = forms.HandOverForm(request.POST or None)
    return carried_out(
        request, form, Doing(_("交接办结"), act, _("办结"), f"/cases/{case_id}/", str(case)), evidence, "evidence/doing.html"
    )


@door("firm.read")
def own_package(request: ActingRequest) -> HttpResponse:
    """What the firm is entitled to, how much is left, whom it has empowered."""
    subject = subject_for(subject_of_own_or_scope(None, request.actor), request.actor)
    today = clock.day_of(clock.now())
    powers = powers_visible_to(request.actor).order_by("-ends_on", "-pk")
    given = {"subject": subject, "firm_package": queries.package_of(subject, today), "powers": powers, "today": today}
    return render(request, "helping/own_package.html", given)


@require_POST
@door("firm.act")
def request_service(request: ActingRequest, entitlement_id: int) -> HttpResponse:
    """Ask for a service of the package."""
    return attempt(
        request,
        lambda: actions.request_service(entitlement_id, by=request.actor, now=clock.now()),
        "/helping/package/",
        _("已保存。"),
    )


@door("visits.see")
def packages(request: ActingRequest) -> HttpResponse:
    """The packages in force."""
    rows = ServicePackage.objects.filter(within(request.actor.area_paths), ends_on=None).prefetch_related("entitlements")
    return render(request, "helping/packages.html", {"packages": rows.order_by("grade", "pk")})


@door("teams.edit")
def new_package(request: ActingRequest) -> HttpResponse:
    """Declare a package."""

    def act(told: dict[str, Any]) -> str:
        actions.declare_package(told["grade"], told["title"], told["rights"], by=request.actor, now=clock.now())
        return "/helping/packages/"

    form = forms.PackageForm(request.POST or None)
    return carried_out(request, form, Doing(_("制定服务包"), act, _("启用"), "/helping/packages/"))


@door("signed_in")
def delay(request: ActingRequest, case_id: int) -> HttpResponse:
    """The spans of a contract-delay case and the days they come to."""
    case = case_for(case_id, request.actor)
    spans = case.delays.order_by("first_on", "pk")
    decides = request.actor.may("cases.handle")
    given = {"case": case, "spans": spans, "delay": queries.delay_of(case), "decides": decides}
    return render(request, "helping/delay.html", given)


@door("signed_in")
def claim(request: ActingRequest, case_id: int) -> HttpResponse:
    """Claim a span of days."""
    case, back, evidence = case_for(case_id, request.actor), f"/helping/delays/{case_id}/", upload(request, "record")

    def act(told: dict[str, Any]) -> str:
        papers = kept(request, evidence, case.subject_id)
        days, paper = (told["first"], told["last"]), papers[0] if papers else None
        actions.claim_delay(case_id, days, told["reason"], by=request.actor, now=clock.now(), paper_id=paper)
        return back

    return carried_out(
        request, forms.DelayForm(request.POST or None), Doing(_("申报延误"), act, _("申报"), back, str(case)), evidence
    )


@door("cases.handle")
def decide(request: ActingRequest, case_id: int, span_id: int) -> HttpResponse:
    """Accept a span or not."""
    case, back = case_for(case_id, request.actor), f"/helping/delays/{case_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.decide_delay(span_id, told["note"], accepted=told["accepted"] == "yes", by=request.actor, now=clock.now())
        return back

    form = forms.DecideDelayForm(request.POST or None)
    return carried_out(request, form, Doing(_("审核延误"), act, _("审核"), back, str(case)))


def upload(request: ActingRequest, kind: str) -> EvidenceForm:
    """The part of a form that takes files."""
    return EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": kind})


def kept(request: ActingRequest, evidence: EvidenceForm, subject_id: int | None, area_path: str = "") -> list[int]:
    """Store the files of a valid form; their keys."""
    offers = evidence.offers(subject_id=subject_id, area_path=area_path)
    return [one.pk for one in store_several(offers, by=request.actor, now=clock.now())]
