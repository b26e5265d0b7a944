"""Excel out and in."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.uploads import on_disk
from songda.kernel.workbooks import write_refused
from songda.ledger.cases import actions
from songda.ledger.cases.forms import OldLedgerForm, wanted_of
from songda.ledger.cases.models import Export
from songda.registry.requests import ActingRequest


@require_POST
@door("cases.export")
def export(request: ActingRequest) -> HttpResponse:
    """Take out what the filters show: at once when small, else by a job."""
    query = request.POST.get("query", "")
    wanted = wanted_of(query, request.actor)
    made, small = actions.ask_export(query, wanted, by=request.actor, now=clock.now())
    if small:
        actions.write_export(made, wanted, by=request.actor, now=clock.now())
        return redirect(f"/cases/exports/{made.pk}/")
    messages.info(request, _("共%(n)d行，一分钟内在后台生成，完成后可在此下载。") % {"n": made.rows})
    return redirect("/cases/exports/")


@door("cases.export")
def exports(request: ActingRequest) -> HttpResponse:
    """The latest exports of this post."""
    found = Export.objects.filter(post_id__in=request.actor.posts).order_by("-id")[:50]
    return render(request, "cases/exports.html", {"exports": found})


@door("cases.export")
def exported(request: ActingRequest, export_id: int) -> FileResponse:
    """The workbook."""
    path = actions.exported_file(export_id, by=request.actor)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"台账-{export_id}.xlsx")


@door("cases.file")
def old_ledger(request: ActingRequest) -> HttpResponseBase:
    """Take in an old ledger: all rows, or none and the wrong ones back."""
    form = OldLedgerForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "cases/import.html", {"form": form})
    try:
        with on_disk(form.cleaned_data["file"]) as path:
            found = actions.import_ledger(path, form.cleaned_data["kind"], by=request.actor, now=clock.now())
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return render(request, "cases/import.html", {"form": form}, status=400)
    if found.refused:
        stream = io.BytesIO()
        write_refused(stream, found.headings, found.refused)
        stream.seek(0)
        return FileResponse(stream, as_attachment=True, filename="退回-旧台账.xlsx", status=422)
    messages.info(request, _("已登记%(n)d件，原已登记%(k)d件。") % {"n": found.kept, "k": found.known})
    return redirect("/cases/?channel=ledger")
