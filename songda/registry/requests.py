"""The request as every page sees it: with its id and its acting post."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from songda.registry.actors import Actor


class ActingRequest(HttpRequest):
    """A request behind a door: `actor` is set by the middleware and checked by `kernel.doors.door`."""

    id: str
    actor: Actor
    htmx: HtmxDetails
