"""Pages of coverage: both figures cut five ways, the rows behind every figure, and who is eligible but was never reached."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from songda.deliveries.policy.push import actions, queries
from songda.deliveries.policy.push.forms import BatchForm, CutForm
from songda.deliveries.policy.push.queries.coverage import STATES
from songda.deliveries.policy.push.states import Gap
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid, Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import tell_refusal
from songda.ledger.notices.states import DELIVERY
from songda.registry.requests import ActingRequest

WEEKS_SHOWN = dt.timedelta(weeks=8)
MOST_ROWS = 50_000
BY_FIRM = ("firms", "opened")
FIGURES = {
    "firms": gettext_lazy("覆盖企业"), "times": gettext_lazy("送达人次"), "opened": gettext_lazy("已查看的企业"),
    "failed": gettext_lazy("发送失败"), "unknown": gettext_lazy("结果不明"),
}  # fmt: skip


@door("push.see")
def statistics(request: ActingRequest) -> HttpResponse:
    """Firms reached and person-times, whole and by measure, channel, day, area and unit (POL-08)."""
    now, form = clock.now(), CutForm(request.GET, actor=request.actor)
    which = form.cut()
    given = {
        "form": form, "whole": queries.whole(request.actor, which), "now": now, "query": bare(request).urlencode(),
        "tables": named(queries.tables(request.actor, which, since=clock.day_of(now) - WEEKS_SHOWN)),
    }  # fmt: skip
    return render(request, "policy_push/statistics.html", given)


@door("push.see")
def rows(request: ActingRequest) -> HttpResponse:
    """The firms or the messages behind a figure."""
    which, figure = CutForm(request.GET, actor=request.actor).cut(), figure_of(request)
    behind: Any = queries.firms_behind if figure in BY_FIRM else queries.messages_behind
    page = page_of(behind(request.actor, which, figure), request)
    given = {
        "page": page,
        "figure": figure,
        "by_firm": figure in BY_FIRM,
        "title": str(FIGURES[figure]),
        "states": DELIVERY.states,
    }
    return render(request, "policy_push/rows.html", {**given, "query": bare(request).urlencode()})


@door("push.see")
def rows_list(request: ActingRequest) -> FileResponse:
    """The same as a workbook."""
    which, figure = CutForm(request.GET, actor=request.actor).cut(), figure_of(request)
    stream, name = io.BytesIO(), str(FIGURES[figure])
    if figure in BY_FIRM:
        firms = queries.firms_behind(request.actor, which, figure).order_by().values_list("pk", flat=True)[:MOST_ROWS]
        actions.write_subjects(stream, list(firms), name)
    else:
        actions.write_deliveries(stream, queries.messages_behind(request.actor, which, figure)[:MOST_ROWS])
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{name}.xlsx")


@door("push.see")
def unreached(request: ActingRequest) -> HttpResponse:
    """Who is eligible and was never reached, by reason, with the next step of each."""
    now, form = clock.now(), CutForm(request.GET, actor=request.actor)
    found = queries.unreached(request.actor, on=clock.day_of(now), measure=form.cut().measure)
    gap = gap_of(request, found)
    page = queries.page_of_subjects(found[gap], request.GET)
    officers = queries.officers_of([one.pk for one in page.rows])
    given = {
        "page": page, "lines": [(one, officers.get(one.pk, "")) for one in page.rows], "form": form, "gap": gap, "now": now,
        "gaps": [(one, len(found[one])) for one in Gap], "whole": sum(len(some) for some in found.values()), "batch": BatchForm(),
    }  # fmt: skip
    return render(request, "policy_push/unreached.html", given)


@door("push.see")
def unreached_list(request: ActingRequest) -> FileResponse:
    """The same as a workbook."""
    form = CutForm(request.GET, actor=request.actor)
    found = queries.unreached(request.actor, on=clock.day_of(clock.now()), measure=form.cut().measure)
    gap, stream = gap_of(request, found), io.BytesIO()
    actions.write_subjects(stream, found[gap], str(gap.label))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"未触达-{gap.label}.xlsx")


@require_POST
@door("push.send")
def close_gap(request: ActingRequest) -> HttpResponse:
    """Do the next step for the firms chosen: ask their officers, or send again through other channels."""
    form, gap = BatchForm(request.POST), Gap(request.POST.get("gap", "")) if request.POST.get("gap") in Gap.values else None
    try:
        if gap is None or not form.is_valid():
            raise Invalid(_("请先选择企业。"))
        chosen = form.cleaned_data["subject"]
        if gap is Gap.FAILED:
            done = actions.resend_otherwise(chosen, form.cleaned_data["channels"], by=request.actor, now=clock.now())
            messages.success(request, _("已为%(n)d家换渠道重发，%(k)d家没有其他联系方式。") % {"n": done.done, "k": done.nobody})
        else:
            done = actions.ask_officers(gap, chosen, by=request.actor, now=clock.now())
            told = {"n": done.done, "k": done.known, "m": done.nobody}
            messages.success(request, _("已交办%(n)d家，原已交办%(k)d家；其中%(m)d家没有包联干部。") % told)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(f"/policy/push/unreached/?gap={gap.value if gap else ''}")


def bare(request: ActingRequest) -> QueryDict:
    """The address's filters without the page and the figure."""
    query = request.GET.copy()
    for name in ("after", "figure"):
        query.pop(name, None)
    return query


def figure_of(request: ActingRequest) -> str:
    """The figure that an address asks for."""
    figure = request.GET.get("figure", "times")
    if figure not in STATES:
        raise Invalid(_("没有这项统计。"), advice=_("请从送达统计页进入。"))
    return figure


def gap_of(request: ActingRequest, found: Mapping[Gap, frozenset[int]]) -> Gap:
    """The reason chosen, else the one with most firms."""
    asked = request.GET.get("gap", "")
    return Gap(asked) if asked in Gap.values else max(found, key=lambda one: len(found[one]))


def named(tables: Sequence[queries.Table]) -> list[dict[str, object]]:
    """The five cuts with their headings."""
    said = {
        "measure": (_("按措施"), _("措施")), "channel": (_("按渠道"), _("渠道")), "day": (_("按日（近八周）"), _("发出日期")),
        "area": (_("按辖区"), _("辖区")), "unit": (_("按推送单位"), _("单位")),
    }  # fmt: skip
    return [{"title": said[one.field][0], "head": said[one.field][1], "table": one} for one in tables]
