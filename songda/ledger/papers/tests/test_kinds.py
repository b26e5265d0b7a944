"""Every kind of the catalogue: created, numbered without gaps, printed, found again (SUP-23)."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from docx import Document as Word

from songda.kernel.errors import Invalid
from songda.ledger.papers import access, actions, packs, queries
from songda.ledger.papers.actions import NewPaper
from songda.ledger.papers.models import KindVersion, Paper
from songda.ledger.papers.queries import Wanted
from songda.ledger.papers.rules.kinds import kind_of
from songda.ledger.papers.rules.list_sources import SOURCES, ListRows, register_list
from songda.ledger.papers.tests.ground import catalogue, lay
from songda.registry.actors import Actor, system
from songda.registry.people.rules.matrix import PERMISSIONS
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire

EVERY = frozenset().union(*PERMISSIONS.values()) - {"firm.read", "firm.act"}


def redeemed(area_path: str, actor: Actor, now: object) -> ListRows:
    """Stands in for the room of money, which is not there yet."""
    return ListRows(("企业", "政策", "金额"), (("示例企业", "稳岗返还", "1万元"),))


def anybody(cast, role: Role) -> Actor:
    """Somebody of the zone with every right: for tests of kinds, not of permissions."""
    one = hire(role, at=cast.zone)
    return Actor(one.account_id, one.person_id, one.post_id, one.name, one.role, EVERY, one.area_paths, one.organisation_id)


def of_kind(cast, kind, by: Actor, at: int) -> Paper:
    fields = {one.key: f"{one.label}内容{at}号" for one in kind.fields}
    subject = cast.firm.pk if kind.about_firm else None
    return actions.draft_paper(NewPaper(kind.code, cast.zone.pk, fields, subject), by=by, now=NOW)


@pytest.mark.row("SUP-23")
def test_each_kind_is_created_numbered_without_gaps_printed_and_found(cast, monkeypatch):
    monkeypatch.setitem(SOURCES, "money.redeemed", ("兑现", f"{__name__}.redeemed"))
    lay(cast)
    drafter, issuer = anybody(cast, Role.DISPATCHER), anybody(cast, Role.DISPATCHER)
    kinds = [kind_of(one) for one in catalogue()["kinds"]]
    for at, kind in enumerate(kinds):
        paper = actions.issue_paper(of_kind(cast, kind, drafter, at).pk, by=issuer, now=NOW)
        _found, docx = actions.print_paper(paper.pk, "docx", by=issuer, now=NOW)
        said = "".join(one.text for one in Word(io.BytesIO(docx)).paragraphs)
        assert paper.number in said.replace("\n", ""), kind.code
        hits = queries.listed(issuer, Wanted(text=paper.number, kind=kind.code, year=2020, unit=cast.zone.pk))
        assert paper in hits, kind.code
        words = paper.title.replace("“", " ").replace("”", " ")[:8].split()[0]
        assert paper in queries.listed(issuer, Wanted(text=words)), kind.code
    of_series: dict[str, list[int]] = {}
    for series, ordinal in Paper.objects.order_by("ordinal").values_list("series", "ordinal"):
        of_series.setdefault(series, []).append(ordinal)
    assert all(given == list(range(1, len(given) + 1)) for given in of_series.values())
    assert sum(map(len, of_series.values())) == len(kinds) == 38
    assert "郑高新〔2020〕{n}号" in of_series


@pytest.mark.row("SUP-23")
def test_a_pdf_bears_number_words_and_stamp(cast):
    lay(cast)
    drafter, issuer = anybody(cast, Role.DISPATCHER), anybody(cast, Role.DISPATCHER)
    draft = of_kind(cast, kind_of(next(one for one in catalogue()["kinds"] if one["code"] == "notice-deposits")), drafter, 1)
    assert "草稿" in words(actions.print_paper(draft.pk, "pdf", by=issuer, now=NOW)[1])
    paper = actions.issue_paper(draft.pk, by=issuer, now=NOW)
    first, again = (actions.print_paper(paper.pk, "pdf", by=issuer, now=NOW)[1] for _time in range(2))
    assert first == again
    assert {"郑高新〔2020〕1号", "2020年3月10日", "甲开发区文件"} <= set(said_in(first, paper))
    assert "草稿" not in words(first)


def said_in(pdf: bytes, paper: Paper) -> list[str]:
    text = words(pdf)
    return [one for one in (paper.number, "2020年3月10日", "甲开发区文件") if one in text]


def words(pdf: bytes) -> str:
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def test_a_changed_kind_is_a_new_version_and_papers_keep_theirs(cast):
    lay(cast)
    kinds = [dict(one) for one in catalogue()["kinds"]]
    before = KindVersion.objects.get(code="thanks", retired_at=None)
    kinds[[one["code"] for one in kinds].index("thanks")]["retention"] = 5
    assert packs.load([{"kinds": kinds}], by=system(), now=NOW) == 1
    after = KindVersion.objects.get(code="thanks", retired_at=None)
    assert (before.number, after.number, access.spec_of(after).retention) == (1, 2, 5)
    assert packs.load([{"kinds": kinds[1:]}], by=system(), now=NOW) == 1  # one no longer declared
    assert not KindVersion.objects.filter(code=kinds[0]["code"], retired_at=None).exists()


def test_what_does_not_hold_together_is_told():
    good = catalogue()["kinds"][0]
    for change, word in (
        ({"number": "{mark}〔{year}〕号"}, "编号"),
        ({"title": "{nobody}方案"}, "不是栏目"),
        ({"source": "cases.ledger"}, "来源"),
        ({"issue": ["people.edit"]}, "权限"),
    ):
        assert word in "".join(packs.faults_of({"kinds": [{**good, **change}]}))
    assert "重复" in packs.faults_of({"kinds": [good, good]})[0]


def test_a_field_that_must_be_there_is_asked_for_at_issuing(cast):
    lay(cast)
    drafter, issuer = anybody(cast, Role.DISPATCHER), anybody(cast, Role.DISPATCHER)
    draft = actions.draft_paper(NewPaper("notice-deposits", cast.zone.pk, {"about": "保证金"}), by=drafter, now=NOW)
    with pytest.raises(Invalid, match="正文"):
        actions.issue_paper(draft.pk, by=issuer, now=NOW)


def test_two_rooms_may_not_offer_one_list():
    register_list("cases.ledger", "x", SOURCES["cases.ledger"][1])
    with pytest.raises(ValueError, match="two lists"):
        register_list("cases.ledger", "x", "songda.elsewhere")
