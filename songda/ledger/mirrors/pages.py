"""Pages of the room: a case beside other systems, the log of messages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import attempt
from songda.ledger.cases.access import case_for
from songda.ledger.cases.states import MACHINES
from songda.ledger.mirrors import actions, queries
from songda.ledger.mirrors.states import OPEN, Fate
from songda.registry.requests import ActingRequest


@door("cases.see")
def messages(request: ActingRequest) -> HttpResponse:
    """The log of messages in sight, conflicts among them."""
    asked = {name: request.GET.get(name, "") for name in ("fate", "text")}
    page = page_of(queries.listed(request.actor, **asked), request)
    table = queries.table_in_force()
    labels = {code: one.label for code, one in table.systems.items()}
    rows = [(one, labels.get(one.system, one.system), queries.state_in_words(one, table)) for one in page.rows]
    context = {"page": page, "rows": rows, "asked": asked, "fates": Fate.choices, "open": OPEN}
    return render(request, "mirrors/messages.html", context)


@require_POST
@door("cases.decide")
def again(request: ActingRequest, external_message_id: int) -> HttpResponse:
    """Apply a message again."""
    return attempt(
        request, lambda: actions.try_again(external_message_id, by=request.actor, now=clock.now()), "/mirrors/", _("已重新处理。")
    )


@door(SIGNED_IN)
def case(request: ActingRequest, case_id: int) -> HttpResponse:
    """One case beside what other systems say of it."""
    found = case_for(case_id, request.actor)
    context = {
        "case": found, "states": MACHINES[found.machine].states, "own": MACHINES[found.machine].states[found.state],
        "mirrors": queries.beside(case_id, request.actor), "office": request.actor.subject_id is None,
    }  # fmt: skip
    return render(request, "mirrors/case.html", context)
