"""Amending a fact by program: recorded as of today, and the firm matched again, as when a desk does it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Router, Schema

from songda.kernel import clock
from songda.kernel.api.doors import writes
from songda.kernel.api.shapes import Code, Given, Id, Told
from songda.kernel.errors import NotFound
from songda.office.dispatch import actions
from songda.registry.actors import require
from songda.registry.facts import queries as facts
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for

router = Router()


class NewFact(Given):
    """A fact by its code in the catalogue, its value as people write it (48人, 500万元, 是), and which source says so."""

    code: Code
    value: Told
    source: Code = "return"


class Turned(Schema):
    """A measure whose answer the fact turned."""

    version_id: int
    title: str
    before: str
    after: str


class Amended(Schema):
    """What was recorded, and what it turned."""

    subject_id: int
    code: str
    valid_from: dt.date
    turned: list[Turned]


@writes(router, "/subjects/{subject_id}/facts", "facts.edit", Amended, gettext_lazy("登记事实并重新判定"))
def record_fact(request: ActingRequest, subject_id: Annotated[Id, Path()], given: NewFact) -> Amended:
    """Record it for a subject in scope."""
    subject_for(subject_id, request.actor)
    kind = facts.definitions().get(given.code)
    if kind is None:
        raise NotFound(_("事实目录中没有“%(code)s”。") % {"code": given.code}, advice=_("请在事实目录中核对代码。"))
    if kind.personal:
        require(request.actor, "facts.personal")
    done = actions.amend_fact(subject_id, given.code, given.value, by=request.actor, now=clock.now(), source_code=given.source)
    turned = [
        Turned(
            version_id=one.after.version.pk,
            title=one.after.version.title,
            before=one.before.answer.value,
            after=one.after.answer.value,
        )
        for one in done.turned
    ]
    return Amended(subject_id=subject_id, code=given.code, valid_from=done.fact.valid_from, turned=turned)
