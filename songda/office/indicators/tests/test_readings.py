"""Bulletins handed in: read, judged figure by figure, corrected; nothing is a datum before a person says so."""

from __future__ import annotations

import datetime as dt
import io
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.office.indicators import access, actions, queries
from songda.office.indicators.actions import Choice, Correction, Handed
from songda.office.indicators.models import Flag, IndicatorVersion, Observation, ReadFigure, Reading, Value
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.drafts import in_unit
from songda.office.indicators.rules.likely_indicators import likely
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, hire

LATER = NOW + dt.timedelta(hours=1)
TEXT = """示例区复工复产情况通报
截至3月16日，全区建设工程应复工总人数8084人，当前复工人数17075人，复工比例211.22%。
今年以来全区共办理营业执照2100份，其中设立687份、变更560份、注销226份、补发538份。
发放口罩3.5万余只，近百人参加“百日攻坚”行动，真是百二秦关终属楚。"""


@pytest.fixture
def by(cast):
    return hire(Role.STATISTICIAN, at=cast.zone)


@pytest.fixture
def unit(cast):
    return cast.zone.pk


@pytest.fixture
def reading(by, unit) -> Reading:
    return actions.read_bulletin(Handed(TEXT, unit, issued_on=dt.date(2020, 3, 17)), by=by, now=NOW)


def number_of(reading: Reading, value: str) -> int:
    return reading.figures.get(value=value).number


@pytest.mark.row("SUP-20")
def test_a_bulletin_is_read_with_its_arithmetic_and_doubts(reading):
    rows = {row.value: row for row in reading.figures.all()}
    assert {"8084", "17075", "211.22", "2100", "687", "3.5", "100"} <= rows.keys() and "120" not in rows
    rate, masks, total = rows["211.22"], rows["3.5"], rows["2100"]
    assert (rate.as_of, rate.as_of_basis, rate.weight, rate.state) == ("2020-03-16", "stated", "high", "open")
    assert (masks.unit, masks.base, masks.precision) == ("万只", "35000", "at_least")
    assert rows["100"].precision == "less_than" and reading.text[rate.start : rate.end] == "211.22%"
    assert total.weight == "high" and [one["sort"] for one in total.doubts] == ["arithmetic"]
    sheet = queries.sheet_of(reading)
    assert "".join(piece.text for line in sheet.lines for piece in line) == TEXT.replace("\n", "")
    assert [(one.words, one.printed, one.outcome) for one in sheet.relations] == [
        ("687份 + 560份 + 226份 + 538份 = 2011份", "2100份", "no"),
        ("17075人 ÷ 8084人 = 211.2197%", "211.22%", "yes"),
    ]
    assert not Observation.objects.exists() and not Value.objects.exists()


@pytest.mark.row("SUP-10")
def test_a_grave_doubt_wants_a_note_and_the_note_stays(reading, by, unit):
    rate = number_of(reading, "211.22")
    with pytest.raises(Invalid, match="采用须写明理由"):
        actions.accept_figures(reading.pk, [rate], Choice(unit), by=by, now=LATER)
    numbers = [rate, number_of(reading, "17075"), number_of(reading, "8084")]
    choice = Choice(unit, scope="全区建设工程", note="已核实：应复工人数为节前数，未含新进场工人")
    kept = {one.value: one for one in actions.accept_figures(reading.pk, numbers, choice, by=by, now=LATER)}
    seen = kept[21122]
    assert (seen.scale, seen.unit, seen.as_of, seen.scope, seen.line_from) == (2, "%", "2020-03-16", "全区建设工程", 2)
    assert seen.quote.startswith("截至3月16日") and seen.written == "211.22%" and seen.source == reading.source
    assert (seen.numerator, seen.denominator) == (kept[17075].code, kept[8084].code)
    flag = Flag.objects.get(observation=seen, kind="ratio_over_100")
    assert flag.severity == "high" and "未含新进场工人" in flag.text
    row = reading.figures.get(number=rate)
    assert (row.state, row.observation, row.decided_name) == ("accepted", seen, by.name)
    with pytest.raises(Conflict, match="当前状态为“已采用”"):
        actions.accept_figures(reading.pk, [rate], choice, by=by, now=LATER)
    assert AuditEntry.objects.filter(action="figures.accept").count() == 3


