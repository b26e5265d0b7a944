"""Pages of the compendium: editions, one edition, one policy of it, the book, the funnel."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.compendium import access, actions, queries
from songda.deliveries.policy.compendium.forms import EditionForm
from songda.deliveries.policy.compendium.states import EDITION, BookForm
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import NotFound, Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.registry.requests import ActingRequest

MEDIA = {
    BookForm.PDF: "application/pdf",
    BookForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    BookForm.HTML: "text/html; charset=utf-8",
}


@door(SIGNED_IN)
def editions(request: ActingRequest) -> HttpResponse:
    """Editions the actor may read, newest first."""
    page = page_of(access.editions_visible_to(request.actor).order_by("-pk"), request)
    return render(request, "policy_compendium/editions.html", {"page": page, "states": EDITION.states})


@door("policy.edit")
def new(request: ActingRequest) -> HttpResponse:
    """Draft an edition."""
    day = clock.day_of(clock.now())
    form = EditionForm(request.POST or None, actor=request.actor, initial={"as_of": day})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_edition(
                form.new_edition(demonstration=settings.DEMONSTRATION), by=request.actor, now=clock.now()
            )
            return redirect("compendium:edition", made.pk)
        except Refused as error:
            show_refusal(form, error)
    return render(request, "policy_compendium/new.html", {"form": form, "submit": _("收录并起草")})


@door(SIGNED_IN)
def edition(request: ActingRequest, edition_id: int) -> HttpResponse:
    """One edition: contents by category with counts, every policy, the books."""
    found = access.edition_for(edition_id, request.actor)
    shelf = queries.contents_of(found)
    given = {
        "edition": found,
        "shelf": shelf,
        "chapters": [(one, [shelf.entries[ordinal] for ordinal in one.ordinals]) for one in shelf.chapters],
        "states": EDITION.states,
        "forms": BookForm.choices,
        "printed": set(found.books.values_list("form", flat=True)),
        "unchanged": queries.is_unchanged(found),
        "steps": {step.name for step in EDITION.steps if found.state in step.sources and request.actor.may(step.permission)},
    }
    return render(request, "policy_compendium/edition.html", given)


@door(SIGNED_IN)
def entry(request: ActingRequest, edition_id: int, entry_id: int) -> HttpResponse:
    """One policy as it stands in the edition."""
    found = queries.entry_in(access.edition_for(edition_id, request.actor), entry_id)
    given = {"entry": found, "edition": found.edition, "lines": queries.text_of_entry(found).split("\n")}
    return render(request, "policy_compendium/entry.html", given)


@door(SIGNED_IN)
def book(request: ActingRequest, edition_id: int, form: str) -> HttpResponse:
    """The printed book, as a file."""
    found = access.edition_for(edition_id, request.actor)
    held = found.books.filter(form=form).first()
    if held is None:
        raise NotFound(_("这一格式还没有排印好。"), advice=_("请稍后刷新汇编页面。"))
    response = HttpResponse(bytes(held.data), content_type=MEDIA[BookForm(held.form)])
    name = quote(f"{found.title} {found.number}.{held.form}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@require_POST
@door("policy.edit")
def gather(request: ActingRequest, edition_id: int) -> HttpResponse:
    """Gather anew."""
    return step(request, edition_id, lambda: actions.gather_documents(edition_id, by=request.actor, now=clock.now()))


@require_POST
@door("policy.edit")
def leave_out(request: ActingRequest, edition_id: int, entry_id: int) -> HttpResponse:
    """Leave a policy out."""
    return step(request, edition_id, lambda: actions.leave_out(edition_id, entry_id, by=request.actor, now=clock.now()))


@require_POST
@door("policy.edit")
def withdraw(request: ActingRequest, edition_id: int) -> HttpResponse:
    """Give a draft up."""
    return step(request, edition_id, lambda: actions.withdraw_edition(edition_id, by=request.actor, now=clock.now()))


@require_POST
@door("policy.publish")
def publish(request: ActingRequest, edition_id: int) -> HttpResponse:
    """Publish; a worker prints the books within minutes."""
    return step(request, edition_id, lambda: actions.publish_edition(edition_id, by=request.actor, now=clock.now()))


@door("policy.see")
def funnel(request: ActingRequest) -> HttpResponse:
    """From policies to measures to implementing rules, each number a link to its rows."""
    found = queries.funnel(request.actor, clock.day_of(clock.now()))
    codes = [code for code, _label, _count in found.classes]
    rows = [(row, list(zip(codes, row.cells, strict=True))) for row in found.rows]
    return render(request, "policy_compendium/funnel.html", {"funnel": found, "rows": rows})


def step(request: ActingRequest, edition_id: int, act: Callable[[], object]) -> HttpResponse:
    """Do it, tell a refusal, and go back to the edition."""
    try:
        act()
    except Refused as error:
        tell_refusal(request, error)
    return redirect("compendium:edition", edition_id)
