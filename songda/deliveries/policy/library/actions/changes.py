"""Changing columns 更正: checked by the columns themselves, written by one UPDATE, told to the audit as before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor

Changes = Mapping[str, object]


def put(thing: Model, changes: Changes, allowed: Collection[str], **where: object) -> tuple[dict[str, object], dict[str, object]]:
    """Write `changes` to the row if it still answers to `where`; before and after of what really differs, in plain values.

    Invalid names each wrong field; Conflict where the row has moved on meanwhile.
    """
    refuse_unknown(changes, allowed)
    before = {name: plain(getattr(thing, name)) for name in changes}
    for name, value in changes.items():
        setattr(thing, name, value)
    check(thing, changes)
    columns = {name: getattr(thing, name) for name in changes}
    if type(thing)._default_manager.filter(pk=thing.pk, **where).update(**columns) != 1:
        raise Conflict(_("内容未保存：它的状态刚刚被改变。"), advice=_("请刷新页面后再试。"))
    after = {name: plain(value) for name, value in columns.items()}
    differ = [name for name in columns if before[name] != after[name]]
    return {name: before[name] for name in differ}, {name: after[name] for name in differ}


def touch(thing: Model, *, by: Actor, now: dt.datetime, **where: object) -> None:
    """Note that a person has worked on it, so that reading again leaves it alone; Conflict where it no longer answers to `where`."""
    written = {"edited_by": by.account_id, "edited_at": now}
    if type(thing)._default_manager.filter(pk=thing.pk, **where).update(**written) != 1:
        raise Conflict(_("内容未保存：它的状态刚刚被改变。"), advice=_("请刷新页面后再试。"))
    for name, value in written.items():
        setattr(thing, name, value)


def refuse_unknown(changes: Changes, allowed: Collection[str]) -> None:
    """Only the columns that this verb is about."""
    wrong = {name: _("此项不能在这里修改。") for name in changes if name not in allowed}
    if wrong:
        raise Invalid(_("有不能修改的项。"), fields=wrong)


def check(thing: Model, changes: Changes) -> None:
    """Let the columns judge their values: lengths, choices, dates, units that exist."""
    others = [field.name for field in thing._meta.concrete_fields if field.name not in changes and field.attname not in changes]
    try:
        thing.clean_fields(exclude=others)
    except ValidationError as error:
        raise Invalid(_("填写有误。"), fields={name: "".join(said) for name, said in error.message_dict.items()}) from error


def plain(value: object) -> object:
    """A value as audit rows keep it."""
    if isinstance(value, Model):
        return value.pk
    return str(value) if isinstance(value, dt.date | dt.datetime | Decimal) else value
