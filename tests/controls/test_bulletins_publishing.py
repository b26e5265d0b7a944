"""What goes out: by whom, with which number, and what stands in its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.papers.models import Series
from songda.office.bulletins import access, actions
from songda.office.bulletins.models import NewsFrame, Piece
from songda.office.bulletins.rules.rendering import Section, sections_of
from songda.office.bulletins.tests.ground import AS_OF, NOW, WHY, Ground, ground, lay
from songda.office.indicators.actions import explain_value
from songda.office.indicators.models import Value
from tests.controls.opened import check_off, unique_off

__all__ = ["ground"]
PUBLISH = import_module("songda.office.bulletins.actions.publish_piece")
FITNESS = import_module("songda.office.bulletins.rules.fitness")
MANUSCRIPTS = import_module("songda.office.bulletins.queries.manuscripts")
BUREAU = "hj-construction"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def bare(db, settings, tmp_path) -> Ground:
    """The ground with nothing said of the rate above 100 %."""
    settings.MEDIA_ROOT = tmp_path
    return lay(explained=False)


def publish(piece: Piece, by) -> Piece:
    return actions.publish_piece(piece.pk, by=by, now=NOW)


def short(ground: Ground, text: str) -> Piece:
    """A draft that says only this."""
    piece = ground.draft()
    return actions.write_piece(piece.pk, "简况", [Section("", text, BUREAU)], by=ground.writer, now=NOW)


def news(ground: Ground, **frame) -> Piece:
    piece = ground.draft("news-projects")
    return actions.frame_news(piece.pk, actions.Frame(correspondents="演示通讯员", **frame), by=ground.writer, now=NOW)


@pytest.mark.row("CNF-06")
def test_writing_and_publishing_are_rights_of_their_own(ground):
    piece = ground.draft()
    for act in (
        lambda: ground.draft(by=ground.journalist),
        lambda: publish(piece, ground.writer),
        lambda: ground.draft(by=ground.leader),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotFound):
        access.piece_for(piece.pk, ground.stranger, NOW)
    may = replace(ground.journalist, permissions=ground.journalist.permissions | {"bulletins.write"})
    assert ground.draft(by=may).state == "draft"


@pytest.mark.row("CNF-06")
def test_who_wrote_does_not_publish(ground, monkeypatch):
    both = replace(ground.writer, permissions=ground.writer.permissions | {"bulletins.publish"})
    piece = ground.draft(by=both)
    with pytest.raises(NotPermitted, match="起草人以外"):
        publish(piece, both)
    monkeypatch.setattr(PUBLISH, "check_second_person", lambda *_given: None)
    assert publish(piece, both).state == "published"


@pytest.mark.row("CNF-06")
@pytest.mark.parametrize("kept", [True, False])
def test_a_publication_taken_back_leaves_no_gap(ground, monkeypatch, kept):
    if not kept:  # a counter outside the transaction, as a sequence of the database is
        given = iter((1, 2))
        monkeypatch.setattr(PUBLISH, "next_ordinal", lambda _series: next(given))
    first, second = ground.draft(), ground.draft()
    real = PUBLISH.record
    monkeypatch.setattr(PUBLISH, "record", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError("the power failed")))
    with pytest.raises(RuntimeError):
        publish(first, ground.leader)
    monkeypatch.setattr(PUBLISH, "record", real)
    assert not Series.objects.exists()
    assert publish(second, ground.leader).number == ("第1期" if kept else "第2期")


@pytest.mark.row("CNF-06")
def test_no_number_twice_and_none_without_publication(ground):
    one = publish(ground.draft(), ground.leader)
    two = publish(ground.draft(), ground.leader)
    rows = Piece.objects.filter(pk=two.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ordinal=one.ordinal)
    with unique_off(Piece, "bulletin_number_once"):
        assert rows.update(ordinal=one.ordinal) == 1
    draft = Piece.objects.filter(pk=ground.draft().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.update(ordinal=9, series="私编{n}")
    with check_off(Piece, "only_published_bulletins_are_numbered"):
        assert draft.update(ordinal=9, series="私编{n}") == 1


@pytest.mark.row("CNF-06")
def test_an_unbound_number_blocks(ground, monkeypatch):
    piece = short(ground, "帮扶企业{firms-helped-cumulative}，另有99家待帮扶。")
    with pytest.raises(Invalid) as refused:
        publish(piece, ground.leader)
    assert list(refused.value.fields.values()) == [
        "“帮扶企业24家，另有99家待帮扶。”里的“99家”未绑定指标：请改为占位，或写明理由后确认。"
    ]
    monkeypatch.setattr(FITNESS, "unbound_in", lambda _paragraphs: [])
    assert publish(piece, ground.leader).state == "published"


@pytest.mark.row("CNF-06")
def test_more_than_all_is_explained_or_stays(bare):
    piece = bare.draft()
    with pytest.raises(Invalid) as refused:
        publish(piece, bare.leader)
    assert len(refused.value.fields) == 1
    assert "211.22%，超过100%" in next(iter(refused.value.fields.values()))
    rate = Value.objects.get(code="worker-resumption-ratio")
    explain_value(rate.pk, WHY, by=bare.writer, now=NOW)
    piece = publish(piece, bare.leader)
    assert any("超过100%" in one and WHY in one for one in piece.frozen["warnings"])


@pytest.mark.row("CNF-06")
def test_all_is_said_only_without_exceptions(ground, monkeypatch):
    piece = short(ground, "{construction-projects-resumed}建设工程全部复工。")
    with pytest.raises(Invalid, match="1 处"):
        publish(piece, ground.leader)
    ground.tell("construction-resumption-rate", "91", numerator=182, denominator=200)
    piece = short(ground, "建设工程全部复工，复工率{construction-resumption-rate}。")
    with pytest.raises(Invalid) as refused:
        publish(piece, ground.leader)
    assert "还有例外（建设工程复工率91%）" in next(iter(refused.value.fields.values()))
    monkeypatch.setattr(FITNESS, "_claims", lambda _text: ())
    assert publish(piece, ground.leader).state == "published"


@pytest.mark.row("CNF-06")
def test_a_figure_without_scope_is_not_published(ground, monkeypatch):
    piece = short(ground, "帮扶企业{firms-helped-cumulative}。")
    real = FITNESS.stated
    monkeypatch.setattr(FITNESS, "stated", lambda one: replace(real(one), scope=" ", as_of=None))
    with pytest.raises(Invalid) as refused:
        publish(piece, ground.leader)
    assert "没有写明时点、口径" in next(iter(refused.value.fields.values()))
    monkeypatch.setattr(FITNESS, "stated", real)
    assert publish(piece, ground.leader).state == "published"


@pytest.mark.row("CNF-07")
def test_a_statistic_for_the_press_says_as_of_when(ground, monkeypatch):
    piece = news(ground)
    lines = [Section("", "本报讯　帮扶企业{firms-helped-cumulative}。", BUREAU)]
    actions.write_piece(piece.pk, "简况", lines, by=ground.writer, now=NOW)
    with pytest.raises(Invalid) as refused:
        publish(piece, ground.leader)
    assert "没有写明时点" in next(iter(refused.value.fields.values()))
    dated = [Section("", "本报讯　截至{时点}，帮扶企业{firms-helped-cumulative}。", BUREAU)]
    actions.write_piece(piece.pk, "简况", dated, by=ground.writer, now=NOW)
    assert publish(piece, ground.leader).state == "published"


@pytest.mark.row("CNF-07")
def test_an_embargo_holds_until_its_hour(ground):
    piece = publish(news(ground, embargo_until=NOW + HOUR), ground.leader)
    with pytest.raises(NotFound):
        access.piece_for(piece.pk, ground.journalist, NOW)
    assert access.piece_for(piece.pk, ground.leader, NOW)
    assert access.piece_for(piece.pk, ground.journalist, NOW + HOUR)
    NewsFrame.objects.update(embargo_until=None)
    assert access.piece_for(piece.pk, ground.journalist, NOW)


@pytest.mark.row("CNF-07")
def test_quoted_words_need_consent(ground, monkeypatch):
    piece = news(ground)
    line = Section("", "截至{时点}，帮扶企业{firms-helped-cumulative}。负责人说：“问题当天就解决了。”", BUREAU)
    actions.write_piece(piece.pk, "简况", [line], by=ground.writer, now=NOW)
    with pytest.raises(Invalid) as refused:
        publish(piece, ground.leader)
    assert "没有登记" in next(iter(refused.value.fields.values()))
    actions.add_quotation(piece.pk, "问题当天就解决了", "某项目负责人", None, by=ground.writer, now=NOW)
    with pytest.raises(Invalid) as refused:
        publish(piece, ground.leader)
    assert "没有本人同意刊发的凭证" in next(iter(refused.value.fields.values()))
    monkeypatch.setattr(MANUSCRIPTS, "press_faults", lambda *_given: [])
    assert publish(piece, ground.leader).state == "published"


def test_a_kept_print_that_was_changed_is_not_given_out(ground, settings):
    piece = publish(ground.draft(), ground.leader)
    path = settings.MEDIA_ROOT / "printed" / piece.pdf[:2] / piece.pdf[2:4] / piece.pdf
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(Conflict, match="丢失或被改动"):
        actions.print_piece(piece.pk, "pdf", by=ground.leader, now=NOW)
    assert actions.print_piece(piece.pk, "docx", by=ground.leader, now=NOW)[1][:2] == b"PK"


def test_who_sent_a_section_does_not_take_it(ground):
    told = actions.NewSubmission("hj-projects", AS_OF, "一是送服务。累计帮扶企业{firms-helped-cumulative}。", "累计帮扶企业 30")
    sent = actions.send_submission(told, by=ground.writer, now=NOW)
    piece = ground.draft()
    with pytest.raises(NotPermitted, match="另一人采用"):
        actions.take_submission(sent.pk, piece.pk, by=ground.writer, now=NOW)
    other = replace(ground.correspondent)
    piece = actions.take_submission(sent.pk, piece.pk, by=other, now=NOW)
    assert sections_of(piece.sections)[0].text == told.text
    assert piece.bound.get(code="firms-helped-cumulative").text == "30家"
    with pytest.raises(Conflict):
        actions.take_submission(sent.pk, piece.pk, by=other, now=NOW)
