"""Controls of evidence: no closing without it, no harmed file taken for whole, one gift a key, sight, and what may not come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.demands.tests.board import HOUR, Board, fresh, lay
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.kernel.files import ContentStore
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case
from songda.ledger.evidence import access, actions, queries
from songda.ledger.evidence.models import Evidence
from songda.ledger.evidence.rules import files
from songda.ledger.evidence.tests import samples
from songda.ledger.evidence.tests.test_store_evidence import give, spoil
from songda.registry.people.tests.cast import NOW

reporting = import_module("songda.deliveries.service.demands.actions.report_result")
closing = import_module("songda.deliveries.service.demands.actions.close_demand")


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def board(cast) -> Board:
    return lay(cast)


def confirmed_with(board: Board, *evidence: Evidence) -> Case:
    """A demand whose result the firm has confirmed, reported with this evidence."""
    case = board.working()
    said = Said(told="已与人才市场对接，首批 20 人到岗。", evidence=tuple(one.pk for one in evidence))
    demands.propose_result(case.pk, demands.Result("solved", "outside"), said, by=board.cast.desk, now=NOW + HOUR)
    demands.confirm_result(case.pk, demands.Opinion(True, True, "5"), by=board.cast.clerk, now=NOW + 2 * HOUR)
    return fresh(case)


def close(board: Board, case: Case) -> None:
    demands.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + 3 * HOUR)


@pytest.mark.row("SUP-16")
def test_without_evidence_nothing_is_reported_done_and_it_would_be_without_the_check(board, monkeypatch):
    with pytest.raises(Invalid):
        confirmed_with(board)
    monkeypatch.setattr(reporting, "must_have_proof", lambda case, said: None)
    assert confirmed_with(board).state == "confirmed"


@pytest.mark.row("SUP-16", "SVC-07")
def test_evidence_set_aside_closes_nothing_and_would_without_the_check(board, monkeypatch):
    photo = give(board.cast)
    case = confirmed_with(board, photo)
    actions.set_aside_evidence(photo.pk, reason="照片与事项无关", by=board.cast.street, now=NOW + 2 * HOUR)
    with pytest.raises(Conflict, match="凭证"):
        close(board, case)
    monkeypatch.setattr(closing, "lacking", lambda case, actor: ())
    close(board, case)
    assert fresh(case).state == "closed"


@pytest.mark.row("SUP-16")
def test_a_tampered_file_closes_nothing_once_it_is_found(board):
    photo = give(board.cast)
    case = confirmed_with(board, photo)
    spoil(photo)
    assert actions.verify_files(NOW).damaged == 1
    with pytest.raises(Conflict, match="凭证"):
        close(board, case)
    give(board.cast)  # the same photograph given again heals it
    close(board, case)
    assert fresh(case).state == "closed"


@pytest.mark.row("SUP-16")
def test_real_evidence_closes_a_case_and_a_tampered_file_is_told_apart(board, monkeypatch):
    photo = give(board.cast)
    case = confirmed_with(board, photo)
    close(board, case)
    assert fresh(case).state == "closed"
    spoil(photo)
    with pytest.raises(Conflict):
        queries.open_file(photo.pk, board.cast.street)
    assert actions.verify_files(NOW).damaged == 1
    assert queries.counting([photo.pk]) == 0

    def believing(store, digest):
        return store.place(digest).read_bytes()

    monkeypatch.setattr(ContentStore, "read", believing)
    assert queries.open_file(photo.pk, board.cast.street).data  # without the look at the digest, forged bytes go out


@contextmanager
def keys_may_repeat() -> Iterator[None]:
    """The table without the unique index on the request key."""
    field = Evidence._meta.get_field("request_key")
    plain = copy(field)
    plain._unique = False
    with connection.schema_editor() as editor:
        editor.alter_field(Evidence, field, plain)
    try:
        yield
    finally:
        Evidence.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.alter_field(Evidence, plain, field)


@pytest.mark.django_db(transaction=True)
def test_a_key_gives_once_and_would_give_twice_without_the_index(cast):
    twin = {"kind": "photo", "area_path": "4101/", "given_at": NOW, "given_name": "示例", "request_key": "k"}
    file = give(cast, request_key="k").file
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(file=file, **twin)
    with keys_may_repeat():
        Evidence.objects.create(file=file, **twin)
        assert Evidence.objects.filter(request_key="k").count() == 2


def test_nobody_sees_beyond_scope_and_everybody_would_without_the_filter(cast, monkeypatch):
    photo = give(cast, office_only=True)
    for part in (cast.stranger, cast.clerk):
        with pytest.raises(NotFound):
            queries.open_file(photo.pk, part)
    monkeypatch.setattr(access, "visible_to", lambda actor: Evidence.objects.all())
    assert queries.open_file(photo.pk, cast.stranger).data


def test_only_those_who_work_give_and_anybody_would_without_the_check(cast, monkeypatch):
    storing = import_module("songda.ledger.evidence.actions.store_evidence")
    with pytest.raises(NotPermitted):
        give(cast, by=cast.publisher)
    monkeypatch.setattr(storing, "refuse_stranger", lambda actor: None)
    assert give(cast, by=cast.publisher).pk


def test_only_its_giver_or_who_decides_sets_evidence_aside(cast, monkeypatch):
    photo = give(cast)
    with pytest.raises(NotPermitted):
        actions.set_aside_evidence(photo.pk, reason="不是我的", by=cast.officer, now=NOW)
    monkeypatch.setattr(access, "SETTERS", ("cases.handle",))
    assert actions.set_aside_evidence(photo.pk, reason="不是我的", by=cast.officer, now=NOW).set_aside_at


def test_a_program_stays_out_and_would_come_in_without_the_judge(cast, monkeypatch):
    with pytest.raises(Invalid):
        give(cast, samples.xlsx(macro=True), name="表.xlsx")
    monkeypatch.setattr(files, "judged", lambda name, data: files.XLSX)
    assert give(cast, samples.xlsx(macro=True), name="表.xlsx").pk


def test_a_firm_never_gets_the_traces_and_would_without_the_step(cast, monkeypatch):
    photo = give(cast, read_photo=True)
    assert samples.SECRET not in queries.open_file(photo.pk, cast.clerk).data
    monkeypatch.setattr(queries, "without_traces", lambda data: data)
    assert samples.SECRET in queries.open_file(photo.pk, cast.clerk).data
