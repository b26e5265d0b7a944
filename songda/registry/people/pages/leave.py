"""One's own leave, and who stands in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import NotPermitted, Refused
from songda.kernel.screens.refusals import show_refusal
from songda.registry.people import actions, queries
from songda.registry.people.forms.accounts import LeaveForm
from songda.registry.people.models import Post
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def leave(request: ActingRequest) -> HttpResponse:
    """My leave, whom I stand in for, and a form for more."""
    post = own_post(request)
    now = clock.now()
    form = LeaveForm(request.POST or None, post=post, initial={"first": clock.day_of(now), "last": clock.day_of(now)})
    if form.is_valid():
        told = form.cleaned_data
        deputy = int(told["deputy"]) if told["deputy"] else None
        try:
            said = actions.Leave(told["first"], told["last"], deputy, told["reason"])
            actions.note_absence(post.pk, said, by=request.actor, now=now)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("已登记。代理人这几天可以代您办理。"))
            return redirect("/leave/")
    return render(request, "people/leave.html", {"form": form, **queries.leave_of(post, on=clock.day_of(now))})


@require_POST
@door(SIGNED_IN)
def end_leave(request: ActingRequest, absence_id: int) -> HttpResponse:
    """Back before time."""
    actions.end_absence(absence_id, by=request.actor, now=clock.now())
    messages.success(request, _("已销假。"))
    return redirect("/leave/")


def own_post(request: ActingRequest) -> Post:
    """The acting post, at a unit."""
    post = Post.objects.select_related("organisation", "person").filter(pk=request.actor.post_id or 0).first()
    if post is None or post.organisation is None:
        raise NotPermitted(_("企业岗位不登记请假。"))
    return post
