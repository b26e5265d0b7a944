"""The campaign that a pack stands for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from songda.kernel.audit.actions import record
from songda.kernel.who import Who
from songda.registry.campaigns.models import Campaign


def applied(code: str) -> Campaign | None:
    """The newest version of a campaign that was applied, None where there is none."""
    return Campaign.objects.filter(code=code).order_by("-applied_at", "-pk").first()


def load(head: Mapping[str, Any], digest: str, *, by: Who, now: dt.datetime) -> Campaign:
    """Note that this version was applied; a version applied again with other content keeps its row and gets the new digest."""
    words = {"name": head["name"], "name_en": head["name_en"], "demonstration": head["demonstration"], "digest": digest}
    made, new = Campaign.objects.get_or_create(code=head["code"], version=head["version"], defaults={**words, "applied_at": now})
    before = {} if new else {"digest": made.digest}
    if not new:
        Campaign.objects.filter(pk=made.pk).update(**words, applied_at=now)
        made.refresh_from_db()
    record("campaign.apply", made, by=by, now=now, before=before, after={"version": made.version, "digest": digest})
    return made
