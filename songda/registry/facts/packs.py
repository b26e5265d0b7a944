"""The fact catalogue and the sources as a pack declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from songda.engines.rules.catalogue import FactKind
from songda.kernel.who import Who
from songda.registry.facts.actions.define_facts import Definition, NewSource, define_facts, define_sources


def load_facts(kinds: Iterable[FactKind], items: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the catalogue: `kinds` and `items` are the same entries, for the rule language and as written; how many changed."""
    given = (
        Definition(kind, item.get("name_en", ""), item.get("description", "")) for kind, item in zip(kinds, items, strict=True)
    )
    return define_facts(given, by=by, now=now)


def load_sources(items: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the sources; how many changed."""
    return define_sources((NewSource(one["code"], one["name"], one["owner"]) for one in items), by=by, now=now)
