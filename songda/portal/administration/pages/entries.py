"""One entry: its form, what a change comes to, doing it, its history, and putting an older state back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid
from songda.kernel.screens.paging import page_of
from songda.portal.administration import proposals, viewing
from songda.portal.administration.forms.calendar import ReasonForm
from songda.portal.administration.forms.entry import EntryForm
from songda.portal.administration.forms.shapes import parts_of
from songda.portal.administration.naming import first_name, fixed_parts, name_of
from songda.portal.administration.weighing import weighed, weighing
from songda.portal.packs.changing import carry_out
from songda.portal.packs.editing import Edit, mark_of, section_for
from songda.portal.packs.entries import by_name
from songda.portal.packs.reading import spell
from songda.registry.requests import ActingRequest


@door("system.configure")
def entry(request: ActingRequest, section: str, entry: str) -> HttpResponse:
    """An entry's form; sent, what the change comes to."""
    found, sheet, held = viewing.entry_for(section, entry, request.actor)
    form = EntryForm(
        request.POST or None, parts_of(found, entry), held.value, seen=mark_of(held), fixed=fixed_parts(found, entry)
    )
    context = {"section": found, "entry": held, "form": form, "stays": viewing.stays_because(found, entry)}
    if form.is_valid():
        shown = weighed(request, form, section, [Edit(entry, form.value(), form.cleaned_data["seen"])], spell(held.where))
        if shown is not None:
            return shown
    return render(request, "administration/entry.html", {**context, "line": sheet.line(held.where)})


@door("system.configure")
def new_entry(request: ActingRequest, section: str) -> HttpResponse:
    """A new entry: of the list `?list=`, of the file `?file=`."""
    found = section_for(section, request.actor)
    name = first_name(found, request.GET.get("list", ""), request.GET.get("file", ""))
    form = EntryForm(request.POST or None, parts_of(found, name), {})
    if form.is_valid():
        value = form.value()
        shown = weighed(request, form, section, [Edit(name_of(found, name, value), value)], "")
        if shown is not None:
            return shown
    return render(request, "administration/entry.html", {"section": found, "form": form, "stays": ""})


@require_POST
@door("system.configure")
def remove(request: ActingRequest, section: str, entry: str) -> HttpResponse:
    """What taking an entry out comes to."""
    _found, _sheet, held = viewing.entry_for(section, entry, request.actor)
    return weighing(request, section, [Edit(entry, None, mark_of(held))])


@door("system.configure")
def history(request: ActingRequest, section: str, entry: str) -> HttpResponse:
    """Who changed an entry, when and why; every state it was in."""
    found = section_for(section, request.actor)
    page = page_of(viewing.history_of(found, entry).order_by("-pk"), request, size=20)
    sheet = viewing.sheet_for(found, entry)
    held = by_name(sheet).get(entry) if sheet else None
    if held is None and not page.rows:
        viewing.entry_for(section, entry, request.actor)
    changes = [(one, viewing.compared(one.before, one.after)) for one in page.rows]
    context = {"section": found, "name": entry, "entry": held, "page": page, "changes": changes}
    return render(request, "administration/history.html", context)


@require_POST
@door("system.configure")
def put_back(request: ActingRequest, section: str, change_id: int) -> HttpResponse:
    """What putting back the state before a change comes to."""
    found, change = viewing.change_for(change_id, section, request.actor)
    sheet = viewing.sheet_for(found, change.entry)
    held = by_name(sheet).get(change.entry) if sheet else None
    return weighing(request, section, [Edit(change.entry, viewing.value_of(change.before), mark_of(held))])


@require_POST
@door("system.configure")
def confirm(request: ActingRequest) -> HttpResponse:
    """Do what was looked at, with a reason."""
    section, edits = proposals.opened(request.POST.get("proposal", ""), request.actor)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("请写明理由。"), advice=_("请返回上一页填写。"), fields={"reason": _("请写明理由。")})
    carry_out(section, edits, form.cleaned_data["reason"], by=request.actor, now=clock.now())
    messages.success(request, _("已保存，并留痕。"))
    if section == "calendar":
        return redirect(f"/administration/calendar/?year={edits[0].name.partition('.')[2][:4]}")
    gone = edits[0].value is None
    return redirect(f"/administration/{section}/" if gone else f"/administration/{section}/history/{edits[0].name}")
