"""SUP-19: the chain holds for an untouched trail and breaks, at the right place, for a touched one."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner
from django.db import connection

from songda.kernel.audit import actions, queries
from songda.kernel.audit.commands import audit
from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.kernel.errors import Unavailable
from songda.registry.actors import system
from songda.registry.people.models import Person
from tests.controls.opened import triggers_off

NOW = dt.datetime(2020, 3, 10, 2, tzinfo=dt.UTC)


def write(count, at=NOW):
    person = Person.objects.create(name="示例")
    for number in range(count):
        actions.record("person.note", person, by=system(), now=at, after={"number": number, "text": "备注", "flag": True})
    return AuditEntry.objects.order_by("-id").first().pk


@pytest.fixture
def sealed(db):
    """Three seals of four entries each, and two entries not sealed yet."""
    for _ in range(3):
        write(4)
        assert len(actions.seal(NOW)) == 1
    write(2)


def test_an_untouched_chain_holds(sealed):
    report = queries.verify()
    assert (report.holds, report.seals, report.entries, report.unsealed) == (True, 3, 12, 2)
    assert report.head == queries.last_seal().digest
    assert queries.verify(report.head).holds


def test_nothing_new_makes_no_seal(sealed):
    actions.seal(NOW)
    assert actions.seal(NOW) == []


def test_the_slower_of_two_sealers_cannot_fork_the_chain(sealed, monkeypatch):
    stale = AuditSeal.objects.order_by("last_id")[1]
    monkeypatch.setattr(actions, "last_seal", lambda: stale)  # what a sealer saw before another one was faster
    with pytest.raises(Unavailable):
        actions.seal(NOW)
    assert (queries.verify().holds, queries.verify().seals) == (True, 3)


def test_a_long_stretch_becomes_several_seals(db, monkeypatch):
    monkeypatch.setattr(actions, "SEAL_ROWS", 4)
    write(10)
    made = actions.seal(NOW)
    assert len(made) >= 3
    assert all(seal.last_id - seal.first_id < 4 for seal in made)
    assert (queries.verify().holds, queries.verify().entries) == (True, 10)


ENTRY, SEAL = "audit_auditentry", "audit_auditseal"
TAMPERING = {
    "an entry changed": f"UPDATE {ENTRY} SET name = 'x' WHERE id = (SELECT first_id + 1 FROM {SEAL} ORDER BY id LIMIT 1 OFFSET 1)",
    "a value changed": f"UPDATE {ENTRY} SET after = '{{}}' WHERE id = (SELECT last_id FROM {SEAL} ORDER BY id LIMIT 1 OFFSET 1)",
    "an entry removed": f"DELETE FROM {ENTRY} WHERE id = (SELECT last_id FROM {SEAL} ORDER BY id LIMIT 1 OFFSET 1)",
    "a seal changed": f"UPDATE {SEAL} SET rows = 9 WHERE id = (SELECT id FROM {SEAL} ORDER BY id LIMIT 1 OFFSET 1)",
    "a seal removed": f"DELETE FROM {SEAL} WHERE id = (SELECT id FROM {SEAL} ORDER BY id LIMIT 1 OFFSET 1)",
}


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_tampering_fails_verification(sealed, statement):
    second, third = list(AuditSeal.objects.order_by("id"))[1:]
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1
    report = queries.verify()
    assert not report.holds
    assert report.reason
    assert report.broken_seal == str(third if "DELETE FROM audit_auditseal" in statement else second)
    assert report.seals == 1


def test_a_row_slipped_into_a_gap_is_seen(sealed):
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ENTRY} WHERE id = (SELECT max(id) FROM {ENTRY})")
    top = write(1)
    with triggers_off(), connection.cursor() as cursor:  # a gap, as a rolled-back transaction leaves it
        cursor.execute(f"DELETE FROM {ENTRY} WHERE id = %s", [top])
    write(1)
    actions.seal(NOW)
    assert queries.verify().holds
    AuditEntry(id=top, at=NOW, name="x", action="x", thing="x", thing_id="1").save()
    assert not queries.verify().holds


def test_a_cut_off_end_shows_against_a_noted_head(sealed):
    head = queries.last_seal().digest
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ENTRY} WHERE id > (SELECT first_id - 1 FROM {SEAL} ORDER BY id DESC LIMIT 1)")
        cursor.execute(f"DELETE FROM {SEAL} WHERE id = (SELECT max(id) FROM {SEAL})")
    assert queries.verify().holds  # by itself the chain cannot know
    assert not queries.verify(head).holds


def test_commands_answer_in_json_and_by_exit_code(sealed):
    run = CliRunner().invoke(audit, ["seal", "--json"])
    told = json.loads(run.stdout)
    assert (run.exit_code, told["seals"], told["entries"]) == (0, 1, 2)
    run = CliRunner().invoke(audit, ["verify", "--json", "--head", told["head"]])
    assert (run.exit_code, json.loads(run.stdout)["holds"]) == (0, True)
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {ENTRY} SET name = 'x'")
    run = CliRunner().invoke(audit, ["verify"])
    assert run.exit_code == 1
    assert "不通过" in run.stdout
