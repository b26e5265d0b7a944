"""What the pages of guides share: the day, the territory asked for, papers as files."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse

from songda.deliveries.policy.guides import access
from songda.deliveries.policy.library.forms import areas_in
from songda.engines.printing import Paper
from songda.kernel import clock
from songda.kernel.prints import to_docx, to_pdf
from songda.registry.requests import ActingRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def today() -> dt.date:
    """The local day."""
    return clock.day_of(clock.now())


def areas_of(request: ActingRequest) -> list[tuple[str, str]]:
    """Territories to choose from; a firm has its own alone."""
    return areas_in(request.actor) if request.actor.subject_id is None else []


def area_of(request: ActingRequest) -> str:
    """The territory asked for, if it is the actor's; else the first of the actor's."""
    if request.actor.subject_id is not None:
        return access.own_firm(request.actor).area_path
    own, asked = request.actor.area_paths, request.GET.get("area", "")
    return asked if any(asked.startswith(path) for path in own) and asked else next(iter(own), "")


def day_in(request: ActingRequest, name: str) -> dt.date | None:
    """A day in the address; None where there is none or it is no day."""
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def as_file(paper: Paper, name: str, *, word: bool) -> HttpResponse:
    """A paper as a download."""
    body, kind, end = (to_docx(paper), WORD, "docx") if word else (to_pdf(paper), "application/pdf", "pdf")
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{end}"'})
