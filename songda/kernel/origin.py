"""The origin 来源 of what is being done: from which address, under which request id. Audit rows carry both.

Set at the edge (the middleware, the worker), read by `kernel.audit.actions.record`; nothing else depends on it.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """An address (IP, `worker:<id>`, `command`) and the id of the request or job."""

    address: str = ""
    request_id: str = ""


NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current() -> Origin:
    """Where the present work comes from; empty outside requests, jobs and commands."""
    return _current.get()


@contextmanager
def acting_from(address: str, request_id: str = "") -> Generator[None]:
    """Everything inside comes from there."""
    token = _current.set(Origin(address[:80], request_id[:40]))
    try:
        yield
    finally:
        _current.reset(token)
