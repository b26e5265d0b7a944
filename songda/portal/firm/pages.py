"""Pages of the firm: home, a measure with its verdict, a notice, the signed link; and the officer's view of a firm."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.briefings import queries as briefings
from songda.deliveries.policy.library import queries as library
from songda.deliveries.policy.library.access import version_for
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries.told_text import told_text
from songda.deliveries.policy.matching import queries as matching
from songda.kernel import clock
from songda.kernel.doors import PUBLIC, door
from songda.kernel.errors import NotFound, NotPermitted
from songda.ledger import panels
from songda.ledger.notices import actions as notices
from songda.ledger.notices import queries as told
from songda.ledger.notices.access import notices_visible_to
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject

NOTICES_SHOWN = 10


@door("firm.read")
def home(request: ActingRequest) -> HttpResponse:
    """What fits the firm, what might if facts are supplied, what just misses; its notices."""
    subject = own_firm(request.actor)
    given = {
        "subject": subject,
        "panels": panels.shown(subject.pk, by=request.actor, now=clock.now(), names=["receipts"]),
        "standing": matching.standing_of(subject.pk, on=clock.day_of(clock.now())),
        "notices": told.notices_of(subject.pk)[:NOTICES_SHOWN],
        "link": "/firm/measures/",
        "talks": briefings.needs(request.actor, clock.now()),
    }
    return render(request, "firm/home.html", given)


@door("firm.read")
def own_measure(request: ActingRequest, version_id: int) -> HttpResponse:
    """One measure as it stands for the firm, condition by condition."""
    return measure_page(request, own_firm(request.actor), version_id)


@door("push.see")
def measure_for_firm(request: ActingRequest, subject_id: int, version_id: int) -> HttpResponse:
    """The same for an officer's firm."""
    return measure_page(request, subject_for(subject_id, request.actor), version_id)


@door("firm.read")
def notice(request: ActingRequest, notice_id: int) -> HttpResponse:
    """One notice; reading it here is the evidence that the firm's page delivered it."""
    notices.open_notice(notice_id, by=request.actor, now=clock.now())
    found = notices_visible_to(request.actor).prefetch_related("lines").get(pk=notice_id)
    return render(request, "firm/notice.html", {"notice": found})


@door("push.see")
def firm(request: ActingRequest, subject_id: int) -> HttpResponse:
    """An officer's view of a firm: the same verdicts the firm sees, and what it was told."""
    subject, now = subject_for(subject_id, request.actor), clock.now()
    given = {
        "subject": subject,
        "panels": panels.shown(subject_id, by=request.actor, now=now),
        "notices": told.notices_of(subject_id)[:NOTICES_SHOWN],
    }
    return render(request, "firm/firm.html", given)


@door("push.see")
def panels_of(request: ActingRequest, subject_id: int) -> HttpResponse:
    """The panels alone, for pages of rooms below that load them by address (`?name=policy`)."""
    subject_for(subject_id, request.actor)
    found = panels.shown(subject_id, by=request.actor, now=clock.now(), names=request.GET.getlist("name"))
    return render(request, "firm/panels.html", {"panels": found})


@door(PUBLIC)
def landing(request: HttpRequest, token: str) -> HttpResponse:
    """Where a message's link leads: what was told to this one firm, and why. Opening it is evidence; nothing else is shown."""
    delivery = notices.open_link(token, now=clock.now())
    return render(request, "firm/landing.html", {"notice": delivery.notice, "delivery": delivery, "token": token})


@require_POST
@door(PUBLIC)
def interested(_request: HttpRequest, token: str) -> HttpResponse:
    """感兴趣: the firm's officer sees it; the page says so."""
    notices.answer_notice(token, now=clock.now())
    return redirect("firm:landing", token)


def own_firm(actor: Actor) -> Subject:
    """The firm the post acts for."""
    if actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    return subject_for(actor.subject_id, actor)


def measure_page(request: ActingRequest, subject: Subject, version_id: int) -> HttpResponse:
    """A measure with the verdict of one firm."""
    version = reached(version_for(version_id, request.actor), subject)
    today = clock.day_of(clock.now())
    verdict = matching.verdict_for(subject.pk, version, on=today)
    settling = matching.settling(verdict, facts.catalogue().by_code)
    marks = library.marks_for_measure(version)
    opening = library.may_apply(version, today, subject.area_path)
    article = briefings.interpretation_of(version.measure_id, request.actor)
    given = {
        "subject": subject, "measure": version, "one": verdict, "settling": settling, "marks": marks, "opening": opening,
        "texts": told_text(version, marks), "card": library.contact_for(version.measure, subject.area_path, today),
    }  # fmt: skip
    return render(request, "firm/measure.html", given | {"article": article})


def reached(version: MeasureVersion, subject: Subject) -> MeasureVersion:
    """The version, if it has a rule and its area holds the firm."""
    if version.rule_version is None or not subject.area_path.startswith(version.area_path):
        raise NotFound(_("这项措施不适用于该企业所在辖区。"), advice=_("请从企业主页的列表进入。"))
    return version
