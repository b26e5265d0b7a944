"""Documents and measures are found by what stands in them, by initials and by number (POL-34)."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.library import actions, queries
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.rules.kinds import kind_of_title
from songda.deliveries.policy.library.tests.texts import PACKAGE, received
from songda.kernel.search.models import Entry
from songda.registry.codes.models import Dictionary
from songda.registry.codes.models import Entry as Code
from songda.registry.people.tests.cast import NOW, enter

pytestmark = pytest.mark.usefixtures("catalogue")
ON = dt.date(2020, 3, 1)
NOTICE = """甲区人民政府关于疫情期间施工许可手续办理的通知
甲政〔2020〕7号
各有关单位：
为做好服务，通知如下：
一、简化手续。对复工项目实行承诺制，容缺办理施工许可。（责任单位：甲区审批局）
甲区人民政府
2020年2月25日
"""


@pytest.fixture
def kinds(db: None) -> None:
    book = Dictionary.objects.create(code="document-kinds", edition="1", name="文种", digest="0" * 64)
    labels = {"notice": "通知", "measures": "若干措施", "plan": "方案", "month-plan": "活动月实施方案"}
    Code.objects.bulk_create(
        Code(dictionary=book, code=code, label=label, ordinal=n) for n, (code, label) in enumerate(labels.items())
    )


@pytest.fixture
def documents(cast, kinds) -> list[Document]:
    made = [received(cast.editor, cast.zone.area_path), received(cast.editor, cast.zone.area_path, NOTICE)]
    actions.file_document(made[1].pk, ["projects", "service"], by=cast.editor, now=NOW)
    return made


def found(cast, **asked) -> list[str]:
    return [row.document.title[-6:] for row in queries.find_documents(cast.editor, asked, on=ON).rows]


@pytest.mark.row("POL-34")
@pytest.mark.parametrize("words", ["容缺", "施工许可手续", "sgxk", "甲政〔2020〕7号", "甲政[2020]7号", "手续 承诺制"])
def test_a_document_is_found_by_words_initials_and_number(documents, cast, words):
    assert found(cast, q=words) == ["手续办理的通知"[-6:]]


def test_facets_are_counted_with_their_words(documents, cast):
    choices = queries.find_documents(cast.editor, {}, on=ON).choices
    assert ("notice", "通知", 1) in choices["kind"]
    assert ("measures", "若干措施", 1) in choices["kind"]
    assert {value: number for value, _, number in choices["category"]} == {"projects": 1, "service": 1}
    assert found(cast, category="service", kind="notice", year="2020") == ["续办理的通知"]
    assert found(cast, kind="plan") == []


def test_corrections_reach_the_index_in_the_same_transaction(documents, cast):
    actions.edit_document(documents[1].pk, {"title": "另行命名的公告", "number": "甲发9号"}, by=cast.editor, now=NOW)
    assert found(cast, q="另行命名") == ["另行命名的公告"[-6:]]
    assert found(cast, q="甲发9号") == ["行命名的公告"]


def test_a_reader_finds_only_what_others_published(documents, cast):
    assert queries.find_documents(cast.desk, {"q": "容缺"}, on=ON).total == 0


def test_rebuilding_gives_the_same(documents, cast):
    before = queries.find_documents(cast.editor, {"q": "小微企业"}, on=ON).total
    Entry.objects.all().delete()
    assert actions.rebuild_index() == (2, 0)
    assert queries.find_documents(cast.editor, {"q": "小微企业"}, on=ON).total == before > 0


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发《若干措施》的通知", "notice"),
        ("支持中小微企业若干措施（试行）", "measures"),
        ("送政策、送服务、送要素、强信心活动月实施方案", "month-plan"),
        ("落实方案〔修订〕", "plan"),
        ("《稳岗若干措施》", "measures"),
        ("一封信", ""),
        ("", ""),
    ],
)
def test_kinds_by_the_end_of_the_title(title, kind):
    labels = {"notice": "通知", "measures": "若干措施", "plan": "方案", "month-plan": "活动月实施方案"}
    assert kind_of_title(title, labels) == kind


def test_the_page_shows_words_and_counts(documents, cast, client, django_assert_max_num_queries):
    enter(client, cast.editor)
    with django_assert_max_num_queries(40):
        page = client.get("/policy/documents/?q=施工许可手续").content.decode()
    assert "<mark>施工许可手续</mark>" in page
    assert "通知（1）" in page
    assert PACKAGE.splitlines()[0] not in page
