"""Pages of the room: the list, a new subject, and the changes to one. The record itself, with its facts, is a room above."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.registry.codes import queries as codes
from songda.registry.requests import ActingRequest
from songda.registry.subjects import actions, queries
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.forms import AliasForm, FilterForm, MergeForm, ParkForm, RenameForm, SubjectForm

Made = TypeVar("Made")


@door("subjects.see")
def subjects(request: ActingRequest) -> HttpResponse:
    """The register within the actor's scope, by the pinyin of names; filters stay in the address."""
    sizes = codes.code_lists({queries.SIZES}).get(queries.SIZES)
    form = FilterForm(request.GET, actor=request.actor, sizes=dict(sizes.names) if sizes else {})
    form.is_valid()
    given = {**form.cleaned_data, "area": area.code if (area := form.cleaned_data.get("area")) else ""}
    page = page_of(queries.listed(request.actor, queries.Wanted(**given)), request)
    return render(request, "subjects/subjects.html", {"page": page, "form": form, "rows": queries.shown(page.rows)})


@door("subjects.edit")
def new(request: ActingRequest) -> HttpResponse:
    """Enter a subject; rows that may be the same are shown first, and entering it once more says it is another."""
    form = SubjectForm(request.POST or None, actor=request.actor)
    likely: list[queries.Likeness] = []
    if form.is_valid():
        told = {**form.cleaned_data, "home_id": form.cleaned_data["home"].pk}
        del told["home"]
        likely = queries.likely_duplicates(told["name"], told["uscc"]) if "sure" not in request.POST else []
        if not likely:
            made = done(form, lambda: actions.register_subject(actions.NewSubject(**told), by=request.actor, now=clock.now()))
            if made is not None:
                return redirect(f"/subjects/{made.pk}/")
    return render(request, "subjects/new.html", {"form": form, "likely": likely})


@door("subjects.edit")
def rename(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Give a new name; the old one is kept."""
    subject, form = subject_for(subject_id, request.actor), RenameForm(request.POST or None)
    if form.is_valid():
        made = done(form, lambda: actions.rename_subject(subject_id, **form.cleaned_data, by=request.actor, now=clock.now()))
        if made is not None:
            return redirect(f"/subjects/{subject_id}/")
    return render(request, "subjects/change.html", {"subject": subject, "form": form, "what": _("更名")})


@door("subjects.edit")
def alias(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Add a name people use."""
    subject, form = subject_for(subject_id, request.actor), AliasForm(request.POST or None)
    if form.is_valid():
        made = done(form, lambda: actions.add_alias(subject_id, **form.cleaned_data, by=request.actor, now=clock.now()))
        if made is not None:
            return redirect(f"/subjects/{subject_id}/")
    return render(request, "subjects/change.html", {"subject": subject, "form": form, "what": _("登记别名")})


@door("subjects.edit")
def park(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Enter the subject among a park's."""
    subject, form = subject_for(subject_id, request.actor), ParkForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        told = {"park_id": form.cleaned_data["park"].pk, "on": form.cleaned_data["on"]}
        if done(form, lambda: actions.place_in_park(subject_id, **told, by=request.actor, now=clock.now())):
            return redirect(f"/subjects/{subject_id}/")
    return render(request, "subjects/change.html", {"subject": subject, "form": form, "what": _("登记入驻园区")})


@door("subjects.merge")
def merge(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Rows that may be the same subject, with why; one is merged into this one on a reason. And merges that can be undone."""
    subject, form = subject_for(subject_id, request.actor), MergeForm(request.POST or None)
    if form.is_valid():
        told = (subject_id, form.cleaned_data["merged"])
        if done(
            form, lambda: actions.merge_subjects(*told, reason=form.cleaned_data["reason"], by=request.actor, now=clock.now())
        ):
            messages.info(request, _("已合并，可随时撤销。"))
            return redirect(f"/subjects/{subject_id}/merge/")
    likely = [one for one in queries.likely_duplicates(subject.name, subject.uscc) if one.subject.pk != subject.pk]
    given = {"subject": subject, "form": form, "likely": likely, "merges": queries.merges_of(subject)}
    return render(request, "subjects/merge.html", given)


@require_POST
@door("subjects.merge")
def undo_merge(request: ActingRequest, merge_id: int) -> HttpResponse:
    """Part two rows again."""
    undone = actions.undo_merge(merge_id, by=request.actor, now=clock.now())
    messages.info(request, _("已撤销合并。"))
    return redirect(f"/subjects/{undone.kept_id}/merge/")


def done(form: forms.Form, work: Callable[[], Made]) -> Made | None:
    """Do it; a refusal becomes the form's."""
    try:
        return work()
    except Refused as refused:
        show_refusal(form, refused)
        return None
