"""A target and an entry into the statistical register, in one zone, for the test of scope; every text bears `word`."""

from __future__ import annotations

import datetime as dt

from songda.ledger.cases.models import Case, Kind, KindVersion
from songda.office.economy.models import Parameter, Target
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject

CONDITION = {"code": "start", "label": "开工证明", "asks": "开工令", "subjects": ["enterprise"]}


def things_of_economy(word: str, firm: Subject, unit: Organisation, now: dt.datetime) -> dict[str, int]:
    """Their numbers by the names that addresses give them."""
    for code, body in (("pace", {"factor": "0.95", "due_day": 15}), ("entry", {"started": "x", "conditions": [CONDITION]})):
        Parameter.objects.create(code=code, number=1, label=code, body=body, since=now)
    target = Target.objects.create(
        code="no-such",
        organisation=unit,
        area_path=unit.area_path,
        year=2020,
        number=1,
        source=f"{word}文",
        set_at=now,
        set_name=word,
    )
    body = {"code": "stat-entry", "label": {"zh": "统计入库"}, "machine": "task"}
    kind = KindVersion.objects.create(
        kind=Kind.objects.create(code="stat-entry"), number=1, machine="task", label="统计入库", body=body, digest="x", since=now
    )
    case = Case.objects.create(
        number=f"{word}-1", kind=kind, machine="task", subject=firm, area_path=firm.area_path, title=f"{word}入库", origin="officer",
        channel="economy", state="issued", opened_at=now, moved_at=now,
    )  # fmt: skip
    return {"target_id": target.pk, "stat_entry_id": case.pk}
