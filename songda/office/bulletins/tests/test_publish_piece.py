"""A bulletin from its template to its print, and what comes after."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from songda.engines.figures.reader import read_figures
from songda.kernel.errors import Conflict, Invalid
from songda.office.bulletins import actions, queries
from songda.office.bulletins.models import Piece
from songda.office.bulletins.rules.frozen import sections_in
from songda.office.bulletins.rules.rendering import plain, sections_of
from songda.office.bulletins.tests.ground import NOW, printed

DAY = dt.timedelta(days=1)


def words(piece: Piece) -> str:
    """The whole text as it reads."""
    told = sections_in(queries.reading_of(piece).content)
    return "\n".join(plain(line) for one in told for line in one.paragraphs)


def published(ground, **given) -> Piece:
    piece = ground.draft(**given)
    for fault in queries.faults_in(piece, queries.manuscript_of(piece)):
        if fault.severity == "block" and fault.key:
            actions.confirm_in_piece(piece.pk, fault.sort, fault.key, "已核对", by=ground.writer, now=NOW)
    return actions.publish_piece(piece.pk, by=ground.leader, now=NOW)


@pytest.mark.row("CNF-06")
def test_a_draft_says_the_returned_figures_and_leaves_no_gap(ground):
    piece = ground.draft()
    text = words(piece)
    assert "应复工人数8084人，当前复工人数17075人，复工比例211.22%" in text
    for said in ("近100人", "约6000只", "345万元", "9600万元", "4007户", "50余吨", "12吨", "不低于1亿元", "截至3月16日"):
        assert said in text
    assert "＿＿" not in text
    assert queries.reading_of(piece).origins["hj-construction|worker-resumption-ratio"] == "申报"
    assert piece.title == "惠济区服务建设工程复工情况"


@pytest.mark.row("CNF-06")
def test_published_it_is_numbered_frozen_and_prints_the_same_bytes(ground):
    piece = published(ground)
    assert (piece.number, piece.ordinal, piece.state) == ("第1期", 1, "published")
    first = actions.print_piece(piece.pk, "pdf", by=ground.leader, now=NOW)[1]
    assert first == actions.print_piece(piece.pk, "pdf", by=ground.writer, now=NOW + DAY)[1]
    assert first[:5] == b"%PDF-"
    assert queries.reproduces(piece) == []
    assert published(ground).number == "第2期"
    with pytest.raises(Conflict, match="不是草稿"):
        actions.write_piece(piece.pk, "改", sections_of(piece.sections), by=ground.writer, now=NOW)


@pytest.mark.row("CNF-06")
def test_a_number_typed_by_hand_is_unbound_until_it_is_confirmed(ground):
    piece = ground.draft()
    sections = list(sections_of(piece.sections))
    typed = sections[0].text + "整合8个服务指导小组."
    actions.write_piece(
        piece.pk, piece.headline, [type(sections[0])("复工进度", typed, "hj-construction")], by=ground.writer, now=NOW
    )
    piece.refresh_from_db()
    faults = [one for one in queries.reading_of(piece).faults if one.sort == "number"]
    assert [one.text for one in faults] == ["“整合8个服务指导小组。”里的“8个”未绑定指标：请改为占位，或写明理由后确认。"]
    with pytest.raises(Invalid, match="1 处不能印发"):
        actions.publish_piece(piece.pk, by=ground.leader, now=NOW)
    actions.confirm_in_piece(piece.pk, "number", faults[0].key, "实施方案载明", by=ground.writer, now=NOW)
    piece = actions.publish_piece(piece.pk, by=ground.leader, now=NOW)
    assert any("实施方案载明" in one for one in piece.frozen["warnings"])


@pytest.mark.row("CNF-06")
def test_numbers_that_change_before_sign_off_are_drawn_anew_and_noted(ground):
    piece = ground.draft()
    ground.tell("firms-helped-cumulative", "25", reason="漏报一家", now=NOW + DAY)
    with pytest.raises(Conflict, match="累计帮扶企业 24家 → 25家"):
        actions.publish_piece(piece.pk, by=ground.leader, now=NOW + DAY)
    assert actions.refresh_piece(piece.pk, by=ground.writer, now=NOW + DAY) == [("累计帮扶企业", "24家", "25家")]
    assert "25家" in words(Piece.objects.get(pk=piece.pk))
    piece = actions.publish_piece(piece.pk, by=ground.leader, now=NOW + DAY)
    assert piece.changes[0]["numbers"] == [["累计帮扶企业", "24家", "25家"]]


@pytest.mark.row("CNF-06")
def test_a_corrected_value_is_said_on_what_was_published_and_restated(ground):
    old = published(ground)
    before = old.frozen
    ground.tell("firms-helped-cumulative", "25", reason="漏报一家", now=NOW + DAY)
    assert [(one.old, one.new, one.reason) for one in queries.corrections_of(old)] == [("24家", "25家", "漏报一家")]
    draft = actions.restate_piece(old.pk, "帮扶企业漏报一家", by=ground.writer, now=NOW + DAY)
    with pytest.raises(Conflict, match="已有更正版"):
        actions.restate_piece(old.pk, "再来", by=ground.writer, now=NOW + DAY)
    new = actions.publish_piece(draft.pk, by=ground.leader, now=NOW + DAY)
    assert (new.number, new.edition) == (old.number, 2)
    found = queries.differences_of(Piece.objects.select_related("restates").get(pk=new.pk))
    assert [(one.old, one.new, one.reason) for one in found.numbers] == [("24家", "25家", "漏报一家")]
    assert len(found.words) == 1
    old.refresh_from_db()
    assert old.frozen == before
    assert queries.reproduces(old) == []
    assert queries.corrections_of(new) == []


def test_a_computed_number_and_another_returned_one_are_both_said(ground):
    value = ground.tell("workers-due-to-resume", "8084", organisation_id=ground.area.pk, source="惠济区")
    row = type(value).objects.get(pk=value.pk)
    row.pk, row.origin, row.number, row.source = None, "computed", 8000, "复工复产日报"
    row.save(force_insert=True)
    piece = ground.draft()
    bound = piece.bound.get(code="workers-due-to-resume")
    type(bound).objects.filter(pk=bound.pk).update(value=row, text="8000人")
    hints = [one.text for one in queries.faults_in(piece, queries.manuscript_of(piece)) if one.sort == "two_sources"]
    assert hints == ["“建设工程应复工人数”计算为8000人，惠济区申报8084人：请核对后再发。"]


@pytest.mark.row("CNF-06")
def test_the_produced_text_has_the_numbers_of_the_printed_text_by_value(ground):
    figures = [one for one in read_figures(words(ground.draft())).figures if one.kind != "date"]
    said = {Fraction(one.base) * (1000 if one.unit == "吨" else 1) for one in figures}
    money = {"wage-deposit-deferred", "financing-demand-reported", "daily-turnover"}
    told = {Fraction(number) * (10_000 if code in money else 1) for code, (number, _precision) in printed().items()}
    assert said == told | {Fraction("211.22")}
