"""What happens around every request: where it comes from, an id, the acting post, and refusals in the product's own look."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from ipaddress import ip_address
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import PUBLIC, permission_of
from songda.kernel.errors import NotFound, NotPermitted, SongdaError
from songda.kernel.origin import acting_from
from songda.portal.faults import refusal_page
from songda.portal.watching.middleware import pattern_of
from songda.registry.people import queries as people
from songda.registry.people.actions import note_refused
from songda.registry.people.queries import told_by
from songda.registry.people.rules.sessions import AWAKE, AWAKE_FOR
from songda.registry.requests import ActingRequest

OF_WATCHERS = ("/healthz", "/readyz", "/metrics")  # nobody's pages: they answer without the database, whatever cookie comes along
Response = Callable[[HttpRequest], HttpResponseBase]


def real_addresses(respond: Response) -> Response:
    """Behind proxies of one's own, put the visitor's address where Django looks for it: the lock-out and the trail need it.

    Each proxy appends whom it speaks to; what stands further left was written by the visitor and is not believed.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if settings.PROXIES and len(told) >= settings.PROXIES and (address := plain_address(told[-settings.PROXIES])):
            request.META["REMOTE_ADDR"] = address
        return respond(request)

    return middleware


def plain_address(text: str) -> str:
    """An IP address in its usual form, or nothing."""
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""


def request_ids(respond: Response) -> Response:
    """Give each request an id, sent back in a header, shown on error pages and kept in audit rows with the address."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        known = cast("ActingRequest", request)
        known.id = secrets.token_hex(8)
        with acting_from(request.META.get("REMOTE_ADDR", ""), known.id):
            response = respond(request)
        response["X-Request-Id"] = known.id
        return response

    return middleware


def acting_posts(respond: Response) -> Response:
    """Put the acting post on the request as `request.actor`: None for a stranger, for a post that has ended, and for an administrator's
    that may not act from here (`out_of_place`, whom `Refusals` tells so).
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        now = clock.now()
        actor = None if request.path in OF_WATCHERS else people.actor_of_session(request, now=now)
        if actor is not None and not people.may_act_from(actor, request.META.get("REMOTE_ADDR", "")):
            vars(request)["out_of_place"], actor = actor, None
        vars(request)["actor"] = actor
        if actor is not None:
            keep_awake(request, now)
        return respond(request)

    return middleware


def keep_awake(request: HttpRequest, now: dt.datetime) -> None:
    """Put off the end of an idle session and note where it is used: once a minute, for a page that only reads should write nothing.

    It never ends later than it says.
    """
    if abs(int(now.timestamp()) - int(request.session.get(AWAKE, 0))) >= AWAKE_FOR:
        request.session.update(told_by(request))
        request.session[AWAKE] = int(now.timestamp())


class Refusals:
    """Turn a SongdaError raised by a page into its page: sentence, advice and the request id."""

    def __init__(self, respond: Response) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let it pass."""
        return self.respond(request)

    def process_view(self, request: HttpRequest, page: Callable[..., object], *_given: object) -> HttpResponse | None:
        """A post out of place opens what is open to all, and is told why nothing else."""
        actor = getattr(request, "out_of_place", None)
        if actor is None or permission_of(page) == PUBLIC:
            return None
        note_refused(actor, "out_of_place", pattern_of(request), now=clock.now())
        address = request.META.get("REMOTE_ADDR", "")
        said = _("管理员岗位只能在规定的地址上办理，您现在的地址是 %(address)s。") % {"address": address}
        return refusal_page(request, NotPermitted(said, advice=_("请换到规定的终端，或请运维人员核对 SONGDA_ADMIN_ADDRESSES。")))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only our own tree; anything else is a fault and goes to the 500 page. What a post may not do or see is kept in the trail."""
        if not isinstance(error, SongdaError):
            return None
        actor = getattr(request, "actor", None)
        if actor is not None and isinstance(error, NotPermitted | NotFound):
            note_refused(actor, error.code, pattern_of(request), now=clock.now())
        return refusal_page(request, error)
