"""After a restore nothing goes out by itself: a person releases or drops what was waiting."""

from __future__ import annotations

import datetime as dt

import pytest
from click.testing import CliRunner

from songda.kernel.audit.models import AuditEntry
from songda.ledger.notices.actions import restored, send_due
from songda.ledger.notices.commands import deliveries
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.tests.post import Postman, reachable, tell, told
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW


@pytest.fixture
def waiting(cast) -> None:
    reachable(cast.firm)
    tell(told(cast.firm, 1))


def letters(now: dt.datetime) -> int:
    postman = Postman()
    send_due(clock=lambda: now, channels={"dingtalk": postman})
    return len(postman.letters)


def test_what_was_waiting_waits_for_a_person(waiting) -> None:
    assert restored.hold_restored(now=NOW) == (1, 0)
    assert letters(NOW + dt.timedelta(days=365)) == 0
    assert restored.counts() == {"dingtalk": 1}
    assert restored.release_restored(by=system("恢复"), now=NOW) == 1
    assert letters(NOW) == 1
    assert AuditEntry.objects.filter(action="notices.release_restored").exists()


def test_without_the_hold_it_would_go_out(waiting) -> None:
    assert letters(NOW) == 1


def test_what_was_just_being_sent_is_doubtful(waiting) -> None:
    NoticeDelivery.objects.update(state="sending", begun_at=NOW)
    assert restored.hold_restored(now=NOW) == (0, 1)
    assert NoticeDelivery.objects.get().state == "unknown"


def test_what_is_dropped_stays_on_record_as_not_sent(waiting) -> None:
    restored.hold_restored(now=NOW)
    assert restored.drop_restored("sms", by=system("恢复"), now=NOW) == 0
    assert restored.drop_restored("dingtalk", by=system("恢复"), now=NOW) == 1
    found = NoticeDelivery.objects.get()
    assert (found.state, found.held, found.failure) == ("failed", "", "恢复备份后放弃发送")
    assert letters(NOW) == 0


def test_the_commands(waiting) -> None:
    restored.hold_restored(now=NOW)
    run = CliRunner().invoke
    assert run(deliveries, ["held", "--json"]).output == '{"dingtalk": 1}\n'
    assert run(deliveries, ["release", "--json"]).output == '{"released": 1}\n'
    assert run(deliveries, ["held"]).output == "没有暂缓的消息\n"
    assert run(deliveries, ["drop"]).output == "已放弃 0 条\n"
