"""What the room of retention keeps, for the test of scope: a firm's export, a purge and a hold; every text bears `word`."""

from __future__ import annotations

import datetime as dt

from songda.office.retention.models import FirmExport, Hold, Purge
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


def things_of_retention(word: str, firm: Subject, post: Post, now: dt.datetime) -> dict[str, int]:
    """Their numbers by the names that addresses give them."""
    export = FirmExport.objects.create(subject=firm, post=post, behalf=True, reason=f"{word}申请", asked_at=now, asked_name=word)
    purge = Purge.objects.create(as_of=now.date(), reason=f"{word}鉴定", proposed_at=now, proposed_name=word)
    hold = Hold.objects.create(subject=firm, reason=f"{word}函", placed_at=now, placed_name=word)
    return {"firm_export_id": export.pk, "purge_id": purge.pk, "hold_id": hold.pk}
