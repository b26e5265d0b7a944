"""One firm's data: whole, in words, without other persons and other firms; in a fixed number of queries; gone after a week."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.evidence.models import StoredFile
from songda.office.retention import actions
from songda.office.retention.actions.write_export import write_package
from songda.office.retention.models import FirmExport
from songda.office.retention.queries.firm_rows import columns_of, taken
from songda.office.retention.rules.sheets import SHEETS
from songda.office.retention.tests.ground import closed_case, laid_to, piece
from songda.registry.people.models import Contact, Post
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.subjects.models import Subject

WEEK = dt.timedelta(days=7)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.model)
def test_no_column_of_a_person_goes_out(sheet):
    """Columns whose Chinese name says a person (经手人, 姓名, 账号) are held back, but for a firm's own contacts."""
    own = {"代办人", "委托人", "联系人"} if sheet.model in ("people.Contact", "service_helping.PowerOfAttorney") else set()
    for column in columns_of(sheet, apps.get_model(sheet.model)):
        head = column.heading
        assert head in own or not (head.endswith(("人", "姓名", "账号")) or "手机" in head or "电话" in head), (sheet.model, head)


@pytest.fixture
def filled(house):
    """Something in many tables for the firm, and the same for its neighbour under a word that must not come out."""
    for subject, word in ((house.firm, "甲"), (house.neighbour, "乙")):
        case = closed_case(house, f"{word}事项", subject=subject)
        laid_to(case, piece(subject, f"{word}文件".encode(), f"{word}凭证.txt"))
        piece(subject, f"{word}内部".encode(), f"{word}内部.txt", office_only=True)
        Contact.objects.create(subject=subject, channel="sms", address=f"{word}138", holder=f"{word}联系人", starts_on=DAY)
    return house


def made(house) -> tuple[dict[str, bytes], FirmExport]:
    export = actions.ask_export(house.firm.pk, by=house.clerk, now=NOW)
    assert actions.write_waiting(NOW) == 1 and actions.write_waiting(NOW) == 0
    export, path = actions.exported_file(export.pk, by=house.clerk, now=NOW)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, export


@pytest.mark.row("SUP-19")
def test_a_firm_comes_out_whole_and_another_never(filled):
    parts, export = made(filled)
    told = {one.sheet.model: list(one.rows()) for one in taken(filled.firm.pk)}
    with_rows = {model for model, rows in told.items() if rows}
    assert {
        "cases.Case",
        "cases.CaseStep",
        "cases.CaseEvidence",
        "evidence.Evidence",
        "people.Contact",
        "people.Post",
    } <= with_rows
    lines = {name[5:-6]: data.decode().splitlines() for name, data in parts.items() if name.endswith(".jsonl")}
    assert {model: len(rows) for model, rows in lines.items() if model in told} == {m: len(r) for m, r in told.items() if r}
    whole = "".join(data.decode() for name, data in parts.items() if not name.endswith(".xlsx"))
    assert "甲事项" in whole and "甲凭证" in whole and "乙" not in whole
    assert "甲内部" not in whole and "内部意见某人" not in whole and "示例经办" not in whole and "13800000000" not in whole
    assert parts["files/" + next(name for name in parts if name.startswith("files/"))[6:]] == "甲文件".encode()
    assert export.rows == sum(map(len, told.values())) + len(lines.get("verdicts", ())) and export.files == 1


@pytest.mark.row("SUP-19")
def test_the_workbook_has_chinese_heads_the_mark_of_the_request_and_no_formula(filled):
    Subject.objects.filter(pk=filled.firm.pk).update(address='=HYPERLINK("x")')
    parts, export = made(filled)
    book = CalamineWorkbook.from_filelike(io.BytesIO(parts["data.xlsx"]))
    rows = book.get_sheet_by_name("主体").to_python()
    assert "演示数据" in rows[0][0] and f"申请编号 {export.pk}" in rows[0][0]
    assert {"统一社会信用代码", "名称", "所在辖区"} <= set(rows[1])
    assert '=HYPERLINK("x")' in rows[2]
    assert all(f"申请编号 {export.pk}" in book.get_sheet_by_name(name).to_python()[0][0] for name in book.sheet_names)
    assert "政策判定" in book.sheet_names


def test_the_manifest_has_the_digest_of_every_part_and_the_readme_says_as_of_when(filled):
    parts, export = made(filled)
    manifest = json.loads(parts["manifest.json"])
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != "manifest.json"}
    assert manifest["sha256"] == digests and manifest["rows"]["事项"] == 1
    readme = parts["README.txt"].decode()
    assert "截至 2020-03-10 10:00" in readme and "事项：1" in readme and "演示数据" in readme
    assert export.digest == hashlib.sha256((Path(settings.MEDIA_ROOT) / export.file).read_bytes()).hexdigest()


