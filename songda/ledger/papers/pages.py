"""Pages of the room: papers found again, the catalogue of kinds, a paper with its steps and its print."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Conflict
from songda.kernel.screens.paging import page_of, page_of_rows
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.whole import whole_number
from songda.ledger.papers import access, actions, queries
from songda.ledger.papers.forms import NewForm, ReasonForm, WritingForm
from songda.ledger.papers.queries.catalogue import kind_named
from songda.ledger.papers.rules.kinds import filled
from songda.ledger.papers.rules.list_sources import SOURCES, label_of
from songda.ledger.papers.states import PAPER, Readers
from songda.registry.requests import ActingRequest

HERE = "/papers/"
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


@door(SIGNED_IN)
def papers(request: ActingRequest) -> HttpResponse:
    """Papers in sight with their filters."""
    given, actor = request.GET, request.actor
    asked = {name: given.get(name, "") for name in ("text", "kind", "state", "year", "unit", "over")}
    whole = {name: whole_number(asked[name]) for name in ("year", "unit")}
    over = clock.day_of(clock.now()) if asked["over"] else None
    seen = access.visible_to(actor)
    wanted = queries.Wanted(asked["text"], asked["kind"], asked["state"], whole["year"], whole["unit"], over)
    context = {
        "page": page_of(queries.fitting(seen, wanted), request),
        "asked": asked, "states": PAPER.states, "kinds": queries.kinds_in_force(), "years": queries.years_in(seen),
        "units": queries.units_in(seen), "drafts": access.works(actor),
    }  # fmt: skip
    return render(request, "papers/papers.html", context)


@door(SIGNED_IN)
def catalogue(request: ActingRequest) -> HttpResponse:
    """Every kind: numbering, readers, retention, where a list comes from."""
    access.looks(request.actor)
    offered = {one.code for one in queries.kinds_offered(request.actor)}
    kinds = [access.spec_of(one) for one in queries.kinds_in_force()]
    if request.GET.get("mine"):
        kinds = [one for one in kinds if one.code in offered]
    rows = [
        {
            "kind": kind, "offered": kind.code in offered, "source": label_of(kind.source), "fed": kind.source in SOURCES,
            "style": filled(kind.number, {"mark": _("代字"), "year": _("年"), "n": "×"}), "readers": Readers(kind.readers).label,
        }
        for kind in kinds
    ]  # fmt: skip
    return render(request, "papers/catalogue.html", {"kinds": rows})


@door(SIGNED_IN)
def new(request: ActingRequest) -> HttpResponse:
    """Draft a paper of the kind asked for."""
    access.looks(request.actor)
    if not request.GET.get("kind"):
        return redirect(f"{HERE}catalogue/")
    kind = access.spec_of(kind_named(request.GET["kind"]))
    form = NewForm(request.POST or None, actor=request.actor, kind=kind, initial={"subject": request.GET.get("firm")})

    def act(told: dict[str, Any]) -> str:
        made = actions.NewPaper(kind.code, told["unit"].pk, form.told(), told.get("subject"), settings.DEMONSTRATION)
        return f"{HERE}{actions.draft_paper(made, by=request.actor, now=clock.now()).pk}/"

    return carried_out(request, form, Doing(_("起草“%(kind)s”") % {"kind": kind.label}, act, _("保存草稿"), f"{HERE}catalogue/"))


@door(SIGNED_IN)
def paper(request: ActingRequest, paper_id: int) -> HttpResponse:
    """One paper: what it says, its number, what may be done."""
    found, trouble, content = access.paper_for(paper_id, request.actor), "", None
    kind = access.spec_of(found.kind)
    try:
        content = queries.content_of(found, request.actor, clock.now())
    except Conflict as conflict:
        trouble = conflict.sentence
    rows = content.rows if content else None
    in_name = found.unit_id in access.units_of(request.actor) if access.works(request.actor) else False
    page = page_of_rows(list(rows.rows), request) if rows else None
    context = {
        "paper": found, "kind": kind, "trouble": trouble, "states": PAPER.states, "source": label_of(kind.source),
        "told": [(one.label, found.fields.get(one.key, "")) for one in kind.fields],
        "rows": rows, "page": page,
        "lines": [list(zip(rows.head, cells, strict=True)) for cells in page.rows] if rows and page else (),
        "may_write": in_name and access.may(kind, request.actor, "draft"),
        "may_issue": in_name and access.may(kind, request.actor, "issue"),
        "second": kind.two_persons and request.actor.account_id in (found.drafted_by, found.written_by),
    }  # fmt: skip
    return render(request, "papers/paper.html", context)


@door(SIGNED_IN)
def write(request: ActingRequest, paper_id: int) -> HttpResponse:
    """Write on a draft."""
    found = access.paper_to_work(paper_id, request.actor, "draft")
    form = WritingForm(request.POST or None, kind=access.spec_of(found.kind), told=found.fields)

    def act(_told: dict[str, Any]) -> str:
        actions.write_paper(paper_id, form.told(), by=request.actor, now=clock.now())
        return f"{HERE}{paper_id}/"

    return carried_out(request, form, Doing(_("修改草稿"), act, _("保存草稿"), f"{HERE}{paper_id}/", found.title))


@require_POST
@door(SIGNED_IN)
def issue(request: ActingRequest, paper_id: int) -> HttpResponse:
    """Number and issue it."""
    return attempt(
        request, lambda: actions.issue_paper(paper_id, by=request.actor, now=clock.now()), f"{HERE}{paper_id}/", _("已编号制发。")
    )


@door(SIGNED_IN)
def withdraw(request: ActingRequest, paper_id: int) -> HttpResponse:
    """Take an issued paper back."""
    found = access.paper_to_work(paper_id, request.actor, "issue")

    def act(told: dict[str, Any]) -> str:
        actions.withdraw_paper(paper_id, told["reason"], by=request.actor, now=clock.now())
        return f"{HERE}{paper_id}/"

    doing = Doing(_("撤回文书"), act, _("撤回"), f"{HERE}{paper_id}/", f"{found.number or ''} {found.title}")
    return carried_out(request, ReasonForm(request.POST or None), doing)


@door(SIGNED_IN)
def void(request: ActingRequest, paper_id: int) -> HttpResponse:
    """Give a draft up."""
    found = access.paper_to_work(paper_id, request.actor, "draft")

    def act(told: dict[str, Any]) -> str:
        actions.void_paper(paper_id, told["reason"], by=request.actor, now=clock.now())
        return f"{HERE}{paper_id}/"

    return carried_out(
        request, ReasonForm(request.POST or None), Doing(_("作废草稿"), act, _("作废"), f"{HERE}{paper_id}/", found.title)
    )


@door(SIGNED_IN)
def printed(request: ActingRequest, paper_id: int, form: str) -> HttpResponse:
    """The print, as a file (a web page is shown)."""
    found, data = actions.print_paper(paper_id, form, by=request.actor, now=clock.now())
    response = HttpResponse(data, content_type=MEDIA[form])
    if form != "html":
        name = quote(f"{found.number or ''} {found.title}.{form}".strip())
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