def test_an_accepted_figure_of_an_indicator_is_a_value_in_its_unit(reading, by, unit):
    body = {"code": "masks", "label": "发放口罩", "unit": "只", "counts": "things", "origin": "read", "spread": "flow"}
    IndicatorVersion.objects.create(code="masks", number=1, label="发放口罩", body=body, since=NOW)
    number = number_of(reading, "3.5")
    choice = Choice(unit, "masks", as_of="2020-03-16T16:00", scope="全区", since=dt.date(2020, 1, 20))
    (seen,) = actions.accept_figures(reading.pk, [number], choice, by=by, now=LATER)
    value = Value.objects.get()
    assert (value.number, value.scale, value.precision, value.origin) == (35_000, 0, "at_least", "read")
    assert (value.reference, value.source, value.digest) == (f"figure:{seen.code}", reading.source.title, reading.digest)
    assert value.as_of == dt.datetime(2020, 3, 16, 8, tzinfo=dt.UTC) and seen.as_of == "2020-03-16T16:00"
    with pytest.raises(Invalid, match="单位“份”与指标“发放口罩”的单位“只”不同"):
        other = number_of(reading, "687")
        actions.accept_figures(reading.pk, [other], Choice(unit, "masks", as_of="2020-03-16", note="核实"), by=by, now=LATER)
    actions.correct_figure(reading.pk, number, Correction("3.6", "示例：刊发单位更正"), by=by, now=LATER)
    old, new = Value.objects.order_by("pk")
    assert (new.replaces, new.number, new.reason) == (old, 36_000, "示例：刊发单位更正")
    former, present = Observation.objects.filter(code=seen.code).order_by("pk")
    assert (present.replaces, present.base_value, present.reason, former.value) == (former, 36_000, "示例：刊发单位更正", 35)
    with pytest.raises(Invalid, match="更正原因"):
        actions.correct_figure(reading.pk, number, Correction("3.7", " "), by=by, now=LATER)


def test_what_is_no_datum_is_left_out_with_its_reason(reading, by, unit):
    number = number_of(reading, "100")
    with pytest.raises(Invalid, match="没有时点"):
        without = actions.read_bulletin(Handed("全区新增岗位60个。", unit), by=by, now=NOW)
        actions.accept_figures(without.pk, [1], Choice(unit), by=by, now=LATER)
    with pytest.raises(Invalid, match="请选择"):
        actions.reject_figures(reading.pk, [number], "unwanted", by=by, now=LATER)
    (row,) = actions.reject_figures(reading.pk, [number], "rhetorical", by=by, now=LATER)
    assert (row.state, row.rejection, row.observation) == ("rejected", "rhetorical", None)
    assert actions.reopen_figure(reading.pk, number, by=by, now=LATER).state == "open"
    with pytest.raises(NotFound):
        actions.reject_figures(reading.pk, [999], "rhetorical", by=by, now=LATER)


@pytest.mark.row("SUP-20")
def test_the_same_text_again_says_so(reading, by, unit):
    with pytest.raises(Conflict, match="已经读过") as caught:
        actions.read_bulletin(Handed(TEXT.replace("\n", "\r\n  "), unit), by=by, now=LATER)
    assert caught.value.fields == {"reading": str(reading.pk)}
    assert Reading.objects.count() == 1
    for text, said in (("  ", "没有正文"), ("数" * 100_001, "100001 字")):
        with pytest.raises(Invalid, match=said):
            actions.read_bulletin(Handed(text, unit), by=by, now=LATER)


def test_who_reads_and_who_sees(reading, cast, unit):
    other = hire(Role.STATISTICIAN, at=cast.other_zone)
    assert not access.readings_visible_to(other).exists() and not access.readings_visible_to(cast.stranger).exists()
    with pytest.raises(NotFound):
        actions.accept_figures(reading.pk, [1], Choice(unit), by=other, now=LATER)
    with pytest.raises(NotPermitted):
        actions.read_bulletin(Handed("新增60个岗位。", unit), by=cast.clerk, now=LATER)


def docx(text: str) -> SimpleUploadedFile:
    word, file = Word(), io.BytesIO()
    for line in text.split("\n"):
        word.add_paragraph(line)
    word.save(file)
    return SimpleUploadedFile("简报.docx", file.getvalue())


