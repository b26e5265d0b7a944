"""Exports of one firm's data: for the firm itself, and for a registry clerk on its behalf."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotPermitted
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.office.retention import access, actions
from songda.office.retention.forms import BehalfForm
from songda.registry.requests import ActingRequest

OWN, EXPORTS = "/retention/own/", "/retention/exports/"


@door("firm.act")
def own(request: ActingRequest) -> HttpResponse:
    """The firm's own exports; sending the form asks for one."""
    if request.actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    subject_id = request.actor.subject_id
    if request.method == "POST":
        said = _("已受理，一般几分钟内生成。")
        return attempt(request, lambda: actions.ask_export(subject_id, by=request.actor, now=clock.now()), OWN, said)
    page = page_of(access.exports_visible_to(request.actor), request)
    return render(request, "retention/exports.html", {"page": page, "now": clock.now(), "own": True})


@door("subjects.export")
def exports(request: ActingRequest) -> HttpResponse:
    """What this post asked for."""
    page = page_of(access.exports_visible_to(request.actor), request)
    return render(request, "retention/exports.html", {"page": page, "now": clock.now(), "own": False})


@door("subjects.export")
def new_export(request: ActingRequest) -> HttpResponse:
    """Ask for a firm's data on its behalf."""

    def act(told: dict[str, Any]) -> str:
        actions.ask_export(told["subject"], told["reason"], by=request.actor, now=clock.now())
        return EXPORTS

    about = _("仅在企业提出申请时代为办理；申请人、事由和每次下载都记入审计。")
    form = BehalfForm(request.POST or None, actor=request.actor)
    return carried_out(request, form, Doing(_("代企业申请导出"), act, _("申请"), EXPORTS, about))


@door("firm.act")
def own_file(request: ActingRequest, firm_export_id: int) -> HttpResponseBase:
    """The firm's own package."""
    return package(request, firm_export_id)


@door("subjects.export")
def export_file(request: ActingRequest, firm_export_id: int) -> HttpResponseBase:
    """A package asked for on a firm's behalf."""
    return package(request, firm_export_id)


def package(request: ActingRequest, firm_export_id: int) -> HttpResponseBase:
    """The package as a file, named by firm and request."""
    made, path = actions.exported_file(firm_export_id, by=request.actor, now=clock.now())
    answer = FileResponse(path.open("rb"), content_type="application/zip")
    name = f"{made.subject.name}-{made.pk}.zip"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
