from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from songda.kernel import clock
from songda.registry.facts.tests.cast import catalogue
from songda.registry.intake.models import Intake
from songda.registry.intake.tests.rosters import row, workbook
from songda.registry.people.tests.cast import NOW, enter
from songda.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path / "files"
    catalogue()


def upload(client, path, area, **more):
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post("/intake/new/", {"file": file, "area": area, "as_of": "2020-03-01", **more})


def test_upload_check_confirm_and_the_returned_rows(cast, client, tmp_path):
    enter(client, cast.registrar)
    area = cast.registrar.area_paths[0]
    code = cast.zone.code if cast.zone.area_path.startswith(area) else cast.city.code
    before = Subject.objects.count()
    answer = upload(client, workbook(tmp_path / "a.xlsx", [row(1), row(2, staff="很多")]), code)
    made = Intake.objects.get()
    assert answer.headers["Location"] == f"/intake/{made.pk}/"
    text = client.get(f"/intake/{made.pk}/").content.decode()
    assert "确认导入" in text
    assert "未识别，不导入" in text
    assert "没有认出的列：“奇怪的列”。" in text
    assert Subject.objects.count() == before
    sheet = b"".join(client.get(f"/intake/{made.pk}/returned/").streaming_content)
    assert "不是数值" in CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()[1][-2]
    assert client.post(f"/intake/{made.pk}/take/").status_code == 302
    assert Subject.objects.count() == before + 1
    assert client.post(f"/intake/{made.pk}/take/").status_code == 409
    assert "a.xlsx" in client.get("/intake/").content.decode()


def test_a_refused_file_says_why_on_the_form(cast, client, tmp_path):
    enter(client, cast.registrar)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK broken")
    assert "已损坏" in upload(client, broken, cast.zone.code).content.decode()
    assert Intake.objects.count() == 0


def test_the_template_is_a_roster_that_can_be_read(cast, client, tmp_path):
    enter(client, cast.registrar)
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"".join(client.get("/intake/template/").streaming_content))
    heads = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[0]
    assert heads[:2] == ["统一社会信用代码", "企业名称"]
    assert "营业收入（元）" in heads
    assert "经营者为退役军人" not in heads


def test_others_neither_upload_nor_see(cast, client, tmp_path):
    enter(client, cast.registrar)
    upload(client, workbook(tmp_path / "a.xlsx", [row(1)]), cast.zone.code)
    made = Intake.objects.get()
    enter(client, cast.street)
    assert client.get("/intake/").status_code == 403
    enter(client, cast.stranger)
    assert client.get(f"/intake/{made.pk}/").status_code == 404
    assert "a.xlsx" not in client.get("/intake/").content.decode()
