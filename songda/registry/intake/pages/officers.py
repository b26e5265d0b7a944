"""The roster of officers 干部名册: upload, look at what it would do, confirm; one-time passwords are handed out once."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound, Refused
from songda.kernel.uploads import on_disk
from songda.kernel.workbooks import write_refused
from songda.registry.intake import actions, queries
from songda.registry.intake.forms import OfficersForm
from songda.registry.requests import ActingRequest

SHOWN = 50  # refused rows and leavers told on the page; all refused rows are in the workbook


@door("people.edit")
def new(request: ActingRequest) -> HttpResponse:
    """Upload a roster and have it checked; nothing is changed."""
    form = OfficersForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            with on_disk(form.cleaned_data["file"]) as path:
                queries.plan_officers(path, by=request.actor, on=clock.day_of(clock.now()))
                digest = actions.keep_officers(path, by=request.actor, now=clock.now())
            return redirect(f"/people/import/{digest}/")
        except Refused as refused:
            form.add_error("file", refused.sentence)
    return render(request, "intake/new_officers.html", {"form": form})


@door("people.edit")
def checked(request: ActingRequest, digest: str) -> HttpResponse:
    """What a roster would do."""
    plan = queries.plan_officers(queries.officers_file(digest, request.actor), by=request.actor, on=clock.day_of(clock.now()))
    given: dict[str, Any] = {"plan": plan, "digest": digest, "nothing": not (plan.newcomers or plan.posts or plan.firms)}
    given |= {"refused": plan.found.refused[:SHOWN], "leavers": plan.leavers[:SHOWN]}
    return render(request, "intake/officers.html", given)


@door("people.edit")
def returned(request: ActingRequest, digest: str) -> HttpResponseBase:
    """The refused rows, to be mended and sent again."""
    plan = queries.plan_officers(queries.officers_file(digest, request.actor), by=request.actor, on=clock.day_of(clock.now()))
    if not plan.found.refused:
        raise NotFound(_("没有退回的行。"))
    stream = io.BytesIO()
    write_refused(stream, plan.found.headings, plan.found.refused)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename="干部名册-退回.xlsx")


@require_POST
@door("people.edit")
def take(request: ActingRequest, digest: str) -> HttpResponseBase:
    """Write it. With new accounts the answer is the workbook of their one-time passwords, which is kept nowhere."""
    taken = actions.import_officers(queries.officers_file(digest, request.actor), by=request.actor, now=clock.now())
    actions.drop_officers(digest, by=request.actor)
    messages.success(request, _("名册已导入：新开账号 %(n)d 个。") % {"n": len(taken.passwords)})
    if not taken.passwords:
        return redirect("/people/")
    stream = io.BytesIO()
    actions.write_slips(stream, taken)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename="一次性口令-发完请删除.xlsx")


@door("people.edit")
def template(_request: ActingRequest) -> FileResponse:
    """An empty roster."""
    stream = io.BytesIO()
    actions.write_officers_template(stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename="干部名册模板.xlsx")
