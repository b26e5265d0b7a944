"""Pages of guides: list, one guide, printing, issuing, subscribing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.guides import access, actions, queries
from songda.deliveries.policy.guides.forms import IssueForm
from songda.deliveries.policy.guides.pages.sheets import as_file, today
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import NotFound
from songda.kernel.screens.steps import attempt
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def guides(request: ActingRequest) -> HttpResponse:
    """Guides in sight, a firm's own industries first, with what is stale told at once."""
    rows = queries.guides_listed(request.actor, today())
    publishes = request.actor.may("policy.publish")
    given = {
        "page": {"rows": rows, "total": len(rows), "more_than": False, "first": True},
        "stale": sum(1 for one in rows if not one.current),
        "form": IssueForm(actor=request.actor) if publishes else None,
        "firm": request.actor.subject_id is not None,
    }
    return render(request, "policy_guides/guides.html", given)


@door(SIGNED_IN)
def guide(request: ActingRequest, guide_id: int) -> HttpResponse:
    """One guide as issued; where it is no longer what would be made today, it says so and what changed."""
    found = access.guide_for(guide_id, request.actor)
    version, content = queries.issued(found), queries.content_of(found, today())
    items = queries.items_of(version) if version else []
    current = version is not None and queries.is_current(version, content)
    given = {
        "guide": found, "version": version, "items": items, "current": current, "place": queries.place_of(found.area_path),
        "changes": [] if current else queries.changes(items, content.items),
        "open_now": {one.measure.pk for one in content.items},
        "firm": request.actor.subject_id is not None, "subscribed": queries.is_subscribed(found, request.actor),
        "publishes": request.actor.may("policy.publish"),
        "versions": found.versions.order_by("-number")[:20],
    }  # fmt: skip
    return render(request, "policy_guides/guide.html", given)


@door(SIGNED_IN)
def printed(request: ActingRequest, guide_id: int) -> HttpResponse:
    """The guide as a paper: PDF, or Word with `?as=docx`."""
    found = access.guide_for(guide_id, request.actor)
    version = queries.issued(found)
    if version is None:
        raise NotFound(_("这份指南还没有发布。"), advice=_("请由政策发布岗位发布。"))
    current = queries.is_current(version, queries.content_of(found, today()))
    paper = queries.guide_paper(version, queries.items_of(version), current=current)
    return as_file(paper, f"guide-{found.group.code}-{version.number}", word=request.GET.get("as") == "docx")


@require_POST
@door("policy.publish")
def issue(request: ActingRequest) -> HttpResponse:
    """Issue a guide, or issue it anew."""
    form = IssueForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return redirect("guides:guides")
    group, area = form.cleaned_data["group"], form.cleaned_data["area_path"]
    return attempt(
        request,
        lambda: actions.issue_guide(group.code, area, by=request.actor, now=clock.now()),
        reverse("guides:guides"),
        _("已发布，订阅的企业已收到通知。"),
    )


@require_POST
@door("firm.act")
def subscribe(request: ActingRequest, guide_id: int) -> HttpResponse:
    """Subscribe, or (`off`) no longer."""
    act = actions.unsubscribe if request.POST.get("off") else actions.subscribe
    said = _("已退订。") if request.POST.get("off") else _("已订阅，指南更新时会通知您。")
    home = reverse("guides:guide", args=[guide_id])
    return attempt(request, lambda: act(guide_id, by=request.actor, now=clock.now()), home, said)
