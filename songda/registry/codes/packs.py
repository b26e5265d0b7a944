"""Dictionaries as a pack declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.who import Who
from songda.registry.codes import rules
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.models import Dictionary, Entry


def edition_of(data: Mapping[str, Any]) -> Edition:
    """One dictionary file."""
    return Edition(
        code=data["code"],
        edition=data["edition"],
        name=data["name"],
        entries=tuple(
            rules.Entry(one["code"], one["label"], one.get("parent", ""), one.get("label_en", "")) for one in data["entries"]
        ),
        name_en=data.get("name_en", ""),
        source=data["source"],
        claims=data.get("claims"),
        starts_on=_day(data.get("starts_on")),
        ends_on=_day(data.get("ends_on")),
    )


def dictionary_faults(edition: Edition) -> list[str]:
    """Sentences on what is wrong with a dictionary; none means it can be loaded.

    Headings of a standard hold numerals that count nothing (五金 is no five, 二七区 no nine): they are looked at only in a
    dictionary whose own name is a promise.
    """
    claims = promised(edition)
    entries = edition.entries if claims else [replace(one, label="") for one in edition.entries]
    return rules.problems(edition.name, entries, claims)


def promised(edition: Edition) -> int | None:
    """How many entries the name promises (None: nothing)."""
    return rules.claimed(edition.name) if edition.claims is None else edition.claims or None


def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Load dictionaries; returns how many editions are new."""
    before = Dictionary.objects.count()
    for edition in map(edition_of, files):
        (load_dictionary if promised(edition) else load_standard)(edition, by=by, now=now)
    return Dictionary.objects.count() - before


@transaction.atomic
def load_standard(given: Edition, *, by: Who, now: dt.datetime) -> Dictionary:
    """Load a dictionary whose name promises no number; as `load_dictionary`, but its headings are not counted."""
    if faults := dictionary_faults(given):
        raise Invalid(
            _("字典“%(name)s”不能装载：%(why)s") % {"name": given.name, "why": faults[0]}, fields={"entries": faults[0]}
        )
    digest = rules.digest_of(given.entries)
    known = Dictionary.objects.filter(code=given.code, edition=given.edition).first()
    if known is not None and known.digest != digest:
        raise Conflict(
            _("字典“%(name)s”%(edition)s版已登记，内容不同。") % {"name": known.name, "edition": known.edition},
            advice=_("已登记的版次不可修改，请以新版次装载。"),
        )
    return known or _enter(given, digest, by, now)


def _enter(given: Edition, digest: str, by: Who, now: dt.datetime) -> Dictionary:
    made = Dictionary.objects.create(
        code=given.code, edition=given.edition, name=given.name, name_en=given.name_en, source=given.source,
        starts_on=given.starts_on, ends_on=given.ends_on, digest=digest,
    )  # fmt: skip
    columns = ("dictionary_id", "code", "label", "label_en", "parent", "ordinal")
    rows = ((made.pk, one.code, one.label, one.label_en, one.parent, at) for at, one in enumerate(given.entries))
    bulk.insert(Entry, columns, rows)
    record("codes.load", made, by=by, now=now, after={"edition": given.edition, "digest": digest})
    return made


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
