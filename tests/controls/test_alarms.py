"""Alarms: each rule sees what it is for and nothing less; told once, acknowledged by somebody else, never deleted."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from importlib import import_module

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory

from songda.kernel import clock
from songda.kernel.audit import actions as audit
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Refused
from songda.kernel.origin import acting_from
from songda.ledger.alarms import actions
from songda.ledger.alarms.models import Alarm
from songda.ledger.alarms.rules import RULES
from songda.ledger.notices.models import NoticeLine
from songda.portal import taken
from songda.registry.people.actions import note_refused, note_taken
from songda.registry.people.actions.sign_in import note_failure
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import DAY, NOW, enter
from songda.registry.programs.actions import Given, let_in, make_token
from songda.registry.programs.models import Token
from tests.controls.opened import triggers_off, unique_off

looking = import_module("songda.ledger.alarms.actions.look")
acknowledging = import_module("songda.ledger.alarms.actions.acknowledge")
RULE = {rule.code: rule for rule in RULES}
NIGHT = NOW.replace(hour=15, minute=30)  # half past eleven at night, in the place


def later(minutes):
    return NOW + dt.timedelta(minutes=minutes)


def username(actor):
    return Account.objects.get(pk=actor.account_id).username


def fail(actor, times, at=NOW, address="10.9.9.9"):
    with acting_from(address):
        for second in range(times):
            note_failure(username(actor), "wrong", at + dt.timedelta(seconds=second))


def rules_seen(now):
    actions.look(now=now)
    return sorted(Alarm.objects.values_list("rule", flat=True))


def test_five_failures_on_one_account_are_an_alarm_and_four_are_not(cast, monkeypatch):
    fail(cast.desk, 4)
    assert rules_seen(later(1)) == []
    fail(cast.desk, 1, later(2))
    with monkeypatch.context() as without:
        without.setattr(looking, "RULES", ())
        assert rules_seen(later(3)) == []
    assert rules_seen(later(3)) == ["sign_in_account"]
    alarm = Alarm.objects.get()
    assert (alarm.name, alarm.count, alarm.account_id) == (cast.desk.name, 5, cast.desk.account_id)
    assert (
        list(AuditEntry.objects.filter(pk__in=alarm.entries).values_list("action", flat=True)) == ["account.refuse_sign_in"] * 5
    )


def test_failures_far_apart_are_none(cast):
    for minute in (0, 9, 18, 27, 36, 45):
        fail(cast.desk, 1, later(minute))
    assert rules_seen(later(46)) == []


def test_many_names_from_one_address_are_an_alarm(cast):
    people = (cast.desk, cast.lead, cast.street, cast.officer, cast.leader, cast.editor)
    for number, actor in enumerate(people):
        fail(actor, 4, later(number))
    assert rules_seen(later(9)) == ["sign_in_address"]
    assert Alarm.objects.get().name == "10.9.9.9"


def test_names_that_do_not_exist_are_not_kept_as_typed(db):
    for second in range(5):
        note_failure("MyPassword-1", "wrong", NOW + dt.timedelta(seconds=second))
    assert rules_seen(later(1)) == ["sign_in_account"]
    alarm = Alarm.objects.get()
    assert alarm.name == "不存在的登录名"
    assert "MyPassword" not in alarm.about


def test_a_post_that_tries_many_doors_is_an_alarm_and_would_not_be_without_the_rows(cast, settings, monkeypatch):
    settings.CLOCK_SHIFT += NOW - clock.now()
    there = enter(Client(), cast.stranger)
    with monkeypatch.context() as without:
        without.setattr("songda.portal.middleware.note_refused", lambda *told, now: None)
        for _time in range(10):
            assert there.get("/people/").status_code == 403
    assert rules_seen(clock.now()) == []
    for _time in range(5):
        there.get("/people/")
        assert there.get(f"/subjects/{cast.firm.pk}/").status_code == 404
    assert rules_seen(clock.now()) == ["refusals"]
    row = AuditEntry.objects.filter(action="access.refuse").last()
    assert row.after == {"code": "not_found", "pattern": "/subjects/<int:subject_id>/"}


def test_a_token_that_no_longer_opens_and_goes_on_calling_is_an_alarm(cast):
    with pytest.raises(Refused):
        let_in("sda_0_nothing", address="10.9.9.9", now=NOW)
    made = make_token(Given("数据交换", ("subjects.see",), DAY + dt.timedelta(days=30)), by=cast.desk, now=NOW)
    Token.objects.update(revoked_at=NOW)
    for second in range(9):
        with pytest.raises(Refused):
            let_in(made.text, address="10.9.9.9", now=NOW + dt.timedelta(seconds=second))
    assert rules_seen(later(1)) == []
    with pytest.raises(Refused):
        let_in(made.text, address="10.9.9.9", now=later(1))
    assert rules_seen(later(2)) == ["token"]
    assert Alarm.objects.get().name == "数据交换"


def test_a_large_export_and_one_by_night_are_alarms(cast):
    with transaction.atomic():
        for minute in range(4):
            note_taken(cast.dispatcher, "/push/rows/", "xlsx", 1249, now=later(minute))
        note_taken(cast.desk, "/push/rows/", "xlsx", 99, now=NIGHT)
        note_taken(cast.clerk, "/firm/", "xlsx", 9000, now=NIGHT)  # a firm's own papers
        note_taken(cast.lead, "/papers/", "pdf", None, now=NIGHT)
    assert rules_seen(later(5)) == []
    note_taken(cast.dispatcher, "/push/rows/", "xlsx", 4, now=later(6))
    assert rules_seen(later(7)) == ["bulk_export"]
    note_taken(cast.desk, "/push/rows/", "xlsx", 1, now=NIGHT)
    assert "night_export" in rules_seen(NIGHT + dt.timedelta(minutes=1))


def workbook(rows):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line in range(rows + 1):
            sheet.write_string(line, 0, f"<row {line}")
    stream.seek(0)
    return stream


@pytest.mark.parametrize("as_stream", [True, False])
def test_every_file_taken_leaves_a_row_with_its_rows_and_none_would_without(cast, as_stream):
    asked = RequestFactory().get("/x/")
    asked.actor, asked.resolver_match = cast.desk, None

    def respond(_request):
        if as_stream:
            return FileResponse(workbook(7), as_attachment=True, filename="一.xlsx")
        headers = {"Content-Disposition": "attachment; filename=x.xlsx"}
        return HttpResponse(workbook(7).read(), content_type=taken.WORKBOOK, headers=headers)

    assert len(b"".join(respond(asked))) > 0
    assert not AuditEntry.objects.filter(action="file.take").exists()
    answer = taken.noted_files(respond)(asked)
    row = AuditEntry.objects.get(action="file.take")
    assert (row.post_id, row.after["rows"], row.after["kind"]) == (cast.desk.post_id, 7, "xlsx")
    assert b"".join(answer) == workbook(7).read()


def test_rows_are_counted_in_packages_and_texts_and_in_nothing_else():
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("data.xlsx", workbook(3).read())
        archive.writestr("README.txt", "一")
    for data, kind, rows in [
        (package.getvalue(), "zip", 3), (b"a,b\r\n1,2\r\n3,4\r\n", "csv", 2), (b"PK broken", "xlsx", None), (b"%PDF", "pdf", None)
    ]:  # fmt: skip
        assert taken.rows_of(HttpResponse(data), kind) == rows


def test_a_page_and_a_visitor_leave_none(cast):
    asked = RequestFactory().get("/x/")
    asked.actor = cast.desk
    taken.noted_files(lambda _request: HttpResponse("seite"))(asked)
    asked.actor = None
    taken.noted_files(lambda _request: HttpResponse("x", headers={"Content-Disposition": "attachment"}))(asked)
    assert not AuditEntry.objects.filter(action="file.take").exists()


def test_a_broken_trail_is_an_alarm_by_day_at_its_end_and_by_night_anywhere(cast):
    for _seal in range(3):
        with transaction.atomic():
            audit.record("test.row", Account.objects.get(pk=cast.desk.account_id), by=cast.desk, now=NOW)
        audit.seal(NOW)
    assert rules_seen(later(1)) == []
    first, *_rest, last = AuditEntry.objects.filter(action="test.row").order_by("id").values_list("pk", flat=True)
    with triggers_off():
        from_database("UPDATE audit_auditentry SET name = 'x' WHERE id = %s", first)
    assert rules_seen(later(2)) == []  # the end holds
    assert not actions.prove_trail(now=later(3))
    assert [one.rule for one in Alarm.objects.all()] == ["trail"]
    with triggers_off():
        from_database("UPDATE audit_auditentry SET name = 'x' WHERE id = %s", last)
    actions.look(now=later(4))
    assert "改动" in Alarm.objects.get().reason
    assert Alarm.objects.count() == 1


def from_database(statement, number):
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(statement, [number])


def test_rows_that_wait_long_for_a_seal_are_an_alarm(cast):
    with transaction.atomic():
        audit.record("test.row", Account.objects.get(pk=cast.desk.account_id), by=cast.desk, now=NOW)
    assert rules_seen(later(179)) == []
    assert rules_seen(later(181)) == ["trail"]


def test_an_administrator_from_a_new_address_is_an_alarm_but_for_the_first_time(cast, settings):
    settings.CLOCK_SHIFT += NOW - clock.now()

    def come_in(actor, address):
        with acting_from(address), transaction.atomic():
            account = Account.objects.get(pk=actor.account_id)
            audit.record("account.sign_in", account, by=actor, now=clock.now())

    for actor, address in [(cast.system_admin, "10.1.1.1")] * 2 + [(cast.desk, "10.1.1.1"), (cast.desk, "10.2.2.2")]:
        come_in(actor, address)
    assert rules_seen(clock.now()) == []
    come_in(cast.system_admin, "203.0.113.9")
    assert rules_seen(clock.now()) == ["new_address"]
    assert rules_seen(clock.now()) == ["new_address"]


def test_the_same_rows_alarm_once_and_what_follows_is_added(cast):
    fail(cast.desk, 5)
    assert (actions.look(now=later(1)), actions.look(now=later(2))) == (1, 0)
    fail(cast.desk, 1, later(3))
    assert actions.look(now=later(4)) == 0
    alarm = Alarm.objects.get()
    assert (alarm.count, len(alarm.entries)) == (6, 6)
    actions.acknowledge(alarm.pk, "已电话核实，是本人忘记口令", by=cast.security_admin, now=later(5))
    assert actions.look(now=later(6)) == 0
    fail(cast.desk, 5, later(7))
    assert actions.look(now=later(8)) == 1
    assert Alarm.objects.count() == 2


def test_one_alarm_is_open_about_a_thing_and_there_would_be_two_without_the_index(db):
    given = {"rule": "refusals", "about": "post:1", "opened_at": NOW, "last_at": NOW}
    Alarm.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.create(**given)
    with unique_off(Alarm, "one_open_alarm_about_a_thing"):
        assert Alarm.objects.create(**given).pk


def test_both_administrators_are_told_on_their_pages(cast):
    fail(cast.desk, 5)
    actions.look(now=later(1))
    told = set(NoticeLine.objects.filter(topic="alarm").values_list("post_id", flat=True))
    assert told == {cast.security_admin.post_id, cast.audit_admin.post_id}


def test_whom_it_concerns_does_not_acknowledge_it_and_would_without_the_check(cast, monkeypatch):
    fail(cast.security_admin, 5)
    actions.look(now=later(1))
    alarm = Alarm.objects.get()
    with pytest.raises(NotPermitted):
        actions.acknowledge(alarm.pk, "无事", by=cast.security_admin, now=later(2))
    with pytest.raises(NotPermitted):
        actions.acknowledge(alarm.pk, "无事", by=cast.dispatcher, now=later(2))
    with pytest.raises(Invalid):
        actions.acknowledge(alarm.pk, "  ", by=cast.audit_admin, now=later(2))
    with monkeypatch.context() as without, transaction.atomic():
        without.setattr(acknowledging, "alarm_for", lambda number, by: replace_account(number))
        actions.acknowledge(alarm.pk, "无事", by=cast.security_admin, now=later(2))
    with pytest.raises(Conflict):
        actions.acknowledge(alarm.pk, "再说一遍", by=cast.audit_admin, now=later(3))
    alarm.refresh_from_db()
    assert (alarm.acknowledged_name, alarm.word, alarm.count) == (cast.security_admin.name, "无事", 5)
    assert AuditEntry.objects.filter(action="alarm.acknowledge").count() == 1


def replace_account(number):
    alarm = Alarm.objects.get(pk=number)
    alarm.account_id = None
    return alarm


def test_the_pages_are_for_security_and_audit_alone_and_show_no_values(cast, settings):
    settings.CLOCK_SHIFT += NOW - clock.now()
    with transaction.atomic():
        note_refused(cast.desk, "not_permitted", "/people/", now=NOW)
    rule = replace(RULE["refusals"], least=1)
    actions.look(now=later(1))
    assert not Alarm.objects.exists()
    assert looking.by_rule(rule, import_module("songda.ledger.alarms.queries").recent(later(1)), later(1)) == 1
    alarm = Alarm.objects.get()
    for actor in (cast.security_admin, cast.audit_admin):
        there = enter(Client(), actor)
        assert "同一岗位多次越权被拒" in there.get("/alarms/").text
        page = there.get(f"/alarms/{alarm.pk}/").text
        assert "越权被拒" in page
        assert "/people/" in page
    for actor in (cast.system_admin, cast.dispatcher, cast.leader, cast.clerk):
        assert enter(Client(), actor).get(f"/alarms/{alarm.pk}/").status_code == 403
    done = enter(Client(), cast.audit_admin).post(f"/alarms/{alarm.pk}/", {"word": "已核实"})
    assert "已核实" in done.text
    with pytest.raises(NotFound):
        actions.acknowledge(0, "无", by=cast.audit_admin, now=NOW)


def test_a_list_costs_the_same_for_many_alarms(cast, django_assert_num_queries):
    for number in range(30):
        Alarm.objects.create(rule="refusals", about=f"post:{number}", opened_at=NOW, last_at=NOW)
    there = enter(Client(), cast.audit_admin)
    there.get("/alarms/")
    with django_assert_num_queries(5):  # session, account, post, count, rows
        there.get("/alarms/")
