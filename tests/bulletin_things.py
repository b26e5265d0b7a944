"""A bulletin and what a unit sent in for it, in one zone, for the test of scope."""

from __future__ import annotations

import datetime as dt

from songda.office.bulletins import models as bulletins
from songda.registry.organisations.models import Organisation


def things_of_bulletins(word: str, unit: Organisation, now: dt.datetime) -> dict[str, int]:
    """The numbers by the names that addresses give them; every text bears `word`."""
    body = {
        "code": "yi-brief", "label": f"{word}简报", "sort": "bulletin", "kind": "daily", "title": f"{word}简报", "masthead": word,
        "number": "第{n}期", "sections": [{"heading": "", "text": word}],
    }  # fmt: skip
    template = bulletins.TemplateVersion.objects.create(
        code="yi-brief", number=1, label=f"{word}简报", body=body, since=now, retired_at=now
    )
    piece = bulletins.Piece.objects.create(
        template=template, sort="bulletin", kind="daily", unit=unit, area_path=unit.area_path, readers="public", as_of=now,
        headline=f"{word}简报", title=f"{word}简报", sections=body["sections"], drafted_at=now, drafted_name=word, written_at=now,
    )  # fmt: skip
    sent = bulletins.Submission.objects.create(
        template=template, unit=unit, area_path=unit.area_path, as_of=now, text=word, sent_at=now, sent_name=word
    )
    return {"piece_id": piece.pk, "submission_id": sent.pk}
