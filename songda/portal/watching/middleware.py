"""One line of the log and a few figures for each request: pattern of the address, never the address as it was filled in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from os import getpid
from time import perf_counter, thread_time
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from songda.portal.watching.tallies import Tally

BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds; what takes longer is counted beyond
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
logger = logging.getLogger("songda.access")


def watched_requests(respond: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Measure each request: server time in milliseconds (sent back as well), processor time of it, queries, role."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        counter, begun, worked = Counter(), perf_counter(), thread_time()
        with connection.execute_wrapper(counter):
            response = respond(request)
        seconds = perf_counter() - begun
        pattern = pattern_of(request)
        response["Server-Timing"] = f"app;dur={seconds * 1000:.1f}"
        note(pattern, response.status_code, seconds, counter.queries)
        told = {
            "pattern": pattern,
            "method": request.method if request.method in METHODS else "other",
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "cpu": round((thread_time() - worked) * 1000, 1),
            "queries": counter.queries,
            "role": getattr(getattr(request, "actor", None), "role", ""),
        }
        logger.info("request", extra={"told": told})
        return response

    return middleware


class Counter:
    """Counts the statements of a request."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Count one and let it pass."""
        self.queries += 1
        return execute(*statement)


def pattern_of(request: HttpRequest) -> str:
    """The pattern an address fits, '' for one that fits none: nothing a visitor typed gets into log or figures."""
    match = request.resolver_match
    return f"/{match.route}" if match else ""


def note(pattern: str, status: int, seconds: float, queries: int) -> None:
    """Add a request to the figures. A full disk does not stop a request."""
    with suppress(OSError):
        tally, place = tally_of(getpid()), (pattern, str(status))
        bound = next((str(one) for one in BOUNDS if seconds <= one), "+Inf")
        tally.add(("bucket", *place, bound))
        tally.add(("seconds", *place), seconds)
        tally.add(("queries", *place), queries)


@cache
def tally_of(pid: int) -> Tally:
    """The figures of this process; a forked one has its own."""
    del pid
    return Tally(settings.HOME / "figures")
