"""The checklist: each line follows what it looks at; the page and the command tell the same."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from songda.deliveries.policy.library.models import Measure, MeasureVersion
from songda.kernel import clock
from songda.kernel.audit.actions import seal
from songda.kernel.errors import NotFound
from songda.portal.opening import content, machinery, people, safety
from songda.portal.opening.checklist import checklist
from songda.portal.opening.commands import ready
from songda.portal.opening.lines import counted
from songda.portal.upkeep import home
from songda.portal.upkeep.doctor.findings import Level
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Account, Person, SecondFactor
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, enter, hire
from songda.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.HOME, settings.DEMONSTRATION, settings.SECOND_FACTOR = tmp_path, False, "administrators"


def test_every_line_says_what_was_found_and_what_to_do(cast):
    groups = checklist(now=NOW)
    lines = [line for group in groups for line in group.lines]
    assert len(lines) == 24 and len({line.finding.name for line in lines}) == len(lines)
    for line in lines:
        assert line.finding.sentence and bool(line.finding.advice) == (line.finding.level is not Level.OK), line
    assert sum(counted(groups).values()) == len(lines)


def test_the_command_and_the_page_tell_the_same(cast, client, django_assert_max_num_queries):
    Person.objects.update(demonstration=False)
    done = CliRunner().invoke(ready, ["--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 1 and told["ready"] is False
    enter(client, cast.system_admin)
    with django_assert_max_num_queries(60):
        text = client.get("/opening/").content.decode()
    for group in told["groups"]:
        for line in group["lines"]:
            assert line["name"] in text
    assert "还不能开业" in text and CliRunner().invoke(ready).stdout.endswith("还不能开业。\n")
    assert enter(client, cast.security_admin).get("/opening/").status_code == 403


def test_streets_departments_and_firms_without_anybody_are_named(cast):
    assert people.streets(DAY).level is Level.FAULT and "乙一街道" in people.streets(DAY).sentence
    hire(Role.STREET_CLERK, at=cast.other_street)
    assert people.streets(DAY).level is Level.OK
    assert "乙区科工信局" in people.departments(DAY).sentence
    other = Organisation.objects.get(code="bureau-b")
    hire(Role.DEPARTMENT_LEAD, at=other)
    assert people.departments(DAY).level is Level.OK
    assert people.dispatch(DAY).level is Level.OK
    assert "3 家企业里 1 家有包联干部（33%）" in people.officers(DAY).sentence


def test_sections_of_a_department_are_not_asked_and_their_posts_count_for_it(cast):
    bureau = Organisation.objects.get(code="bureau-b")
    given = {"kind": "department", "area_path": bureau.area_path}
    section = Organisation.objects.create(code="s1", name="企业科", short_name="企业科", parent=bureau, **given)
    desk = Organisation.objects.create(code="s2", name="窗口", short_name="窗口", parent=section, **given)
    without, total = people.lacking(DAY, "department", Role.DEPARTMENT_LEAD)
    assert without == [bureau.short_name] and total == Organisation.objects.filter(kind="department").count() - 2
    hire(Role.DEPARTMENT_LEAD, at=desk)
    assert people.departments(DAY).level is Level.OK
    Organisation.objects.filter(pk=section.pk).update(kind="street")
    assert "企业科" in people.streets(DAY).sentence and people.departments(DAY).level is Level.FAULT


def test_administrators_are_ready_with_their_own_password_and_a_second_factor(cast):
    assert "还没有动态码" in safety.administrators(DAY).sentence
    for actor in (cast.system_admin, cast.security_admin, cast.audit_admin):
        SecondFactor.objects.create(account_id=actor.account_id, secret="x", begun_at=NOW, confirmed_at=NOW)
    assert safety.administrators(DAY).level is Level.OK
    Account.objects.filter(pk=cast.audit_admin.account_id).update(must_change_password=True)
    assert "还没有改口令" in safety.administrators(DAY).sentence


def test_one_time_passwords_that_wait_are_counted_and_dead_ones_too(cast):
    assert safety.first_passwords(NOW).level is Level.OK
    Account.objects.filter(pk=cast.desk.account_id).update(must_change_password=True, one_time_from=NOW)
    assert "1 个还没有登录过" in safety.first_passwords(NOW).sentence
    assert "1 个口令已作废" in safety.first_passwords(NOW + dt.timedelta(hours=73)).sentence


def test_anything_of_a_demonstration_keeps_a_real_house_shut(cast, settings):
    assert "账号" in safety.no_demonstration().sentence
    Person.objects.update(demonstration=False)
    Subject.objects.update(demonstration=False)
    assert safety.no_demonstration().level is Level.OK
    settings.DEMONSTRATION = True
    assert safety.no_demonstration().level is Level.FAULT


def test_how_people_reach_the_house(settings):
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE, settings.PROXIES = ["localhost"], False, 0
    assert "只有本机" in safety.reached().sentence
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = ["songda.example.cn"], True
    assert "SONGDA_PROXIES 为 0" in safety.reached().sentence
    settings.PROXIES = 1
    assert safety.reached().level is Level.OK


def test_a_backup_is_fresh_for_a_day_and_a_restoring_is_proved_by_the_chain(cast):
    assert machinery.backup(NOW).level is Level.FAULT
    home.note_backup({"at": NOW.isoformat(), "file": "x.zip"})
    assert machinery.backup(NOW).level is Level.OK and machinery.backup(NOW + dt.timedelta(days=2)).level is Level.FAULT
    assert machinery.restored(NOW).level is Level.FAULT
    with pytest.raises(NotFound):
        machinery.note_restored("f" * 64, now=NOW)
    with pytest.raises(NotFound):
        machinery.note_restored("", now=NOW)


def test_a_restoring_of_our_own_chain_is_kept(cast, client):
    from songda.kernel.audit.actions import record
    from songda.registry.actors import system

    record("account.open", Account.objects.first(), by=system(), now=NOW)
    [sealed] = seal(now=NOW)
    machinery.note_restored(sealed.digest[:20], now=NOW)
    assert machinery.restored(NOW).level is Level.OK and machinery.restored(NOW + dt.timedelta(days=120)).level is Level.WARNING


def test_an_empty_house_lacks_pack_roster_measures_and_retention(cast, settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    looks = (content.pack(), content.roster(DAY), content.measures(DAY), content.retention())
    assert all(one.level is Level.FAULT for one in looks)
    assert "只有站内信" in content.channels().sentence
    settings.CHANNELS_FILE.write_text('{"channels": {"sms": {}}}', encoding="utf-8")
    assert "sms 还没有发成过" in content.channels().sentence


def test_measures_that_are_published_and_not_open_today_are_told_apart(cast):
    for code, more in (("a", {}), ("b", {"opens_on": DAY + dt.timedelta(days=1)}), ("c", {"state": "draft"})):
        given = {"number": 1, "title": code, "kind": "fund", "benefit": "示例", "state": "published", "drafted_at": NOW} | more
        MeasureVersion.objects.create(measure=Measure.objects.create(code=code), **given)
    assert "已发布 1 项（另有 1 项今天不在受理期），其中 1 项没有联系卡" in content.measures(DAY).sentence
    assert "已发布 2 项，" in content.measures(DAY + dt.timedelta(days=1)).sentence


def test_the_key_is_apart_when_somebody_said_so():
    assert safety.key_apart().level is Level.FAULT
    machinery.note_key_apart(now=NOW)
    assert safety.key_apart().level is Level.OK
