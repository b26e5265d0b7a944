"""Pages of documents: list, upload, record, corrections, relations, publication of the whole package."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import FrameForm, RelationForm, UploadForm
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.pages.steps import known_document, whole
from songda.deliveries.policy.library.states import Validity
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import COUNT_LIMIT, Page
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.registry.requests import ActingRequest

PAGE = 30
FILTERS = {
    "level": gettext_lazy("层级"), "category": gettext_lazy("类别"), "kind": gettext_lazy("文种"), "validity": gettext_lazy("效力"),
    "year": gettext_lazy("年份"), "issuer": gettext_lazy("发文机关"),
}  # fmt: skip


@door("policy.see")
def documents(request: ActingRequest) -> HttpResponse:
    """Documents by words, initials or number and by facets: titles first, then the newest."""
    asked = {name: request.GET.get(name, "") for name in ("q", *FILTERS)}
    offset = min(max(whole(request.GET.get("after")), 0), COUNT_LIMIT)
    found = queries.find_documents(request.actor, asked, on=clock.day_of(clock.now()), limit=PAGE, offset=offset)
    after = str(offset + PAGE) if offset + PAGE < found.total else ""
    counted = queries.packages([row.document for row in found.rows])
    given = {
        "page": Page([row.document for row in found.rows], found.total, False, after, offset == 0),
        "lines": [(row, row.document, counted[row.document.pk]) for row in found.rows],
        "filters": [(name, label, found.choices[name], asked[name]) for name, label in FILTERS.items()],
        "asked": asked,
        "kinds": queries.kind_labels(),
        "validities": Validity.choices,
    }
    return render(request, "policy_library/documents.html", given)


@door("policy.edit")
def upload(request: ActingRequest) -> HttpResponse:
    """Receive a document; the way on is the review desk. Level and area are those chosen last."""
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor, initial=request.session.get("intake", {}))
    known, namesake = None, False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        request.session["intake"] = {name: given[name] for name in ("level", "area_path")}
        try:
            return redirect("library:desk", receive(request, given).pk)
        except Refused as error:
            known = known_document(request, form, error)
            namesake = known is not None and error.code == "namesake"
    given = {"form": form, "known": known, "namesake": namesake, "submit": _("收文并读取")}
    return render(request, "policy_library/upload.html", given)


def receive(request: ActingRequest, given: dict[str, Any]) -> Document:
    """Keep what was uploaded."""
    return actions.receive_document(
        given["text"],
        level=given["level"],
        area_path=given["area_path"],
        title=given["title"],
        file_name=given.get("file_name", ""),
        notes=given.get("notes", ()),
        refuse_namesakes=not given["another"],
        demonstration=settings.DEMONSTRATION,
        by=request.actor,
        now=clock.now(),
    )


@door("policy.see")
def document(request: ActingRequest, document_id: int) -> HttpResponse:
    """One document: its text lit, outline, relations, and counts beside what it claims."""
    found = access.document_for(document_id, request.actor)
    others = access.documents_visible_to(request.actor).exclude(pk=found.pk).order_by("level", "title")
    desk, marks = queries.desk_of(found, request.actor), list(queries.annotations_of(found))
    given = {
        "document": found,
        "validity": queries.validity_of(found, clock.day_of(clock.now())),
        "kind_label": queries.kind_labels().get(found.kind, found.kind),
        "desk": desk,
        "lines": queries.lit_text(found, desk, [], marks),
        "marks": marks,
        "later": found.later.first(),
        "package": queries.package(found),
        "rules": queries.rules_from(found, request.actor),
        "above": queries.documents_above(found),
        "below": found.downward.select_related("lower"),
        "namesakes": queries.namesakes(found),
        "uncovered": queries.uncovered_articles(found).count(),
        "relation": RelationForm(others=others) if request.actor.may("policy.edit") else None,
    }
    return render(request, "policy_library/document.html", given)


@door("policy.edit")
def frame(request: ActingRequest, document_id: int) -> HttpResponse:
    """Correct what stands around the text."""
    found = access.document_to_change(document_id, request.actor)
    form = FrameForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_document(document_id, form.cleaned_data, by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect("library:document", document_id)
    return render(request, "policy_library/frame.html", {"form": form, "document": found})


@door("policy.edit")
def relate(request: ActingRequest, document_id: int) -> HttpResponse:
    """Register a relation to another document."""
    form = RelationForm(request.POST, others=access.documents_visible_to(request.actor))
    if form.is_valid():
        upper, kind = form.cleaned_data["upper"], form.cleaned_data["kind"]
        actions.set_relation(document_id, upper.pk, kind=kind, by=request.actor, now=clock.now())
    return redirect("library:document", document_id)


@require_POST
@door("policy.edit")
def no_measure(request: ActingRequest, article_id: int) -> HttpResponse:
    """Say why an article has no measure, and drafts read from it go; or take the word back."""
    article = access.article_to_edit(article_id, request.actor)
    try:
        if "undo" in request.POST:
            actions.mark_no_measure(article_id, reason="", by=request.actor, now=clock.now())
        else:
            actions.set_aside_article(article_id, reason=request.POST.get("reason", ""), by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
    return redirect(f"{reverse('library:desk', args=[article.document_id])}#r{article.pk}")
