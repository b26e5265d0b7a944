"""A ground for the room's tests: the pack's table, a closed matter with all that hangs on it, files old enough to go."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

from songda.kernel.files import ContentStore
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Case, CaseEvidence
from songda.ledger.cases.tests.ground import anybody, demand, read
from songda.ledger.cases.tests.ground import lay as lay_cases
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.queries import store
from songda.office.resumption.models import Arrival
from songda.office.retention import actions, packs
from songda.office.retention.models import Purge
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW, Cast
from songda.registry.subjects.models import Subject

LATER = dt.datetime(2031, 1, 5, 2, 0, tzinfo=dt.UTC)  # eleven years after the cast's day: ten full years are over
TODAY = dt.date(2031, 1, 5)
LONG_AGO = 1_000_000_000.0  # seconds since 1970: files of the store that are surely older than a day


def lay_table() -> None:
    """The pack's table."""
    packs.load([read("retention.yaml")], by=system(), now=NOW)


def lay() -> None:
    """The table, and kinds of matters."""
    lay_table()
    lay_cases()


def stored(content: bytes) -> StoredFile:
    """A file in the store, as old as the hills."""
    kept: ContentStore = store()
    with kept.receive(io.BytesIO(content), 1 << 20) as incoming:
        kept.keep(incoming)
    digest = hashlib.sha256(content).hexdigest()
    os.utime(kept.place(digest), (LONG_AGO, LONG_AGO))
    row, _new = StoredFile.objects.get_or_create(
        digest=digest, defaults={"size": len(content), "media_type": "text/plain", "stored_at": NOW}
    )
    return row


def piece(subject: Subject, content: bytes, name: str = "凭证.txt", **more: object) -> Evidence:
    return Evidence.objects.create(
        file=stored(content), kind="record", name=name, subject=subject, area_path=subject.area_path, given_at=NOW,
        given_name="示例经办", **more,
    )  # fmt: skip


def place_of(evidence: Evidence) -> Path:
    return store().place(evidence.file.digest)


def closed_case(cast: Cast, title: str = "请协调解决用工缺口", *, subject: Subject | None = None) -> Case:
    """A matter of the firm that came to its end on the cast's day, with a word from inside, a telephone and a file."""
    here = cast if subject is None else replace(cast, firm=subject, clerk=replace(cast.clerk, subject_id=subject.pk))
    case = demand(here, title=title, text="用工缺口三十人，联系人手机")
    step_case(case.pk, "decline", Said(note="内部意见某人", told="不予受理，请见来函"), by=anybody(), now=NOW)
    Case.objects.filter(pk=case.pk).update(contact_name="示例联系人", contact_phone="13800000000")
    case.refresh_from_db()
    assert case.closed_at is not None and not case.open
    return case


def laid_to(case: Case, evidence: Evidence) -> CaseEvidence:
    return CaseEvidence.objects.create(case=case, evidence=evidence)


def arrival(subject: Subject, **more: object) -> Arrival:
    return Arrival.objects.create(
        subject=subject, area_path=subject.area_path, people=1, alias="某甲", from_code="420100", from_name="示例外地",
        arrived_on=NOW.date(), state=more.pop("state", "cleared"), told_at=NOW, told_name="示例登记人", **more,
    )  # fmt: skip


def approved(cast: Cast, *codes: str, now: dt.datetime = LATER) -> Purge:
    """A list of these holdings, proposed and approved."""
    purge = actions.propose_purge(codes, on=now.date(), reason="年度到期鉴定", by=cast.system_admin, now=now)
    return actions.approve_purge(purge.pk, by=cast.audit_admin, now=now)


def purged(cast: Cast, *codes: str, now: dt.datetime = LATER) -> Purge:
    """The same, carried out."""
    purge = approved(cast, *codes, now=now)
    actions.carry_on(by=system("销毁执行"), now=now)
    purge.refresh_from_db()
    return purge
