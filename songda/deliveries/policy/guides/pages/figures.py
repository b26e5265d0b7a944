"""The green channel in figures, and the red lines to inspect by."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides import queries
from songda.deliveries.policy.guides.models import IndustryGroup
from songda.deliveries.policy.guides.pages.sheets import area_of, areas_of, as_file, day_in, today
from songda.kernel import clock
from songda.kernel.doors import door
from songda.registry.requests import ActingRequest

SHOWN_DAYS = 90  # of the figures, where no days are asked for


@door("cases.see")
def green(request: ActingRequest) -> HttpResponse:
    """How long the green channel took, apart from ordinary demands."""
    last = day_in(request, "until") or today()
    first = day_in(request, "from") or last - dt.timedelta(days=SHOWN_DAYS)
    span = clock.start_of(first), clock.start_of(last + dt.timedelta(days=1))
    fast, plain = queries.handling_of(request.actor, *span)
    given = {"rows": [(_("绿色通道"), fast), (_("其他诉求"), plain)], "first": first, "last": last}
    return render(request, "policy_guides/green.html", given)


@door("policy.see")
def red_lines(request: ActingRequest) -> HttpResponse:
    """The red lines of a territory and an industry, to inspect by; `?as=pdf` or `docx` prints them."""
    area, group = area_of(request), queries.group_named(request.GET.get("group", ""))
    lines = queries.red_lines_for(area, group.as_industry() if group else None, on=today())
    if request.GET.get("as") in ("pdf", "docx"):
        industry = group.name if group else _("全部行业")
        paper = queries.red_line_paper(lines, area=queries.place_of(area), industry=industry, on=today())
        return as_file(paper, "red-lines", word=request.GET["as"] == "docx")
    given = {
        "page": {"rows": lines, "total": len(lines), "more_than": False, "first": True}, "groups": IndustryGroup.objects.all(),
        "group": group, "area": area, "areas": areas_of(request),
    }  # fmt: skip
    return render(request, "policy_guides/red_lines.html", given)
