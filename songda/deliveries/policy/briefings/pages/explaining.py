"""Pages of explaining: the officer's list on the phone, one firm, coverage, articles."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.access import interpretation_for, interpretations_visible_to
from songda.deliveries.policy.briefings.actions import Talk
from songda.deliveries.policy.briefings.forms import explaining as forms
from songda.deliveries.policy.briefings.pages.sessions import HERE, attached
from songda.deliveries.policy.briefings.states import INTERPRETATION
from songda.engines.printing import Paper, Signed, paragraphs
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.prints import to_pdf
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for

FIRMS_A_PAGE = 20


def whole_numbers(texts: list[str]) -> list[int]:
    """The numbers among texts that a form sent."""
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 10]


@door("visits.do")
def firms(request: ActingRequest) -> HttpResponse:
    """My firms with the measures that fit each, one press a measure."""
    text = request.GET.get("text", "")
    page = page_of(queries.firms_to_explain(request.actor, text), request, size=FIRMS_A_PAGE)
    return render(request, "briefings/firms.html", {"page": page, "lines": queries.fits_of(page.rows), "text": text})


@door("visits.do")
def firm(request: ActingRequest, subject_id: int) -> HttpResponse:
    """One firm: what fits, what was said, a form for several at once with what was asked."""
    subject = subject_for(subject_id, request.actor)
    form = forms.TalkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, chosen = form.cleaned_data, whole_numbers(request.POST.getlist("version"))
        talk = Talk(told["way"], told["leader_name"], told["question"], told["answer"], settings.DEMONSTRATION)
        try:
            actions.explain(subject_id, chosen, talk, by=request.actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return attempt(request, lambda: None, f"{HERE}explain/{subject_id}/", _("已记录讲解。"))
    return render(request, "briefings/firm.html", {"firm": queries.fits_of([subject])[0], "subject": subject, "form": form})


@require_POST
@door("visits.do")
def explain(request: ActingRequest, subject_id: int) -> HttpResponse:
    """One press: explained."""
    chosen, talk = whole_numbers(request.POST.getlist("version")), Talk(demonstration=settings.DEMONSTRATION)
    return attempt(
        request,
        lambda: actions.explain(subject_id, chosen, talk, by=request.actor, now=clock.now()),
        f"{HERE}explain/",
        _("已记录讲解。"),
    )


@door("visits.do")
def confirm(request: ActingRequest, subject_id: int) -> HttpResponse:
    """The firm signed on paper for all that waits."""
    subject, back = subject_for(subject_id, request.actor), f"{HERE}explain/{subject_id}/"
    evidence = EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": "receipt"})
    fits = queries.fits_of([subject])[0].fits
    waiting = [one.explanation.pk for one in fits if one.explanation and one.explanation.confirmed_at is None]

    def act(told: dict[str, Any]) -> str:
        with transaction.atomic():
            papers = store_several(evidence.offers(subject_id=subject_id), by=request.actor, now=clock.now())
            key = papers[0].pk if papers else None
            actions.confirm_explanations(waiting, by=request.actor, now=clock.now(), evidence_id=key, name=told["name"])
        return back

    about = _("%(name)s：待确认 %(n)d 项") % {"name": subject.name, "n": len(waiting)}
    doing = Doing(_("签字确认"), act, _("确认"), back, about)
    return carried_out(request, forms.ConfirmForm(request.POST or None), doing, evidence, "evidence/doing.html")


@door("push.see")
def coverage(request: ActingRequest) -> HttpResponse:
    """How far explaining has come: by measure over the firms it fits, and over a sector drawn by rule."""
    asked = request.GET if "area_path" in request.GET else None
    form = forms.SectorForm(asked, actor=request.actor)
    given: dict[str, object] = {"form": form, "measures": queries.by_measure(request.actor), "today": clock.day_of(clock.now())}
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            given["sector"] = queries.sector_coverage(
                request.actor, told["area_path"], told["rule"], on=clock.day_of(clock.now()), version=told["version"]
            )
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "briefings/coverage.html", given)


@door("policy.see")
def interpretations(request: ActingRequest) -> HttpResponse:
    """Articles."""
    asked = {name: request.GET.get(name, "") for name in ("state", "text")}
    page = page_of(queries.interpretations_listed(request.actor, **asked), request)
    return render(request, "briefings/interpretations.html", {"page": page, "asked": asked, "states": INTERPRETATION.states})


@door("policy.edit")
def write(request: ActingRequest) -> HttpResponse:
    """Write an article, or its next version."""

    def act(told: dict[str, Any]) -> str:
        made = actions.write_interpretation(
            told["version"].pk,
            told["title"],
            told["body"],
            by=request.actor,
            now=clock.now(),
            demonstration=settings.DEMONSTRATION,
        )
        return f"{HERE}interpretations/{made.pk}/"

    former = interpretations_visible_to(request.actor).filter(pk__in=whole_numbers([request.GET.get("former", "")])).first()
    initial = {"version": former.based_on_id, "title": former.title, "body": former.body} if former else {}
    form = forms.InterpretationForm(request.POST or None, actor=request.actor, initial=initial)
    return carried_out(request, form, Doing(_("编写政策解读"), act, _("保存草稿"), f"{HERE}interpretations/"))


@door(SIGNED_IN)
def interpretation(request: ActingRequest, interpretation_id: int) -> HttpResponse:
    """One article, for firms and offices."""
    one = interpretation_for(interpretation_id, request.actor)
    context = {"one": one, "states": INTERPRETATION.states, "stale": queries.is_stale(one)}
    return render(request, "briefings/interpretation.html", context)


@door(SIGNED_IN)
def printed(request: ActingRequest, interpretation_id: int) -> HttpResponse:
    """The article as PDF."""
    one = interpretation_for(interpretation_id, request.actor)
    day = clock.day_of(one.published_at or one.written_at)
    signed = Signed(_("政策解读"), f"{day.year}年{day.month}月{day.day}日")
    paper = Paper(title=one.title, blocks=(*paragraphs(one.body), signed), stamp="演示数据" if one.demonstration else "")
    return attached(to_pdf(paper), f"interpretation-{one.pk}.pdf", "application/pdf")


@require_POST
@door("policy.publish")
def publish(request: ActingRequest, interpretation_id: int) -> HttpResponse:
    """Put it before firms."""
    back = f"{HERE}interpretations/{interpretation_id}/"
    return attempt(
        request, lambda: actions.publish_interpretation(interpretation_id, by=request.actor, now=clock.now()), back, _("已发布。")
    )


@require_POST
@door("policy.publish")
def withdraw(request: ActingRequest, interpretation_id: int) -> HttpResponse:
    """Take it back."""
    back = f"{HERE}interpretations/{interpretation_id}/"
    return attempt(
        request,
        lambda: actions.withdraw_interpretation(interpretation_id, by=request.actor, now=clock.now()),
        back,
        _("已撤回。"),
    )
