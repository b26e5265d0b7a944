"""What a post asked for and what became of it, where no verb of a room keeps it: refusals, and files taken away (等保三级 8.1.4.3a)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.registry.actors import Actor
from songda.registry.people.models import Post


@transaction.atomic
def note_refused(by: Actor, code: str, pattern: str, *, now: dt.datetime) -> None:
    """Keep that a post was refused a page; `pattern` is the address without what was filled in."""
    record("access.refuse", Post(pk=by.post_id), by=by, now=now, after={"code": code, "pattern": pattern})


@transaction.atomic
def note_taken(by: Actor, pattern: str, kind: str, rows: int | None, *, now: dt.datetime) -> None:
    """Keep that a post took a file; `rows` as far as the file has any."""
    told = {"pattern": pattern, "kind": kind, "rows": rows, "firm": by.subject_id is not None}
    record("file.take", Post(pk=by.post_id), by=by, now=now, after=told)
