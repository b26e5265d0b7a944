"""Filing: at a desk (a firm found by name or code, duplicates shown while one types) and by the firm itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.forms.intake import DemandForm, OwnDemandForm
from songda.deliveries.service.demands.forms.step import named
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotPermitted, Refused
from songda.kernel.screens.refusals import show_refusal
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries import similar
from songda.ledger.cases.rules.kinds import KindSpec
from songda.registry.people.queries import officer_of
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import Wanted, listed

SHOWN = 8


@door("cases.file")
def new(request: ActingRequest) -> HttpResponse:
    """A demand heard at a desk, on the telephone, on a visit."""
    spec, kinds = kind_asked(request, "office")
    form = DemandForm(request.POST or None, spec=spec)
    subject = chosen(request)
    if request.method == "POST" and subject is None:
        form.add_error(None, _("请先选择企业。"))
    if subject is not None and form.is_valid():
        made = filed(request, form, subject)
        if made is not None:
            messages.success(request, _("已登记，编号 %(number)s。") % {"number": made.number})
            return redirect("cases:case", made.pk)
    given = {"form": form, "spec": spec, "kinds": kinds, "subject": subject, "firm": firm_card(subject)}
    return render(request, "service_demands/new.html", given, status=400 if form.errors else 200)


@door("cases.file")
def firms(request: ActingRequest) -> HttpResponse:
    """Firms by part of the name or the code, while one types."""
    words = request.GET.get("firm", "").strip()
    found = list(listed(request.actor, Wanted(text=words))[:SHOWN]) if len(words) > 1 else []
    return render(request, "service_demands/firms.html", {"found": found, "words": words})


@door("cases.file")
def firm(request: ActingRequest, subject_id: int) -> HttpResponse:
    """The firm chosen, with its officer and what is open."""
    card = {**firm_card(subject_for(subject_id, request.actor)), "fresh": True}
    response = render(request, "service_demands/firm_chosen.html", card)
    response["HX-Trigger-After-Swap"] = "chosen"  # look for duplicates anew
    return response


@door("cases.file")
def alike(request: ActingRequest) -> HttpResponse:
    """Open demands of the firm that say nearly the same."""
    subject = chosen(request)
    words = request.GET.get("title", "")
    found = similar(subject.pk, words, request.GET.get("text", "")) if subject and len(words) > 1 else []
    return render(request, "service_demands/alike.html", {"found": found})


@door("firm.act")
def own_new(request: ActingRequest) -> HttpResponse:
    """The firm files for itself; what it has open already is shown, the likely duplicate first."""
    subject_id = request.actor.subject_id
    if subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    spec, kinds = kind_asked(request, "firm")
    form = OwnDemandForm(request.POST or None, spec=spec)
    found = []
    if form.is_valid():
        found = similar(subject_id, form.cleaned_data["title"], form.cleaned_data["text"])
        if not found or request.POST.get("anyway"):
            made = filed(request, form, subject_for(subject_id, request.actor))
            if made is not None:
                messages.success(request, _("已收到，编号 %(number)s。办理进展会在这里告诉您。") % {"number": made.number})
                return redirect("demands:own")
    given = {"form": form, "spec": spec, "kinds": kinds, "found": found}
    return render(request, "service_demands/own_new.html", given, status=400 if form.errors else 200)


@door("cases.handle")
def posts(request: ActingRequest) -> HttpResponse:
    """The posts of a unit with their load, for the choice beside it."""
    return options(request)


@door("cases.assign")
def holders(request: ActingRequest) -> HttpResponse:
    """The same for who assigns."""
    return options(request)


def options(request: ActingRequest) -> HttpResponse:
    """Options of a select."""
    unit = request.GET.get("lead") or request.GET.get("organisation") or ""
    laden = queries.posts_of(int(unit)) if unit.isascii() and unit.isdecimal() else []
    return render(request, "service_demands/posts.html", {"options": named(laden)})


def filed(request: ActingRequest, form: OwnDemandForm, subject: Subject) -> Case | None:
    """The demand, or the refusal on the form."""
    try:
        return actions.file_demand(
            subject.pk, form.new(), by=request.actor, now=clock.now(), request_key=form.cleaned_data["request_key"]
        )
    except Refused as refusal:
        show_refusal(form, refusal, {name.removeprefix("extra_"): name for name in form.fields if name.startswith("extra_")})
        return None


def kind_asked(request: ActingRequest, who: str) -> tuple[KindSpec, list[KindSpec]]:
    """The kind asked for in the address, and all that may be filed."""
    kinds = queries.kinds_filed_by(who)
    if not kinds:
        raise NotPermitted(_("本系统还没有可以登记的事项类别。"), advice=_("请系统管理员装载活动包。"))
    return next((one for one in kinds if one.code == request.GET.get("kind")), kinds[0]), kinds


def chosen(request: ActingRequest) -> Subject | None:
    """The firm that was chosen, in sight."""
    number = request.POST.get("subject") or request.GET.get("subject") or ""
    return subject_for(int(number), request.actor) if number.isascii() and number.isdecimal() else None


def firm_card(subject: Subject | None) -> dict[str, object]:
    """What a desk should know of the firm before it files: officer, open demands."""
    if subject is None:
        return {}
    open_ones = Case.objects.filter(subject=subject, open=True).order_by("-id")
    return {"subject": subject, "officer": officer_of(subject.pk), "open": open_ones[:5], "count": open_ones.count()}
