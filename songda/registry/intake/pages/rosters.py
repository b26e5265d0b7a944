"""Pages of the room: files taken in, a new one, what it would do, the confirmation, the returned rows, the template."""

from __future__ import annotations

import io
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound, Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.uploads import on_disk
from songda.registry.intake import access, actions, queries
from songda.registry.intake.actions.check_roster import Roster
from songda.registry.intake.forms import RosterForm
from songda.registry.intake.states import INTAKE
from songda.registry.requests import ActingRequest


@door("roster.import")
def intakes(request: ActingRequest) -> HttpResponse:
    """Files of one's territory, the latest first."""
    page = page_of(access.visible_to(request.actor).order_by("-id"), request)
    return render(request, "intake/intakes.html", {"page": page, "states": INTAKE.states})


@door("roster.import")
def new(request: ActingRequest) -> HttpResponse:
    """Upload a file and have it checked. Nothing of the register changes yet."""
    form = RosterForm(request.POST or None, request.FILES or None, actor=request.actor)
    if form.is_valid():
        told = form.cleaned_data
        try:
            with on_disk(told["file"]) as path:
                given = Roster(path, told["file"].name, told["area"].code, told["as_of"])
                made = actions.check_roster(given, by=request.actor, now=clock.now())
            return redirect(f"/intake/{made.pk}/")
        except Refused as refused:
            form.add_error("file", refused.sentence)
    return render(request, "intake/new.html", {"form": form})


@door("roster.import")
def intake(request: ActingRequest, intake_id: int) -> HttpResponse:
    """What a file would do, or did: counts, how its headings were read, and the returned rows."""
    made = access.intake_for(intake_id, request.actor)
    headings = made.mapping.get("columns", [])
    given = {
        "intake": made,
        "states": INTAKE.states,
        "columns": queries.columns_in_words(headings),
        "unknown": queries.unknown_in_words(made.mapping.get("unknown", [])),
        "may_take": INTAKE.allows("take", made.state),
    }
    return render(request, "intake/intake.html", given)


@require_POST
@door("roster.import")
def take(request: ActingRequest, intake_id: int) -> HttpResponse:
    """Write a checked file."""
    made = actions.take_roster(intake_id, by=request.actor, now=clock.now())
    messages.info(request, _("已导入：事实 %(n)d 条。") % {"n": made.facts})
    return redirect(f"/intake/{made.pk}/")


@require_POST
@door("roster.import")
def refuse(request: ActingRequest, intake_id: int) -> HttpResponse:
    """Give a checked file up."""
    actions.refuse_roster(intake_id, by=request.actor, now=clock.now())
    return redirect("/intake/")


@door("roster.import")
def returned(request: ActingRequest, intake_id: int) -> FileResponse:
    """The workbook of refused rows."""
    made = access.intake_for(intake_id, request.actor)
    path = queries.returned_file(made)
    if not made.returned or not path.is_file():
        raise NotFound(_("这次导入没有退回的行。"))
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"退回-{Path(made.file_name).stem}.xlsx")


@door("roster.import")
def template(_request: ActingRequest) -> FileResponse:
    """An empty roster with drop-downs."""
    stream = io.BytesIO()
    actions.write_template(stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename="名册模板.xlsx")
