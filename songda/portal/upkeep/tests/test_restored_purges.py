"""A backup keeps what was purged after it: a real restore brings it back, the doctor says so, and it is purged again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.queries import store
from songda.office.resumption.models import Arrival
from songda.office.retention import actions
from songda.office.retention.queries.verification import verify
from songda.office.retention.tests.ground import LATER, TODAY, arrival, lay_table, piece
from songda.portal.upkeep.doctor.findings import Level
from songda.portal.upkeep.doctor.records import purges
from songda.portal.upkeep.restoring import restore_backup
from songda.portal.upkeep.taking import take_backup
from songda.portal.upkeep.tests.installations import NOW, quiet
from songda.registry.actors import Actor, system
from songda.registry.subjects.models import Subject


def post(account: int, *permissions: str) -> Actor:
    return Actor(account, None, None, f"示例{account}", "system_admin", frozenset(permissions))


@pytest.mark.row("SUP-05")
def test_what_a_restore_brings_back_is_purged_again(installed: Path, elsewhere) -> None:
    lay_table()
    own = Subject.objects.get(local_number="D0001")
    alone = piece(own, "过期凭证".encode())
    arrival(own)
    saved = Path(take_backup(None, with_secret=True, now=NOW, progress=quiet).file)
    proposed = actions.propose_purge(
        ["arrivals", "evidence"], on=TODAY, reason="鉴定", by=post(1, "retention.propose"), now=LATER
    )
    actions.approve_purge(proposed.pk, by=post(2, "retention.approve"), now=LATER)
    assert actions.carry_on(by=system(), now=LATER) == 2 and actions.keep_lists() == 1
    assert not store().place(alone.file.digest).exists() and purges().level is Level.OK
    proposed.refresh_from_db()
    lists = installed / "retention"
    with elsewhere():
        restore_backup(saved, now=LATER, progress=quiet)
        assert Arrival.objects.exists() and store().place(alone.file.digest).exists()
        assert purges().level is Level.OK  # a machine of its own knows nothing of lists that were not brought along
        shutil.copytree(lists, settings.HOME / "retention")
        found = purges()
        assert found.level is Level.WARNING and proposed.number in found.sentence and "retention redo" in found.advice
        done = actions.redo_purges(by=system(), now=LATER)
        assert (done.numbers, done.records, done.left) == ((proposed.number,), 2, 0)
        assert not Arrival.objects.exists() and not Evidence.objects.exists()
        assert not StoredFile.objects.filter(digest=alone.file.digest).exists()
        assert verify(proposed.number).holds and purges().level is Level.OK