def test_a_fact_is_said_in_words_and_a_personal_one_is_left_out(filled):
    from songda.registry.facts.models import Fact, FactDefinition, Source

    source = Source.objects.create(code="s", name="示例来源")
    for code, name, personal in (("staff", "用工人数", False), ("veteran", "经营者为退役军人", True)):
        kind, unit = ("num", "人") if not personal else ("bool", "")
        fact = FactDefinition.objects.create(
            code=code, name=name, context="subject", kind=kind, unit=unit, personal=personal, stamp=1
        )
        Fact.objects.create(subject=filled.firm, fact=fact, valid_from=DAY, recorded_at=NOW, source=source, num=1)
    rows = next(one for one in taken(filled.firm.pk) if one.sheet.model == "facts.Fact")
    told = [dict(zip([column.name for column in rows.columns], row, strict=True)) for row in rows.rows()]
    assert [(one["fact"], one["text"], one["source"]) for one in told] == [("用工人数", "1人", "示例来源")]


def test_the_queries_do_not_grow_with_the_rows(filled):
    """One a table, and a dozen for verdicts and files, whatever the firm has."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            write_package(io.BytesIO(), filled.firm.pk, mark="甲", stamp="", now=NOW)
        return len(seen)

    asked()
    few = asked()
    for number in range(5):
        case = closed_case(filled, f"第{number}件")
        laid_to(case, piece(filled.firm, f"{number}".encode(), f"{number}.txt"))
    assert asked() == few <= len(SHEETS) + 12


def test_a_missing_file_is_named_and_the_rest_comes(filled):
    from songda.ledger.evidence.queries import store

    digest = StoredFile.objects.get(given_as__name="甲凭证.txt").digest
    store().place(digest).unlink()
    parts, export = made(filled)
    assert "缺失" in parts["README.txt"].decode() and export.files == 0


def test_on_behalf_with_a_reason_in_sight_and_by_nobody_else(filled):
    with pytest.raises(Invalid, match="事由"):
        actions.ask_export(filled.firm.pk, "", by=filled.registrar, now=NOW)
    one = actions.ask_export(filled.firm.pk, "企业书面申请，收文12号", by=filled.registrar, now=NOW)
    assert one.behalf and AuditEntry.objects.filter(action="subjects.export", thing_id=str(one.pk)).exists()
    with pytest.raises(NotFound):
        actions.ask_export(filled.other_firm.pk, "企业书面申请", by=filled.registrar, now=NOW)
    for actor in (filled.dispatcher, filled.system_admin, filled.audit_admin, filled.officer):
        with pytest.raises(NotPermitted):
            actions.ask_export(filled.firm.pk, "看一看而已", by=actor, now=NOW)
    with pytest.raises(NotFound):
        actions.ask_export(filled.neighbour.pk, by=filled.clerk, now=NOW)


def test_one_at_a_time_and_each_download_leaves_a_row(filled):
    actions.ask_export(filled.firm.pk, by=filled.clerk, now=NOW)
    with pytest.raises(Conflict, match="正在生成"):
        actions.ask_export(filled.firm.pk, by=filled.clerk, now=NOW)
    waiting = FirmExport.objects.get()
    with pytest.raises(Conflict, match="尚未生成"):
        actions.exported_file(waiting.pk, by=filled.clerk, now=NOW)
    actions.write_waiting(NOW)
    actions.exported_file(waiting.pk, by=filled.clerk, now=NOW)
    actions.exported_file(waiting.pk, by=filled.clerk, now=NOW)
    assert AuditEntry.objects.filter(action="subjects.export_taken").count() == 2


def test_a_clerk_whose_post_ended_meanwhile_gets_nothing(filled):
    one = actions.ask_export(filled.firm.pk, by=filled.clerk, now=NOW)
    Post.objects.filter(pk=filled.clerk.post_id).update(ends_on=DAY)
    assert actions.write_waiting(NOW + WEEK) == 0
    one.refresh_from_db()
    assert one.trouble and not one.file


def test_after_a_week_the_package_is_gone(filled):
    _parts, export = made(filled)
    path = Path(settings.MEDIA_ROOT) / export.file
    assert actions.sweep_exports(NOW + WEEK - dt.timedelta(seconds=1)) == 0 and path.exists()
    with pytest.raises(NotFound, match="期限"):
        actions.exported_file(export.pk, by=filled.clerk, now=NOW + WEEK)
    assert actions.sweep_exports(NOW + WEEK) == 1 and not path.exists()
