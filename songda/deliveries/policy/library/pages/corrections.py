"""Corrections of a reading on the desk 更正: split, merge, recut, articles, proposals, doubts. Each is one verb, then back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import ArticleForm, ProposalForm
from songda.deliveries.policy.library.pages.steps import desk_at, part, reason_in, whole
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import attempt, back_of
from songda.registry.requests import ActingRequest


@door("policy.edit")
def split(request: ActingRequest, version_id: int) -> HttpResponse:
    """Part a draft in two: at the place chosen in the text, or at one of the breaks of its sources."""
    version = access.version_to_edit(version_id, request.actor)
    asked = (request.POST if request.method == "POST" else request.GET).get("document")
    document_id = whole(asked) if asked else queries.document_of(version)
    if request.method != "POST":
        breaks = queries.breaks_of(version, document_id)
        return part(request, "split", {"version": version, "breaks": breaks, "document_id": document_id})
    at = whole(request.POST.get("at"))
    return attempt(
        request,
        lambda: actions.split_measure(version_id, at=at, by=request.actor, now=clock.now(), document_id=document_id),
        desk_at(document_id, f"v{version_id}"),
        _("已拆成两项。"),
    )


@require_POST
@door("policy.edit")
def merge(request: ActingRequest, version_id: int) -> HttpResponse:
    """Join a draft into the one above it (`into`)."""
    version = access.version_to_edit(version_id, request.actor)
    into = whole(request.POST.get("into"))
    home = desk_at(queries.document_of(version), f"v{into}")
    return attempt(
        request, lambda: actions.merge_measures(into, [version_id], by=request.actor, now=clock.now()), home, _("已并入上一项。")
    )


@door("policy.edit")
def recut(request: ActingRequest, source_id: int) -> HttpResponse:
    """Correct which words a draft stands on: those selected, or those typed as they stand in the article."""
    source = access.source_to_edit(source_id, request.actor)
    if request.method != "POST":
        return part(request, "recut", {"source": source, "version": source.version})

    def step() -> None:
        start, end = queries.chosen_in(source.article, request.POST)
        actions.recut_source(source_id, start=start, end=end, by=request.actor, now=clock.now())

    return attempt(request, step, desk_at(source.article.document_id, f"v{source.version_id}"), _("出处已更正。"))


@door("policy.edit")
def article(request: ActingRequest, article_id: int) -> HttpResponse:
    """Correct number, title and units of an article."""
    found = access.article_to_edit(article_id, request.actor)
    form = ArticleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_article(article_id, form.cleaned_data, by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect(back_of(request, desk_at(found.document_id, f"r{article_id}")))
    return part(request, "article", {"form": form, "article": found}, status=422 if form.is_bound else 200)


@require_POST
@door("policy.edit")
def split_article(request: ActingRequest, article_id: int) -> HttpResponse:
    """A new article from the place chosen on."""
    found, at = access.article_to_edit(article_id, request.actor), whole(request.POST.get("at"))
    return attempt(
        request,
        lambda: actions.split_article(article_id, at=at, by=request.actor, now=clock.now()),
        desk_at(found.document_id, f"r{article_id}"),
        _("已拆成两条。"),
    )


@require_POST
@door("policy.edit")
def merge_articles(request: ActingRequest, article_id: int) -> HttpResponse:
    """Join an article with the one after it."""
    found = access.article_to_edit(article_id, request.actor)
    return attempt(
        request,
        lambda: actions.merge_articles(article_id, by=request.actor, now=clock.now()),
        desk_at(found.document_id, f"r{article_id}"),
        _("已与后一条合并。"),
    )


@door("policy.edit")
def condition(request: ActingRequest, condition_id: int) -> HttpResponse:
    """Correct what is proposed as rule text for a phrase; `accept` takes it into the rule at once."""
    found = access.condition_to_settle(condition_id, request.actor)
    form = ProposalForm(request.POST or None, initial={"proposal": found.proposal})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_condition(condition_id, proposal=form.cleaned_data["proposal"], by=request.actor, now=clock.now())
            if "accept" in request.POST:
                actions.accept_proposal(condition_id, by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect(back_of(request, f"/policy/measures/{found.version_id}/"))
    return part(request, "condition", {"form": form, "condition": found}, status=422 if form.is_bound else 200)


@require_POST
@door("policy.edit")
def accept(request: ActingRequest, condition_id: int) -> HttpResponse:
    """Take the proposal for a phrase into the rule."""
    version_id = access.condition_to_settle(condition_id, request.actor).version_id
    return attempt(
        request,
        lambda: actions.accept_proposal(condition_id, by=request.actor, now=clock.now()),
        f"/policy/measures/{version_id}/",
    )


@require_POST
@door("policy.edit")
def accept_all(request: ActingRequest, version_id: int) -> HttpResponse:
    """Take every open proposal of a draft into its rule."""
    access.version_to_edit(version_id, request.actor)
    return attempt(
        request,
        lambda: actions.accept_proposals(version_id, by=request.actor, now=clock.now()),
        f"/policy/measures/{version_id}/",
    )


@require_POST
@door("policy.edit")
def settle_doubt(request: ActingRequest, doubt_id: int) -> HttpResponse:
    """Say that a doubt was looked at, and what came of it."""
    document_id = access.doubt_to_settle(doubt_id, request.actor).document_id
    reason = reason_in(request)
    return attempt(
        request, lambda: actions.settle_doubt(doubt_id, reason=reason, by=request.actor, now=clock.now()), desk_at(document_id)
    )