def test_the_pages(client, by, unit, django_assert_max_num_queries, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    enter(client, by)
    hostile = client.post("/figures/readings/new/", {"file": SimpleUploadedFile("a.docx", b"MZ\x90\x00"), "organisation": unit})
    assert "field-error" in hostile.content.decode() and not Reading.objects.exists()
    told = {"file": docx(TEXT), "organisation": unit, "issued_on": "2020-03-17"}
    answer = client.post("/figures/readings/new/", told, follow=True)
    reading = Reading.objects.get()
    assert reading.file is not None and answer.redirect_chain[-1][0] == f"/figures/readings/{reading.pk}/"
    page = f"/figures/readings/{reading.pk}/"
    with django_assert_max_num_queries(14):
        body = client.get(page).content.decode()
    assert "211.22%</a>" in body and "687份 + 560份" in body and "不成立" in body
    again = client.post("/figures/readings/new/", {"text": TEXT, "organisation": unit}).content.decode()
    assert "已经读过" in again and page in again
    with django_assert_max_num_queries(14):
        assert "示例区复工复产情况通报" in client.get("/figures/readings/?waiting=1&q=示例").content.decode()
    rate, last = number_of(reading, "211.22"), number_of(reading, "100")
    form = client.get(f"{page}accept/?figure={rate}").content.decode()
    assert "有重要疑点" in form
    given = {"organisation": unit, "day": "2020-03-16", "hour": "16:00", "scope": "全区建设工程", "note": ""}
    assert not Observation.objects.exists() and client.post(f"{page}accept/?figure={rate}", given).status_code == 200
    assert client.post(f"{page}accept/?figure={rate}", given | {"note": "已核实"}).status_code == 302
    seen = Observation.objects.get()
    assert seen.as_of == "2020-03-16T16:00" and page in client.get(f"/figures/{seen.code}/").content.decode()
    client.post(f"{page}reject/?figure={last}", {"reason": "rhetorical"})
    client.post(f"{page}{rate}/correct/", {"value": "211.2", "reason": "示例更正"})
    client.post(f"{page}{last}/reopen/")
    assert list(ReadFigure.objects.filter(number__in=[rate, last]).values_list("state", flat=True)) == ["accepted", "open"]
    assert Observation.objects.filter(replaced_by=None).get().value == 2112


def test_bounds_are_kept_in_words(reading, by, unit):
    number = number_of(reading, "3.5")
    (seen,) = actions.accept_figures(reading.pk, [number], Choice(unit, as_of="2020-03-16", scope="全区"), by=by, now=LATER)
    assert (seen.precision, seen.precision_word, Fraction(seen.base_value or 0)) == ("at_least", "余", 35_000)


def test_a_likely_indicator_is_offered_by_words_and_unit():
    known = [
        Definition("masks", "发放口罩", "只"),
        Definition("masks-cost", "口罩采购资金", "万元"),
        Definition("resumed", "复工企业数", "家"),
    ]
    assert likely("全区累计发放口罩", "万只", known) == "masks"
    assert likely("全区累计发放口罩", "家", known) == "" and likely("新增岗位", "个", known) == ""


def test_units_are_converted_only_within_what_they_count():
    assert in_unit(Fraction(7, 2), "万只", "只") == 35_000 and in_unit(Fraction(3), "亿元", "万元") == 30_000
    assert in_unit(Fraction(5), "户", "家") == 5 and in_unit(Fraction(5), "户", "人") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("上半年镇级财政收入8640万元：税收收入7210万元，非税收入1340万元。", "7210万元 + 1340万元 = 8550万元"),
        ("办理时限从15个工作日压缩到6个工作日，压缩60%。", "(6个工作日 − 15个工作日) ÷ 15个工作日 = -60%"),
        ("一般公共预算收入完成18.36亿元，同比增收1.36亿元，增长8%。", "1.36亿元 ÷ (18.36亿元 − 1.36亿元) = 8%"),
        ("平均办理时间由原来的5.5天缩短至2.2天，缩短3.3天。", "5.5天 − 2.2天 = 3.3天"),
        ("为25家企业发放稳岗补贴1150万元，户均46万元。", "1150万元 ÷ 25家 = 46万元"),
        ("向320户困难家庭每户发放慰问金500元，共16万元。", "500元 × 320户 = 16万元"),
    ],
)
def test_arithmetic_is_written_out_in_printed_units(by, unit, text, words):
    sheet = queries.sheet_of(actions.read_bulletin(Handed(text, unit), by=by, now=NOW))
    assert words in [one.words for one in sheet.relations]
