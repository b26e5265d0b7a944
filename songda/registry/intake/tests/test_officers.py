"""The roster of officers: checked, confirmed, written whole; passwords once; the same file again changes nothing."""

from __future__ import annotations

import datetime as dt
import io
import json

import openpyxl
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid, NotPermitted
from songda.registry.actors import system
from songda.registry.intake import actions
from songda.registry.intake.commands import officers
from songda.registry.intake.queries.officers import plan_officers
from songda.registry.intake.rules.officers import TITLES
from songda.registry.people.models import Account, Assignment, Contact, Post
from songda.registry.people.tests.cast import DAY, NOW, enter, firm

pytestmark = pytest.mark.django_db
GOOD = ("示例新人", "xinren01", "甲开发区", "包联干部", "科员", "13800000001", "D0001、D0002")


@pytest.fixture(autouse=True)
def at(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path / "files"


def roster(path, *rows, titles=TITLES):
    book = openpyxl.Workbook()
    for row in [titles, *rows]:
        book.active.append(list(row))
    book.save(path)
    return path


def counted():
    return (
        Account.objects.count(),
        Post.objects.count(),
        Assignment.objects.count(),
        Contact.objects.count(),
        AuditEntry.objects.count(),
    )


@pytest.mark.row("SUP-03")
def test_a_roster_opens_accounts_posts_and_assignments_and_again_changes_nothing(cast, tmp_path):
    other = ("示例旧人", "laoren", "street-a1", "街道经办", "", "", "")
    path = roster(tmp_path / "a.xlsx", GOOD, (*GOOD[:3], "部门经办", "", "", ""), other)
    taken = actions.import_officers(path, by=system("命令行"), now=NOW)
    assert set(taken.passwords) == {"xinren01", "laoren"} and taken.until == NOW + dt.timedelta(hours=72)
    account = Account.objects.get(username="xinren01")
    assert account.check_password(taken.passwords["xinren01"]) and account.must_change_password
    assert set(account.person.posts.values_list("role", "organisation__code")) == {
        ("service_officer", "zone-a"),
        ("department_desk", "zone-a"),
    }
    assert Contact.objects.get(post__person=account.person).address == "13800000001"
    held = Assignment.objects.filter(ends_on=None).values_list("subject__local_number", "post__person__name")
    assert set(held) == {("D0001", "示例新人"), ("D0002", "示例新人")}
    assert Assignment.objects.get(post_id=cast.officer.post_id).ends_on == DAY
    before = counted()
    assert actions.import_officers(path, by=system("命令行"), now=NOW).passwords == {}
    assert counted() == before


WRONG = [
    (("", *GOOD[1:]), "缺少姓名"),
    ((GOOD[0], "新人", *GOOD[2:]), "登录名只用"),
    ((*GOOD[:2], "丙区", *GOOD[3:]), "没有机构“丙区”"),
    ((*GOOD[:3], "巡视员", *GOOD[4:]), "没有“巡视员”这一角色"),
    ((*GOOD[:3], "安全管理员", *GOOD[4:]), "三员不从名册开立"),
    ((*GOOD[:3], "企业联系人", *GOOD[4:]), "企业的岗位"),
    ((*GOOD[:5], "12345", ""), "11 位手机"),
    ((*GOOD[:6], "D9999"), "名录里没有企业 D9999"),
    ((*GOOD[:6], "D0003"), "不在该机构的辖区"),
    ((*GOOD[:3], "街道经办", "", "", "D0001"), "不承担包联"),
]


@pytest.mark.parametrize(("row", "why"), WRONG)
def test_a_wrong_row_is_returned_with_its_reason_and_the_others_are_taken(cast, tmp_path, row, why):
    good = ("示例好人", "haoren", "甲开发区", "部门经办", "", "", "")
    plan = plan_officers(roster(tmp_path / "a.xlsx", row, good), by=system(), on=DAY)
    [(number, cells, said)] = plan.found.refused
    assert number == 2 and why in said and cells[1] == row[1]
    assert [one.line.username for one in plan.entries] == ["haoren"]


def test_rows_are_held_against_one_another_and_against_the_register(cast, tmp_path):
    known = Account.objects.get(pk=cast.desk.account_id)
    admin = Account.objects.get(pk=cast.audit_admin.account_id)
    rows = [
        GOOD, ("示例别人", *GOOD[1:]), ("示例第二", "dier", "甲开发区", "包联干部", "", "", "D0001"),
        ("示例冒名", known.username, "甲开发区", "部门经办", "", "", ""),
        (admin.person.name, admin.username, "甲开发区", "部门经办", "", "", ""),
    ]  # fmt: skip
    said = {
        number: why
        for number, _cells, why in plan_officers(roster(tmp_path / "a.xlsx", *rows), by=system(), on=DAY).found.refused
    }
    assert set(said) == {3, 4, 5, 6}
    assert "与第 2 行登录名相同" in said[3] and "第 2 行已有包联干部" in said[4]
    assert "已属于另一人" in said[5] and "三员不得兼任" in said[6]


def test_who_is_not_in_the_file_is_listed_and_stays(cast, tmp_path):
    plan = plan_officers(roster(tmp_path / "a.xlsx", GOOD), by=system(), on=DAY)
    assert [post.pk for post in plan.leavers] == [cast.officer.post_id]
    actions.import_officers(roster(tmp_path / "a.xlsx", GOOD), by=system(), now=NOW)
    assert Post.objects.get(pk=cast.officer.post_id).ends_on is None


def test_a_file_without_its_headings_is_refused_whole(cast, tmp_path):
    with pytest.raises(Invalid, match="没有找到"):
        plan_officers(roster(tmp_path / "a.xlsx", GOOD[:3], titles=TITLES[:3]), by=system(), on=DAY)


def test_only_who_keeps_the_accounts_takes_a_roster(cast, tmp_path):
    path = roster(tmp_path / "a.xlsx", GOOD)
    with pytest.raises(NotPermitted):
        actions.import_officers(path, by=cast.dispatcher, now=NOW)
    assert actions.import_officers(path, by=cast.security_admin, now=NOW).passwords


def test_upload_look_confirm_and_the_slips_once(cast, client, tmp_path, django_assert_max_num_queries):
    enter(client, cast.security_admin)
    data = roster(tmp_path / "a.xlsx", GOOD, (*GOOD[:6], "D9999")).read_bytes()
    answer = client.post("/people/import/", {"file": SimpleUploadedFile("a.xlsx", data)})
    address = answer.headers["Location"]
    with django_assert_max_num_queries(16):
        text = client.get(address).content.decode()
    assert "名录里没有企业 D9999" in text and "确认导入" in text
    assert "换了包联干部" in text, text[text.index("指派包联") :][:300]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{address}returned/").streaming_content))).active
    assert "D9999" in sheet["H2"].value and sheet["I2"].value == 3
    answer = client.post(f"{address}take/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in book["名单"][2]][:3] == ["示例新人", "甲开发区", "xinren01"]
    assert Account.objects.get(username="xinren01").check_password(book["名单"]["D2"].value)
    assert book["名单"]["D2"].value in book["口令条"]["A1"].value
    assert client.get(address).status_code == 404
    assert client.get("/people/import/template/").status_code == 200
    assert enter(client, cast.system_admin).get("/people/import/").status_code == 403


def test_another_does_not_find_the_file_that_waits(cast, client, tmp_path):
    enter(client, cast.security_admin)
    data = roster(tmp_path / "a.xlsx", GOOD).read_bytes()
    address = client.post("/people/import/", {"file": SimpleUploadedFile("a.xlsx", data)}).headers["Location"]
    from songda.registry.people.states import Role
    from songda.registry.people.tests.cast import hire

    enter(client, hire(Role.SECURITY_ADMIN, at=cast.city))
    assert client.get(address).status_code == 404
    assert client.get("/people/import/..%2f..%2fx/").status_code == 404


def test_the_template_filled_in_is_taken(cast, tmp_path):
    with (tmp_path / "t.xlsx").open("wb") as stream:
        actions.write_officers_template(stream)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book["干部名册"].append(list(GOOD))
    book.save(tmp_path / "t.xlsx")
    assert plan_officers(tmp_path / "t.xlsx", by=system(), on=DAY).found.kept == 1


def test_the_command_writes_passwords_to_a_private_file_or_refuses(cast, tmp_path):
    path, slips = roster(tmp_path / "a.xlsx", GOOD, (*GOOD[:6], "D9999")), tmp_path / "slips.xlsx"
    assert CliRunner().invoke(officers, [str(path)]).exit_code == 2
    assert not Account.objects.filter(username="xinren01").exists()
    done = CliRunner().invoke(officers, [str(path), "--passwords", str(slips), "--json"], catch_exceptions=False)
    assert done.exit_code == 3
    told = json.loads(done.stdout)
    assert (told["accounts"], told["firms"], told["moved"], len(told["refused"])) == (1, 2, 1, 1)
    assert slips.stat().st_mode & 0o777 == 0o600
    secret = openpyxl.load_workbook(slips)["名单"]["D2"].value
    assert Account.objects.get(username="xinren01").check_password(secret)


def test_without_a_new_account_no_file_of_passwords_is_left(cast, tmp_path):
    path, slips = roster(tmp_path / "a.xlsx", GOOD), tmp_path / "slips.xlsx"
    actions.import_officers(path, by=system("命令行"), now=NOW)
    done = CliRunner().invoke(officers, [str(path), "--passwords", str(slips)], catch_exceptions=False)
    assert done.exit_code == 0 and "新开账号 0" in done.stdout and not slips.exists()


def test_the_command_writes_the_template_of_the_page(cast, tmp_path):
    path = tmp_path / "t.xlsx"
    assert CliRunner().invoke(officers, ["--template", str(path)], catch_exceptions=False).exit_code == 0
    assert [cell.value for cell in openpyxl.load_workbook(path)["干部名册"][1]] == list(TITLES)


def test_firms_that_are_not_there_yet_are_named_once_with_what_to_do(cast, tmp_path):
    plan = plan_officers(roster(tmp_path / "a.xlsx", (*GOOD[:6], "D9998、D0001、D9999")), by=system(), on=DAY)
    [(_number, _cells, why)] = plan.found.refused
    assert why == "名录里没有企业 D9998、D9999（请先导入企业名册，再导干部名册；或这一栏先空着）"


def test_a_thousand_firms_are_assigned_in_a_few_statements(cast, tmp_path, django_assert_max_num_queries):
    names = [firm(f"示例企业{n}", cast.street_office, f"N{n:05}").local_number for n in range(1000)]
    path = roster(tmp_path / "a.xlsx", (*GOOD[:6], "、".join(names)))
    with django_assert_max_num_queries(60):
        actions.import_officers(path, by=system(), now=NOW)
    assert Assignment.objects.filter(post__person__name="示例新人", ends_on=None).count() == 1000
