"""Moving a person to another post 调岗."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.steps import Doing, carried_out
from songda.registry.people import actions, queries
from songda.registry.people.access import post_for
from songda.registry.people.forms.accounts import PostForm
from songda.registry.requests import ActingRequest


@door("people.edit")
def move(request: ActingRequest, post_id: int) -> HttpResponse:
    """End one post and begin another in one step; says what stays behind."""
    post = post_for(post_id, request.actor)
    address = f"/people/{post.person_id}/"
    begin = {"role": post.role, "organisation": post.organisation_id, "title": post.title}
    form = PostForm(request.POST or None, actor=request.actor, initial=begin)

    def act(given: dict[str, Any]) -> str:
        new = actions.NewPost(post.person_id, given["role"], organisation_id=given["organisation"].pk, title=given["title"])
        actions.move_post(post_id, new, by=request.actor, now=clock.now())
        return address

    title = _("调岗：%(name)s（%(role)s）") % {"name": post.person.name, "role": post.get_role_display()}
    about = _("原岗位今日结束，权限即时失效，新岗位同时生效。包联的 %(n)d 家企业须另派干部。") % {
        "n": queries.firms_of_post(post)
    }
    return carried_out(request, form, Doing(title, act, _("调岗"), address, about=about))
