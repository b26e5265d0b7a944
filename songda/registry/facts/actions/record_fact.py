"""Tell one fact of one subject, or take it back."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import EPOCH, day_number
from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.codes import queries as codes
from songda.registry.facts.actions.record_cells import write_changes
from songda.registry.facts.models import Fact, FactDefinition
from songda.registry.facts.queries.catalogue import source_named
from songda.registry.facts.queries.changes import Cells
from songda.registry.facts.queries.held import Reach
from songda.registry.facts.rules.values import day_of_event, stored
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


class Telling(TypedDict):
    """From which day the value holds, which source says so, who enters it and when."""

    valid_from: dt.date
    source_code: str
    by: Actor
    now: dt.datetime


@transaction.atomic
def record_fact(subject_id: int, code: str, value_text: str, **told: Unpack[Telling]) -> Fact:
    """Tell a fact of a subject in scope. What is held already is not written again; returns the row in force either way.

    The subject's list columns follow, and the size of a firm is computed anew when one of its inputs changes. The audit row
    of a personal fact holds a digest, never the value. Invalid for a value of another kind, NotFound outside the scope.
    """
    subject, fact = subject_for(subject_id, told["by"]), defined(code)
    cells = cell(subject, fact, value_text, told["valid_from"])
    written = write_changes([cells], only(subject), source=source_named(told["source_code"]), now=told["now"])
    if written.facts:
        _say("facts.record", subject, fact, value_text, told["by"], told["now"])
    day = EPOCH + dt.timedelta(days=int(cells.days[0]))
    rows = Fact.objects.filter(subject=subject, fact=fact, valid_from__lte=day, void=False)
    return one_of(rows.order_by("-valid_from", "-recorded_at"), _("“%(name)s”尚无记录。") % {"name": fact.name})


@transaction.atomic
def withdraw_fact(subject_id: int, code: str, *, valid_from: dt.date, source_code: str, by: Actor, now: dt.datetime) -> Fact:
    """Take back what was told for a day. The row stays, so that what was known before can be reproduced."""
    subject, fact = subject_for(subject_id, by), defined(code)
    last = Fact.objects.filter(subject=subject, fact=fact, valid_from=valid_from).order_by("-recorded_at").first()
    if last is None or last.void:
        raise Conflict(_("“%(name)s”在该日没有可撤回的记录。") % {"name": fact.name})
    row = Fact.objects.create(
        subject=subject, fact=fact, valid_from=valid_from, recorded_at=after(now, last.recorded_at),
        source=source_named(source_code), num=None, text=None, void=True,
    )  # fmt: skip
    write_changes([], only(subject), source=row.source, now=row.recorded_at, touched={code: subject.pk})
    audit.record("facts.withdraw", subject, by=by, now=now, before={code: valid_from.isoformat()})
    return row


def only(subject: Subject) -> Reach:
    """The facts of one subject."""
    return Reach(subjects=[subject.pk])


def defined(code: str) -> FactDefinition:
    """A catalogue entry; NotFound for another code."""
    return one_of(
        FactDefinition.objects.filter(code=code),
        _("事实目录中没有“%(code)s”。") % {"code": code},
        advice=_("请在事实目录中核对代码。"),
    )


def cell(subject: Subject, fact: FactDefinition, text: str, valid_from: dt.date) -> Cells:
    """A written value as the one cell of a return."""
    kind = Kind(fact.kind)
    lists = codes.code_lists({fact.code_list}) if kind is Kind.CODE else {}
    num, word = stored(kind, fact.unit, text, lists.get(fact.code_list))
    day = placed(kind, text, valid_from)
    if not 1900 <= day.year <= 2100:
        raise Invalid(_("日期%(day)s不合理。") % {"day": day.isoformat()}, fields={"valid_from": _("请核对日期。")})
    where, when, what = (np.array([value], np.int64) for value in (subject.pk, day_number(day), num or 0))
    return Cells(fact, where, when, what, texts=(word,) if word is not None else ())


def placed(kind: Kind, text: str, valid_from: dt.date) -> dt.date:
    """The day a value is kept under: a year's figure at its first of January, an event at the day it happened."""
    if kind is Kind.SERIES:
        return valid_from.replace(month=1, day=1)
    return (day_of_event(text) if kind is Kind.EVENT else None) or valid_from


def after(now: dt.datetime, last: dt.datetime) -> dt.datetime:
    """A moment later than `last`: two corrections within one tick of the clock keep their order."""
    return max(now, last + dt.timedelta(microseconds=1))


def _say(action: str, subject: Subject, fact: FactDefinition, text: str, by: Actor, now: dt.datetime) -> None:
    shown = audit.digest_of(text) if fact.personal else text
    audit.record(action, subject, by=by, now=now, after={fact.code: shown})
