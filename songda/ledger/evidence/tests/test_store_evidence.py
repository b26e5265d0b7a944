"""Taking a file in, and keeping watch over it."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib import import_module

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, TooMany, Unavailable
from songda.ledger.evidence import queries
from songda.ledger.evidence.actions import (
    Given,
    Offer,
    set_aside_evidence,
    store_evidence,
    store_several,
    sweep_files,
    verify_file,
    verify_files,
)
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.rules import pictures
from songda.ledger.evidence.tests import samples
from songda.registry.people.tests.cast import NOW


def give(cast, data=None, *, name="现场.jpg", by=None, kind="photo", **given):
    told = Given(**{"subject_id": cast.firm.pk, **given})
    return store_evidence(
        io.BytesIO(samples.photo() if data is None else data), name=name, kind=kind, given=told, by=by or cast.street, now=NOW
    )


def on_disk(settings):
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def spoil(evidence):
    path = queries.store().place(evidence.file.digest)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")


@pytest.mark.row("SUP-16")
def test_the_same_file_is_kept_once_and_given_twice(cast, settings):
    first, second = (
        give(cast, samples.pdf(), name="回执.pdf", kind="receipt"),
        give(cast, samples.pdf(), name="又一份.pdf", by=cast.officer),
    )
    assert first.file == second.file
    assert first.pk != second.pk
    assert on_disk(settings) == [first.file.digest]
    assert (first.area_path, first.given_name, first.file.size) == (cast.firm.area_path, cast.street.name, len(samples.pdf()))
    assert AuditEntry.objects.filter(action="evidence.give").count() == 2


def test_a_photograph_loses_its_traces_unless_the_giver_keeps_them(cast):
    bare, whole = give(cast), give(cast, read_photo=True)
    stored = queries.store().read(bare.file.digest)
    assert samples.SECRET not in stored
    assert (bare.taken_at, bare.latitude) == (None, None)
    assert queries.store().read(whole.file.digest) == samples.photo()
    assert (whole.latitude, whole.longitude) == samples.PLACE
    assert whole.taken_at.isoformat() == "2020-03-10T09:30:00+08:00"
    assert whole.where == "34.81235°N 113.56123°E"


def test_a_firm_gets_the_photograph_without_traces_even_where_they_are_kept(cast):
    whole = give(cast, read_photo=True)
    assert queries.open_file(whole.pk, cast.street).data == samples.photo()
    seen = queries.open_file(whole.pk, cast.clerk).data
    assert samples.SECRET not in seen
    assert pictures.fault(seen) is None


def test_a_phone_that_sends_twice_gives_once(cast):
    first = give(cast, request_key="k-1")
    assert give(cast, request_key="k-1") == first
    assert Evidence.objects.count() == 1
    with pytest.raises(Conflict):
        give(cast, name="别的.jpg", request_key="k-1")
    with pytest.raises(Conflict):
        give(cast, request_key="k-1", by=cast.officer)


def test_two_who_send_one_key_at_once_give_once(cast, monkeypatch):
    """The second looks for the key before the first has written it."""
    first = give(cast, request_key="k-1")
    found = Evidence.objects.filter
    looks = iter([True])
    blind = lambda **asked: found(pk=None) if "request_key" in asked and next(looks, False) else found(**asked)  # noqa: E731
    monkeypatch.setattr(Evidence.objects, "filter", blind)
    assert give(cast, request_key="k-1") == first
    assert found().count() == 1


def test_a_refused_file_leaves_nothing_behind(cast, settings):
    with pytest.raises(Invalid) as refused:
        give(cast, b"MZ program", name="a.exe")
    assert "a.exe" in refused.value.fields["attached"]
    with pytest.raises(TooMany):
        give(cast, b"\xff\xd8\xff" + b"\0" * (31 << 20))
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()


def test_several_files_are_taken_all_or_none(cast):
    def offer(data, name):
        return Offer(io.BytesIO(data), name, "photo", Given(subject_id=cast.firm.pk, request_key=name))

    with pytest.raises(Invalid):
        store_several([offer(samples.photo(), "1.jpg"), offer(b"?", "2.jpg")], by=cast.street, now=NOW)
    assert not Evidence.objects.exists()
    assert len(store_several([offer(samples.photo(), "1.jpg"), offer(samples.pdf(), "2.pdf")], by=cast.street, now=NOW)) == 2


def test_evidence_is_given_for_what_is_in_sight_by_who_works_there(cast):
    with pytest.raises(NotFound):
        give(cast, subject_id=cast.other_firm.pk)
    with pytest.raises(NotFound):
        give(cast, by=cast.clerk, subject_id=cast.neighbour.pk)
    with pytest.raises(NotPermitted):
        give(cast, by=cast.publisher)
    with pytest.raises(NotPermitted):
        give(cast, subject_id=None, area_path=cast.other_zone.area_path)
    assert give(cast, subject_id=None, area_path=cast.street_office.area_path).subject is None


@pytest.mark.row("SUP-16")
@pytest.mark.parametrize("harm", [spoil, lambda one: queries.store().place(one.file.digest).unlink()], ids=["changed", "missing"])
def test_a_harmed_file_is_found_shown_and_written_down(cast, harm):
    good, bad = give(cast, samples.pdf(), name="回执.pdf"), give(cast)
    harm(bad)
    with pytest.raises(Conflict) as refused:
        queries.open_file(bad.pk, cast.street)
    assert refused.value.code == "file_damaged"
    assert verify_files(NOW).damaged == 1
    assert verify_files(NOW).damaged == 0  # told once
    assert list(StoredFile.objects.filter(damaged=True)) == [bad.file]
    assert queries.counting([good.pk, bad.pk]) == 1
    assert AuditEntry.objects.get(action="evidence.file_damaged").after["digest"] == bad.file.digest
    give(cast)  # the same photograph once more
    assert verify_file(bad.file_id, now=NOW) == ""
    assert queries.counting([good.pk, bad.pk]) == 2


def test_a_file_restored_from_a_copy_is_whole_again(cast):
    bad = give(cast, samples.pdf(), name="回执.pdf")
    path = queries.store().place(bad.file.digest)
    path.unlink()
    verify_files(NOW)
    path.write_bytes(samples.pdf())
    assert verify_files(NOW).restored == 1
    assert AuditEntry.objects.filter(action="evidence.file_restored").exists()


def test_the_longest_unseen_are_looked_at_first(cast):
    old = give(cast)
    StoredFile.objects.update(verified_at=None)
    give(cast, samples.pdf(), name="新.pdf")
    spoil(old)
    assert verify_files(NOW, limit=1).damaged == 1


def test_what_a_crash_left_is_swept_after_a_day(cast, settings, monkeypatch):
    kept = give(cast, samples.pdf(), name="回执.pdf")

    def power_cut(*_args, **_kwargs):
        raise SystemExit

    monkeypatch.setattr(import_module("songda.ledger.evidence.actions.store_evidence"), "record", power_cut)
    with pytest.raises(SystemExit):
        give(cast)
    assert Evidence.objects.count() == 1
    assert len(on_disk(settings)) == 3  # the photograph, its small picture, and the receipt
    assert sweep_files() == 0
    monkeypatch.setattr("songda.kernel.files.DAY", -60.0)
    assert sweep_files() == 2
    assert on_disk(settings) == [kept.file.digest]


def test_set_aside_it_stays_and_counts_no_more(cast):
    one = give(cast)
    with pytest.raises(Invalid):
        set_aside_evidence(one.pk, reason=" ", by=cast.street, now=NOW)
    set_aside_evidence(one.pk, reason="传错文件", by=cast.street, now=NOW)
    assert queries.counting([one.pk]) == 0
    assert queries.open_file(one.pk, cast.street).data
    with pytest.raises(Conflict):
        set_aside_evidence(one.pk, reason="再次", by=cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        set_aside_evidence(give(cast, name="二.jpg").pk, reason="不是我的", by=replace(cast.officer), now=NOW)


@pytest.mark.parametrize(("code", "error"), [("0", None), ("1", Invalid), ("2", Unavailable)])
def test_a_virus_scanner_is_asked_where_there_is_one(cast, settings, tmp_path, code, error):
    asked = tmp_path / "asked"
    settings.SCAN_COMMAND = ["sh", "-c", f'test -s "$0" && echo "$0" > {asked}; exit {code}']
    if error is None:
        assert give(cast).pk
    else:
        with pytest.raises(error):
            give(cast)
        assert not Evidence.objects.exists()
    assert "incoming" in asked.read_text()


def test_no_answer_of_the_scanner_is_no_clean_file(cast, settings):
    settings.SCAN_COMMAND = ["/no/such/scanner"]
    with pytest.raises(Unavailable):
        give(cast)
