"""Channels as a pack declares them: limit a minute, messages a firm and week, quiet hours. Addresses and secrets are never here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.kernel.who import Who
from songda.ledger.notices.models import ChannelTerms


@transaction.atomic
def load(items: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the terms of each channel; how many are new or changed."""
    return sum(_enter(one, by, now) for one in items)


def _enter(given: Mapping[str, Any], by: Who, now: dt.datetime) -> bool:
    starts, _dash, ends = str(given.get("quiet", "")).partition("-")
    values: dict[str, Any] = {
        "name": given["name"],
        "per_minute": given["limit"],
        "weekly": given["weekly"],
        "quiet_from": dt.time.fromisoformat(starts) if ends else None,
        "quiet_to": dt.time.fromisoformat(ends) if ends else None,
    }
    terms, made = ChannelTerms.objects.get_or_create(code=given["code"], defaults=values)
    before = {name: getattr(terms, name) for name in values}
    if not made and before == values:
        return False
    ChannelTerms.objects.filter(pk=terms.pk).update(**values)
    said = {name: str(value) for name, value in values.items()}
    record("notices.terms", terms, by=by, now=now, before=None if made else {k: str(v) for k, v in before.items()}, after=said)
    return True
