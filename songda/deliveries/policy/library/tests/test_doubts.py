from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import settle_condition, settle_doubt, withdraw_measure
from songda.deliveries.policy.library.models import ReadingDoubt
from songda.deliveries.policy.library.rules.judgement import needs_judgement
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, confirmed, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid, NotPermitted

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def document(cast):
    found = received(cast.editor, cast.zone.area_path)
    found.doubts.all().delete()
    return found


def doubts(document, actor):
    return queries.doubts_of(queries.desk_of(document, actor), document)


def test_the_most_doubtful_stands_first_then_the_order_of_the_text(cast, document):
    withdraw_measure(drafts_of(document)[3].pk, reason="示例", by=cast.editor, now=NOW)
    found = doubts(document, cast.editor)
    assert [(-one.weight, one.start) for one in found] == sorted((-one.weight, one.start) for one in found)
    assert (found[0].anchor, found[0].kind) == ("package", "count")
    assert "自称 4 项举措，现有 3 项" in found[0].sentence


def test_each_sort_of_doubt_is_told_with_its_place(cast, document):
    ReadingDoubt.objects.create(
        document=document, kind="figure", weight=9, message="请核对数字。", start=80, end=83, quote="示例"
    )
    told = doubts(document, cast.editor)
    found = {one.kind: one for one in told}
    conditions = {one.quote: one for version in drafts_of(document) for one in version.open_conditions.all()}
    assert f"c{conditions['入驻孵化载体'].pk}" in {one.anchor for one in told if one.kind == "condition"}
    assert found["proposal"].weight < found["condition"].weight
    assert found["lacks"].anchor.startswith("v")
    assert found["department"].anchor == f"r{document.articles.all()[1].pk}"
    assert "甲区审批局" in found["department"].sentence
    assert found["article"].anchor == f"r{document.articles.last().pk}"
    assert found["figure"].anchor == f"d{document.doubts.get().pk}"


def test_what_is_settled_or_confirmed_is_no_doubt(cast, document):
    doubt = ReadingDoubt.objects.create(document=document, kind="figure", weight=9, message="请核对。", start=80, end=83)
    settle_doubt(doubt.pk, reason="无误", by=cast.editor, now=NOW)
    confirmed(drafts_of(document)[0], cast.editor)
    condition = drafts_of(document)[1].open_conditions.first()
    settle_condition(condition.pk, reason="窗口判断", by=cast.editor, now=NOW)
    anchors = {one.anchor for one in doubts(document, cast.editor)}
    assert not anchors & {f"d{doubt.pk}", f"v{drafts_of(document)[0].pk}", f"c{condition.pk}"}
    assert AuditEntry.objects.get(action="policy.settle_doubt").after["settled"] == "无误"


def test_a_doubt_is_settled_with_a_reason_by_editors(cast, document):
    doubt = ReadingDoubt.objects.create(document=document, kind="figure", weight=9, message="请核对。", start=80, end=83)
    with pytest.raises(Invalid):
        settle_doubt(doubt.pk, reason=" ", by=cast.editor, now=NOW)
    with pytest.raises(NotPermitted):
        settle_doubt(doubt.pk, reason="无误", by=cast.publisher, now=NOW)


def test_words_of_judgement_weigh_more(cast):
    text = PACKAGE.replace("对入驻孵化载体的小微企业", "对入驻孵化载体且社会影响力较大的小微企业")
    document = received(cast.editor, cast.zone.area_path, text)
    kinds = {one.kind for one in doubts(document, cast.editor)}
    assert "judgement" in kinds


@pytest.mark.parametrize(
    ("phrase", "judged"),
    [
        ("带动作用明显", True),
        ("经主管部门认定", True),
        ("生产经营暂时困难", True),
        ("符合有关条件", True),
        ("用工人数10人以上", False),
        ("在本区注册", False),
        ("一定期限内未裁员", False),
    ],
)
def test_what_weighs_and_what_measures(phrase, judged):
    assert needs_judgement(phrase) is judged


def test_doubts_take_the_same_queries_however_long_the_text(cast, document, django_assert_num_queries):
    more = "".join(
        f"{n}、示例条。对影响较大的企业给予{i}万元补贴。（责任单位：甲区某局）\n" for i, n in enumerate("三四五六七八", 1)
    )
    long = received(cast.editor, cast.zone.area_path, PACKAGE.replace("三、", f"{more}九、"))
    for one in (document, long):
        desk = queries.desk_of(one, cast.editor)
        with django_assert_num_queries(3):
            queries.doubts_of(desk, one)
