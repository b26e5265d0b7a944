"""The list: filters, tallies, saved filters, one step for many rows."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.ledger.cases import actions, queries
from songda.ledger.cases.access import check_looks
from songda.ledger.cases.forms import BatchForm, FilterForm
from songda.ledger.cases.models import SavedFilter
from songda.ledger.cases.queries.listing import STATES
from songda.ledger.cases.queries.words import labels
from songda.registry.actors import Actor
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def cases(request: ActingRequest) -> HttpResponse:
    """The cases in sight, by what presses first; filters stay in the address, counts are links."""
    actor, now = request.actor, clock.now()
    check_looks(actor)
    known = labels()
    form = FilterForm(request.GET, actor=actor, known=known)
    wanted = form.wanted()
    lamps, states = queries.tallies(actor, wanted, now=now)
    page = queries.page_of_cases(actor, wanted, request, now=now, total=queries.total_of(wanted, states))
    given = {
        "page": page, "rows": queries.rows_of(page.rows, now=now, categories=known.categories), "form": form, "wanted": wanted, "lamps": lamps, "labels": known,
        "tallies": [(one.code, STATES.get(one.code, one.code), one.count) for one in states], "states": STATES,
        "saved": SavedFilter.objects.filter(person_id=actor.person_id or 0).order_by("name"), "query": kept_query(request),
        "batch": batch_form(actor), "openings": queries.openings(actor),
    }  # fmt: skip
    return render(request, "cases/cases.html", given)


def kept_query(request: ActingRequest) -> str:
    """The filters of the address, without the place in the list."""
    given = request.GET.copy()
    given.pop("after", None)
    return "&".join(part for part in given.urlencode().split("&") if not part.endswith("="))


def batch_form(actor: Actor, data: object = None) -> BatchForm | None:
    """The steps this post may take for many at once; None for one that may take none."""
    steps = queries.batch_steps(actor)
    return BatchForm(data, steps=steps, initial={"batch_key": uuid.uuid4().hex[:24]}) if steps else None


@require_POST
@door(SIGNED_IN)
def batch(request: ActingRequest) -> HttpResponse:
    """One step for the chosen rows; a result for each."""
    form = batch_form(request.actor, request.POST)
    chosen = chosen_of(request.POST.getlist("case"))
    if form is None or not form.is_valid() or not chosen:
        messages.warning(request, _("请先勾选事项并选择要办的步骤。"))
        return redirect("/cases/")
    told = form.cleaned_data
    said = actions.Said(note=told["note"], told=told["told"])
    results = actions.step_many(chosen, told["step"], said, by=request.actor, now=clock.now(), batch_key=told["batch_key"])
    label = dict(queries.batch_steps(request.actor))[told["step"]]
    done = sum(one.done for one in results)
    return render(request, "cases/batch.html", {"results": results, "label": label, "done": done, "failed": len(results) - done})


def chosen_of(given: list[str]) -> list[tuple[int, int]]:
    """The rows ticked, as “id:version”."""
    parts = (one.split(":") for one in given)
    return [(int(pair[0]), int(pair[1])) for pair in parts if len(pair) == 2 and all(part.isdecimal() for part in pair)]


@require_POST
@door(SIGNED_IN)
def keep_filter(request: ActingRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    kept = actions.keep_filter(request.POST.get("name", ""), request.POST.get("query", ""), by=request.actor, now=clock.now())
    return redirect(f"/cases/?{kept.query}")


@require_POST
@door(SIGNED_IN)
def drop_filter(request: ActingRequest, filter_id: int) -> HttpResponse:
    """Forget one of one's own."""
    actions.drop_filter(filter_id, by=request.actor)
    return redirect("/cases/")
