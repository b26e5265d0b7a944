"""The doors of the room."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from songda.kernel.audit.models import AuditEntry
from songda.ledger.evidence import queries
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.tests import samples
from songda.ledger.evidence.tests.test_store_evidence import give, spoil
from songda.registry.people.tests.cast import NOW, enter


@pytest.mark.row("SUP-16")
def test_a_file_is_served_by_its_door_alone(cast, client):
    photo, letter = give(cast), give(cast, samples.docx(), name="感谢 信.docx", kind="letter")
    enter(client, cast.street)
    answer = client.get(f"/evidence/{photo.pk}/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Disposition"].startswith("inline;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    answer = client.get(f"/evidence/{letter.pk}/")
    assert answer.content == samples.docx()
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E6%84%9F%E8%B0%A2%20%E4%BF%A1.docx"
    enter(client, cast.stranger)
    assert [client.get(f"/evidence/{photo.pk}/{part}").status_code for part in ("", "thumbnail/", "copy/", "set-aside/")] == [
        404
    ] * 4
    assert client.get(f"/static/{photo.file.digest}").status_code == 404


def test_a_damaged_file_is_marked_as_soon_as_somebody_opens_it(cast, client):
    photo = give(cast)
    spoil(photo)
    enter(client, cast.street)
    answer = client.get(f"/evidence/{photo.pk}/")
    assert answer.status_code == 409
    assert "与入库时不一致" in answer.content.decode()
    assert StoredFile.objects.get().damaged
    assert "已损坏" in client.get("/evidence/?damaged=on").content.decode()


def test_small_pictures_are_small_and_papers_have_none(cast, client):
    photo, letter = give(cast, samples.photo(size=(2000, 1500))), give(cast, samples.docx(), name="信.docx")
    enter(client, cast.clerk)
    assert len(client.get(f"/evidence/{photo.pk}/thumbnail/").content) < 20_000
    assert client.get(f"/evidence/{letter.pk}/thumbnail/").status_code == 404


def test_a_copy_says_whose_it_is_and_is_kept_in_the_trail(cast, client):
    photo, paper, letter = give(cast), give(cast, samples.pdf(), name="回执.pdf"), give(cast, samples.docx(), name="信.docx")
    enter(client, cast.street)
    for one in (photo, paper):
        answer = client.get(f"/evidence/{one.pk}/copy/")
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer.content != queries.whole(one.file)
    assert client.get(f"/evidence/{letter.pk}/copy/").status_code == 409
    assert AuditEntry.objects.filter(action="evidence.copy", account_id=cast.street.account_id).count() == 2
    assert cast.street.name in queries.mark_of(photo, cast.street, NOW)


def test_setting_aside_asks_for_a_reason(cast, client):
    photo = give(cast)
    enter(client, cast.street)
    assert client.post(f"/evidence/{photo.pk}/set-aside/", {"reason": ""}).status_code == 200
    assert client.post(f"/evidence/{photo.pk}/set-aside/", {"reason": "照片不清"}).status_code == 302
    assert Evidence.objects.get().set_aside_reason == "照片不清"


def test_the_list_costs_the_same_for_one_and_for_many(cast, client, django_assert_max_num_queries):
    for number in range(8):
        give(cast, name=f"{number}.jpg")
    enter(client, cast.street)
    with django_assert_max_num_queries(9):
        page = client.get("/evidence/").content.decode()
    assert page.count("/thumbnail/") == 8


def upload(data, name):
    return SimpleUploadedFile(name, data, "application/x-whatever-the-browser-says")


def test_the_part_of_a_form_takes_camera_and_files_and_gives_once(cast):
    sent = MultiValueDict({"attached": [upload(samples.pdf(), "回执.pdf")], "camera": [upload(samples.photo(), "IMG_1.jpg")]})
    told = {
        "evidence_kind": "receipt",
        "evidence_key": "abc",
        "latitude": "34812345",
        "longitude": "113561234",
        "evidence_note": "门头",
    }
    for _ in range(2):
        for one in (*sent.getlist("attached"), *sent.getlist("camera")):
            one.seek(0)
        form = EvidenceForm(told, sent)
        assert form.is_valid(), form.errors
        store_several(form.offers(subject_id=cast.firm.pk), by=cast.officer, now=NOW)
    assert [(one.name, one.latitude, one.request_key) for one in Evidence.objects.order_by("pk")] == [
        ("回执.pdf", 34812345, "abc-0"), ("IMG_1.jpg", 34812345, "abc-1"),
    ]  # fmt: skip


def test_the_part_of_a_form_may_be_empty_and_not_too_full():
    assert EvidenceForm({"evidence_kind": "photo"}).is_valid()
    many = MultiValueDict({"attached": [upload(b"x", f"{n}.txt") for n in range(10)]})
    assert "attached" in EvidenceForm({"evidence_kind": "photo"}, many).errors


def test_the_parts_for_other_pages(cast):
    fields = render_to_string("evidence/upload_fields.html", {"evidence": EvidenceForm(), "actor": cast.officer})
    assert 'capture="environment"' in fields
    assert "multiple" in fields
    assert 'name="evidence_key" value="' in fields
    assert 'name="office_only"' not in render_to_string(
        "evidence/upload_fields.html", {"evidence": EvidenceForm(), "actor": cast.clerk}
    )
    one = give(cast, read_photo=True)
    shown = render_to_string("evidence/thumbs.html", {"items": queries.chosen([one.pk], cast.street)})
    for words in (
        f"/evidence/{one.pk}/thumbnail/",
        cast.street.name,
        "2020-03-10 10:00",
        "拍摄于 2020-03-10 09:30",
        "34.81235°N",
    ):
        assert words in shown
