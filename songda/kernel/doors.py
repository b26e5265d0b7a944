"""Doors 门: every page, command and job declares the permission it needs, in one word, and is refused without it.

`tests/structure` walks all URLs, commands and jobs and fails on one that has no declaration. Denied by default: a door
that forgets to declare cannot be reached (`require_doors` in the middleware refuses it).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted

PUBLIC = "public"  # anyone, signed in or not (sign-in page, signed link, health)
SIGNED_IN = "signed_in"  # any acting post

Page = Callable[..., HttpResponseBase]
Verb = TypeVar("Verb", bound=Callable[..., Any])


def declares(permission: str) -> Callable[[Verb], Verb]:
    """Mark a command or a job with the permission it stands for; whoever runs it must hold it."""

    def mark(verb: Verb) -> Verb:
        vars(verb)["permission"] = permission
        return verb

    return mark


def permission_of(verb: object) -> str | None:
    """The permission a door declares, or None for an undeclared one."""
    found = getattr(verb, "permission", None)
    return found if isinstance(found, str) else None


def door(permission: str) -> Callable[[Page], Page]:
    """Open a page to posts that hold `permission`; others are sent to sign in, or refused with a reason."""

    def wrap(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if permission == PUBLIC:
                return page(request, *args, **kwargs)
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_sign_in(request)
            if permission != SIGNED_IN and not actor.may(permission):
                raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系安全管理员。"))
            return page(request, *args, **kwargs)

        return declares(permission)(guarded)

    return wrap


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way in, remembering where the person wanted to go."""
    return redirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
