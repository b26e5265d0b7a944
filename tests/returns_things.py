"""A return with its violation, in one zone, for the test of scope."""

from __future__ import annotations

import datetime as dt

from songda.office.returns import models as returns
from songda.registry.organisations.models import Organisation


def things_of_returns(word: str, unit: Organisation, now: dt.datetime) -> dict[str, int]:
    """The numbers by the names that addresses give them; every text bears `word`."""
    body = {
        "code": "yi-daily",
        "label": f"{word}日报",
        "period": "daily",
        "since": "2020-03-01",
        "units": [unit.code],
        "lines": [{"indicator": "none"}],
    }
    form = returns.FormVersion.objects.create(code="yi-daily", number=1, label=f"{word}日报", body=body, since=now)
    one = returns.Return.objects.create(
        form=form, code="yi-daily", organisation=unit, about=unit, area_path=unit.area_path, first=now.date(), last=now.date(), as_of=now,
        due_at=now, locks_at=now, state="accepted", number=1, accepted_number=1, received_at=now,
    )  # fmt: skip
    violation = returns.Violation.objects.create(
        of_return=one, rule="r", number=1, importance="warn", label=f"{word}疑点", instruction=word, text=f"{word}情况", at="none", owner=unit,
        area_path=unit.area_path, opened_at=now,
    )  # fmt: skip
    return {"return_id": one.pk, "violation_id": violation.pk}
