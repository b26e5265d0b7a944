"""The first day, command by command: a pack from nothing, a house from the pack, people, firms, and what is still lacking."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from songda.kernel.errors import Conflict, Invalid
from songda.portal.cli import init as cli_init
from songda.portal.cli.init import init, kept_apart, open_administrators
from songda.portal.cli.pack import pack
from songda.portal.opening.commands import ready
from songda.registry.campaigns.models import Campaign
from songda.registry.intake.commands import import_group, officers
from songda.registry.intake.tests.rosters import code
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Account, Assignment, Person, Post
from songda.registry.people.states import ADMINISTRATORS
from songda.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db
CODES = [code(n) for n in range(3)]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "临江"
    done = CliRunner().invoke(pack, ["new", str(path), "--code", "linjiang-2026", "--name", "临江市"])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture(autouse=True)
def real(settings, tmp_path):
    settings.DEMONSTRATION, settings.HOME, settings.MEDIA_ROOT = False, tmp_path, tmp_path / "files"


def sheet(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return str(path)


def begun(path, *more):
    return CliRunner().invoke(init, ["--pack", str(path), *more], catch_exceptions=False)


@pytest.mark.process
def test_from_nothing_to_a_house_with_people_and_firms(ours, tmp_path, monkeypatch):
    def stop(_place):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:  # broken off just before the end: as if never begun
        patch.setattr(cli_init, "open_administrators", stop)
        CliRunner().invoke(init, ["--pack", str(ours), "--passwords", str(tmp_path / "pw")])
    assert not Campaign.objects.exists() and not Organisation.objects.exists() and not (tmp_path / "pw").exists()

    done = begun(ours, "--passwords", str(tmp_path / "pw"))
    first = dict(line.split() for line in (tmp_path / "pw").read_text(encoding="utf-8").splitlines())
    assert (tmp_path / "pw").stat().st_mode & 0o777 == 0o600 and not any(one in done.stdout for one in first.values())
    assert all(Account.objects.get(username=name).check_password(secret) for name, secret in first.items())
    assert not Person.objects.filter(demonstration=True).exists() and not Subject.objects.exists()

    again = open_administrators("990100")  # lost before anybody came in: given anew (as a process: tests/test_cli.py)
    assert first.keys() == again.keys() == {"system-admin", "security-admin", "audit-admin"} and not set(first.values()) & set(
        again.values()
    )
    assert Post.objects.filter(role__in=ADMINISTRATORS).count() == 3

    firms_and_people_come(tmp_path)
    with pytest.raises(Conflict, match="已有账号在用"):
        open_administrators("990100")


def firms_and_people_come(tmp_path):
    firms = sheet(
        tmp_path / "firms.xlsx",
        ["统一社会信用代码", "企业名称", "所属街道"],
        *([code, f"临江企业{code[-3:]}", "东一街道"] for code in CODES),
    )
    done = CliRunner().invoke(
        import_group, ["roster", firms, "--area", "990101", "--as-of", "2026-11-01", "--json"], catch_exceptions=False
    )
    assert (done.exit_code, json.loads(done.stdout)["created"]) == (0, 3), done.output
    people = sheet(
        tmp_path / "people.xlsx", ["姓名", "登录名", "机构", "角色", "包联企业信用代码"],
        ["甲", "jia", "东区", "包联干部", "、".join(CODES)], ["乙", "yi", "东一街道", "街道经办", ""], ["丙", "bing", "西一街道", "街道经办", ""],
        *([f"丁{n}", f"ding{n}", "示例市", role, ""] for n, role in enumerate(("统筹调度员", "政策编辑", "政策发布", "领导"))),
        *([f"戊{n}", f"wu{n}", unit, role, ""] for n, (unit, role) in enumerate((u, r) for u in ("hr", "industry") for r in ("部门经办", "部门负责人"))),
    )  # fmt: skip
    done = CliRunner().invoke(officers, [people, "--passwords", str(tmp_path / "slips.xlsx"), "--json"], catch_exceptions=False)
    assert (done.exit_code, json.loads(done.stdout)["accounts"]) == (0, 11), done.output
    assert Assignment.objects.filter(ends_on=None).count() == 3
    lines = {
        line["name"]: line
        for group in json.loads(CliRunner().invoke(ready, ["--json"]).stdout)["groups"]
        for line in group["lines"]
    }
    good = {name for name, line in lines.items() if line["level"] == "ok"}
    assert {"正式环境", "统筹与政策", "街道经办", "部门", "包联", "企业名册", "保管期限"} <= good
    assert "3 个示例文件" in lines["活动包"]["sentence"] and "还没有改口令" in lines["三员"]["sentence"]


def test_a_faulty_pack_leaves_nothing(ours, tmp_path):
    text = (ours / "measures/sample-10-01.yaml").read_text(encoding="utf-8")
    (ours / "measures/sample-10-01.yaml").write_text(text.replace("department: hr", "department: hrx"), encoding="utf-8")
    try:
        with pytest.raises(Invalid):
            begun(ours, "--passwords", str(tmp_path / "pw"))
    finally:
        (ours / "measures/sample-10-01.yaml").write_text(text, encoding="utf-8")
    assert not Account.objects.exists() and not Organisation.objects.exists() and not (tmp_path / "pw").exists()


def test_a_file_for_passwords_must_be_new_and_possible(tmp_path):
    (tmp_path / "pw").touch()
    for path in (tmp_path / "pw", tmp_path / "nowhere" / "pw"):
        with pytest.raises(Conflict), kept_apart(path):
            pass
