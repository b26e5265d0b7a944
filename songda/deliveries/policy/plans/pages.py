"""Pages of plans: list, one plan with its board, editing a row, the workbook, the steps of two persons."""

from __future__ import annotations

import io

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.plans import access, actions, queries
from songda.deliveries.policy.plans.forms import NewPlanForm, RowForm, WorkbookForm
from songda.deliveries.policy.plans.states import PLAN, Standing
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.uploads import on_disk
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def plans(request: ActingRequest) -> HttpResponse:
    """Plans in sight, newest first."""
    rows = access.visible_to(request.actor).annotate(count=Count("rows")).order_by("-pk")
    given = {"page": page_of(rows, request), "states": PLAN.states, "drafts": request.actor.may("policy.edit")}
    return render(request, "policy_plans/plans.html", given)


@door(SIGNED_IN)
def plan(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """One plan: its table, how complete it is, how far it has come, what a later superior text touches."""
    found, today = access.plan_for(policy_plan_id, request.actor), clock.day_of(clock.now())
    rows = queries.rows_of(found)
    views = queries.views_of(rows, today)
    touched = queries.affected(found, rows)
    office = request.actor.subject_id is None
    given = {
        "plan": found, "states": PLAN.states, "views": views, "complete": queries.completeness(found, rows), "touched": touched,
        "marked": {one.row.pk for one in touched if one.row}, "tallies": queries.by_unit(views), "standings": Standing,
        "office": office, "versions": access.visible_to(request.actor).filter(code=found.code).order_by("-number"),
        "steps": {one.name for one in PLAN.steps if found.state in one.sources and request.actor.may(one.permission)},
        "form": WorkbookForm(),
    }  # fmt: skip
    return render(request, "policy_plans/plan.html", given)


@door("policy.edit")
def new(request: ActingRequest) -> HttpResponse:
    """Draft a plan from a superior document."""
    form = NewPlanForm(request.POST or None, actor=request.actor)

    def act(_told: object) -> str:
        made = actions.draft_plan(form.new_plan(demonstration=settings.DEMONSTRATION), by=request.actor, now=clock.now())
        return at(made.pk)

    return carried_out(request, form, Doing(_("起草落实方案"), act, _("起草"), reverse("plans:plans")))


@door("policy.edit")
def row(request: ActingRequest, row_id: int) -> HttpResponse:
    """Edit one row."""
    found = access.row_to_edit(row_id, request.actor)
    form = RowForm(request.POST or None, row=found)
    home = f"{at(found.plan_id)}#r{found.pk}"

    def act(_told: object) -> str:
        actions.edit_row(row_id, form.said(), by=request.actor, now=clock.now())
        return home

    return carried_out(request, form, Doing(str(found), act, _("保存"), home, str(found.plan)))


@door(SIGNED_IN)
def workbook(request: ActingRequest, policy_plan_id: int) -> FileResponse:
    """The table of a plan."""
    found, stream = access.plan_for(policy_plan_id, request.actor), io.BytesIO()
    actions.write_plan(stream, found, clock.day_of(clock.now()))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{found.title}.xlsx")


@door("policy.edit")
def fill(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """Take in a filled-in table: all rows, or none."""
    found = access.plan_to_change(policy_plan_id, request.actor, "policy.edit")
    form = WorkbookForm(request.POST or None, request.FILES or None)

    def act(told: dict[str, UploadedFile[bytes]]) -> str:
        with on_disk(told["file"]) as path:
            actions.read_plan(policy_plan_id, path, by=request.actor, now=clock.now())
        return at(policy_plan_id)

    return carried_out(request, form, Doing(_("填入方案表"), act, _("上传"), at(policy_plan_id), str(found)))


@require_POST
@door("policy.edit")
def confirm(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """Confirm a draft."""
    said = _("已审核确认；须由另一人发布。")
    return attempt(
        request, lambda: actions.confirm_plan(policy_plan_id, by=request.actor, now=clock.now()), at(policy_plan_id), said
    )


@require_POST
@door("policy.publish")
def publish(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """Publish a confirmed plan."""
    said = _("已发布，任务已交办到各牵头单位。")
    return attempt(
        request, lambda: actions.publish_plan(policy_plan_id, by=request.actor, now=clock.now()), at(policy_plan_id), said
    )


@require_POST
@door("policy.publish")
def send_back(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """Send a confirmed plan back."""
    reason = request.POST.get("reason", "")
    return attempt(
        request, lambda: actions.return_plan(policy_plan_id, reason=reason, by=request.actor, now=clock.now()), at(policy_plan_id)
    )


@require_POST
@door("policy.edit")
def withdraw(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """Take a plan back."""
    return attempt(request, lambda: actions.withdraw_plan(policy_plan_id, by=request.actor, now=clock.now()), at(policy_plan_id))


@require_POST
@door("policy.edit")
def renew(request: ActingRequest, policy_plan_id: int) -> HttpResponse:
    """Begin the next version."""
    said = _("已起草新版，原有安排已带入。")
    return attempt(
        request, lambda: actions.renew_plan(policy_plan_id, by=request.actor, now=clock.now()), reverse("plans:plans"), said
    )


def at(policy_plan_id: int) -> str:
    """The page of a plan."""
    return reverse("plans:plan", args=[policy_plan_id])
