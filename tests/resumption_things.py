"""A stop order, an entry of the negative list, a risk area and an arrival, in one zone, for the test of scope; every text bears `word`."""

from __future__ import annotations

import datetime as dt

from songda.office.resumption.models import Arrival, Denominator, Entry, Lamp, RiskArea, StopOrder
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject


def things_of_resumption(word: str, firm: Subject, unit: Organisation, now: dt.datetime) -> dict[str, int]:
    """Their numbers by the names that addresses give them."""
    day, path = now.date(), firm.area_path
    lamp = Lamp.objects.create(subject=firm, light="red", why=f"{word}未测温", set_at=now, set_name=word)
    order = StopOrder.objects.create(subject=firm, lamp=lamp, reason=f"{word}未测温", issued_at=now, issued_name=word)
    entry = Entry.objects.create(
        sort="kind", kind="site", area_path=unit.area_path, starts_on=day, document=f"{word}通告", reason=word, listed_at=now,
        listed_name=word,
    )  # fmt: skip
    risk = RiskArea.objects.create(
        name=f"{word}地区", code="330300", area_path=unit.area_path, level="high", starts_on=day, days=14, document=word, listed_at=now,
        listed_name=word,
    )  # fmt: skip
    arrival = Arrival.objects.create(
        subject=firm, area_path=path, from_code="330300", from_name=f"{word}来处", arrived_on=day, risk=risk,
        isolates_until=day, state="isolating", told_at=now, told_name=word,
    )  # fmt: skip
    Denominator.objects.create(
        organisation=unit, area_path=unit.area_path, population="firms", variant="unlisted", number=1, base_on=day, subjects=1,
        people=1, set_at=now, set_name=word,
    )  # fmt: skip
    return {"halt_id": order.pk, "negative_id": entry.pk, "risk_id": risk.pk, "returnee_id": arrival.pk}
