"""Dictionaries as a pack declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from songda.kernel.who import Who
from songda.registry.codes import rules
from songda.registry.codes.actions import Edition, load_dictionary, promised
from songda.registry.codes.models import Dictionary


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
    """Sentences on what is wrong with a dictionary; none means it can be loaded."""
    return rules.problems(edition.name, edition.entries, promised(edition))


def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Load dictionaries; returns how many editions are new."""
    before = Dictionary.objects.count()
    for edition in map(edition_of, files):
        load_dictionary(edition, by=by, now=now)
    return Dictionary.objects.count() - before


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
