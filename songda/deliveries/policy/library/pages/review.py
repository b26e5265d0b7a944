"""The steps a version takes 审核: its fields, its rule, confirmation. Each step is one verb, then back where it was taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import DraftForm, RuleForm, SettleForm
from songda.deliveries.policy.library.pages.steps import desk_at, part, reason_in
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.kernel.screens.steps import attempt, back_of
from songda.registry.requests import ActingRequest
from songda.registry.rulebook import queries as rulebook
from songda.registry.rulebook.rules.case_lines import lines_of_cases


@door("policy.edit")
def draft(request: ActingRequest, version_id: int) -> HttpResponse:
    """Edit the fields of a draft."""
    version = access.version_to_edit(version_id, request.actor)
    form = DraftForm(request.POST or None, instance=version, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        changes = {("department_id" if name == "department" else name): value for name, value in form.cleaned_data.items()}
        unit = changes.pop("department_id")
        changes["department_id"] = unit.pk if unit else None
        try:
            actions.edit_draft(version_id, changes, by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect(back_of(request, address_of(version_id)))
    return part(request, "draft", {"form": form, "version": version}, status=422 if form.is_bound else 200)


@door("policy.edit")
def rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Write the rule of a draft; a wrong text stays on the page with its place marked."""
    version = access.version_to_edit(version_id, request.actor)
    form = RuleForm(request.POST or None, initial=rule_as_written(version))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_rule(version_id, **form.cleaned_data, by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("规则已保存。"))
            return redirect("library:rule", version_id)
    sources = version.sources.select_related("article__document")
    given = {"form": form, "version": version, "sources": sources, "conditions": version.open_conditions.all()}
    return render(request, "policy_library/rule.html", given | rulebook.shown(version.rule_version) | {"names": rulebook.names()})


@require_POST
@door("policy.edit")
def start_draft(request: ActingRequest, article_id: int) -> HttpResponse:
    """A draft from words of an article that the reader passed over; the way on is its fields."""
    article = access.article_to_edit(article_id, request.actor)
    try:
        start, end = queries.chosen_in(article, request.POST)
        new = actions.draft_measure(
            article_id, title=request.POST.get("title", ""), by=request.actor, now=clock.now(), start=start, end=end
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect(desk_at(article.document_id, f"r{article.pk}"))
    return redirect(
        desk_at(article.document_id, f"v{new.pk}") if "back" in request.POST else reverse("library:draft", args=[new.pk])
    )


@require_POST
@door("policy.edit")
def settle(request: ActingRequest, condition_id: int) -> HttpResponse:
    """Settle an open condition."""
    form = SettleForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    version_id = access.condition_to_settle(condition_id, request.actor).version_id
    return attempt(
        request,
        lambda: actions.settle_condition(condition_id, reason=reason, by=request.actor, now=clock.now()),
        address_of(version_id),
    )


@require_POST
@door("policy.edit")
def confirm(request: ActingRequest, version_id: int) -> HttpResponse:
    """Confirm a draft."""
    said = _("已审核确认，规则已签发；须由另一人发布。")
    return attempt(
        request, lambda: actions.confirm_measure(version_id, by=request.actor, now=clock.now()), address_of(version_id), said
    )


@require_POST
@door("policy.publish")
def send_back(request: ActingRequest, version_id: int) -> HttpResponse:
    """Send a confirmed version back to be mended."""
    reason = reason_in(request)
    return attempt(
        request,
        lambda: actions.return_measure(version_id, reason=reason, by=request.actor, now=clock.now()),
        address_of(version_id),
    )


@require_POST
@door("policy.edit")
def withdraw(request: ActingRequest, version_id: int) -> HttpResponse:
    """Withdraw a version that was not published."""
    reason = reason_in(request)
    return attempt(
        request,
        lambda: actions.withdraw_measure(version_id, reason=reason, by=request.actor, now=clock.now()),
        address_of(version_id),
    )


@require_POST
@door("policy.edit")
def revise(request: ActingRequest, version_id: int) -> HttpResponse:
    """Start the next version."""
    new = actions.revise_measure(version_id, by=request.actor, now=clock.now())
    return redirect("library:measure", new.pk)


def address_of(version_id: int) -> str:
    """The page of a version."""
    return reverse("library:measure", args=[version_id])


def rule_as_written(version: Any) -> dict[str, str]:
    """The rule of a draft as the form shows it; the proposals of the reader where there is none yet."""
    held = version.rule_version
    if held is None:
        proposals = [one.proposal for one in version.open_conditions.all() if one.proposal]
        return {"text": " 且 ".join(f"({one})" if " 或 " in one else one for one in proposals)}
    return {"text": held.text, "amount_text": held.amount_text, "cases": lines_of_cases(rulebook.cases_of(held))}
