"""The pages as each part sees them: what they show, what they do, what they cost."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.rules.handling import PAGES
from songda.deliveries.service.demands.tests.board import HOUR, NOW, fresh
from songda.deliveries.service.demands.urls import urlpatterns
from songda.kernel import clock
from songda.kernel.screens.paging import page_of
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, Group, Word
from songda.ledger.evidence.models import Evidence
from songda.ledger.evidence.tests.samples import photo
from songda.registry.people.tests.cast import enter


@pytest.fixture
def on_the_day(settings, tmp_path):
    settings.CLOCK_SHIFT += NOW + 3 * HOUR - clock.now()
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(board, client, on_the_day):
    def as_part(actor):
        return enter(client, actor)

    return as_part


def form_of(page, **more):
    """What a browser would send back: the hidden fields of the form on a page, and what a person adds."""
    form = page.context["form"]
    return {name: form[name].value() for name in ("version", "request_key")} | more


def test_every_registered_step_has_its_page_and_no_other():
    steps = {one.name for one in urlpatterns if str(one.pattern).startswith("<int:case_id>/")}
    assert steps == {*PAGES, "appeal", "uphold", "reject"}


def test_a_desk_finds_the_firm_sees_the_likeness_and_files(board, site):
    client = site(board.cast.desk)
    case = board.file(title="急缺一线操作工人")
    assert "示例精密机械有限公司" in client.get("/demands/new/firms/?firm=精密").content.decode()
    assert "示例远方建材" not in client.get("/demands/new/firms/?firm=示例").content.decode()
    card = client.get(f"/demands/new/firms/{board.cast.firm.pk}/").content.decode()
    assert "在办 1 件" in card
    assert "示例包联干部" in card
    alike = client.get(f"/demands/new/alike/?subject={board.cast.firm.pk}&title=急缺一线工人").content.decode()
    assert case.number in alike
    given = {
        "subject": board.cast.firm.pk,
        "title": "夜班交通不便",
        "difficulty": "ordinary",
        "channel": "phone",
        "origin": "firm",
    }
    assert client.post("/demands/new/", {**given, "request_key": "k"}).status_code == 302
    assert client.post("/demands/new/", {**given, "request_key": "k"}).status_code == 302
    assert Case.objects.filter(title="夜班交通不便").count() == 1
    assert client.post("/demands/new/", {**given, "subject": "", "request_key": "n"}).status_code == 400
    assert client.post("/demands/new/", {**given, "subject": board.cast.other_firm.pk, "request_key": "n"}).status_code == 404


def test_a_kinds_own_fields_are_asked_for(board, site):
    client = site(board.cast.clerk)
    page = client.get("/demands/own/new/?kind=policy-problem")
    assert {"extra_measure", "extra_cause"} <= set(page.context["form"].fields)
    wrong = client.post("/demands/own/new/?kind=policy-problem", {"title": "补贴未到", "request_key": "k"})
    assert wrong.status_code == 400
    assert wrong.context["form"].errors["extra_measure"]


def test_a_firm_is_shown_what_it_asked_already_before_it_asks_again(board, site):
    client = site(board.cast.clerk)
    board.file(title="急缺一线操作工人")
    given = {"title": "急缺一线工人", "text": "", "category": "", "request_key": "k"}
    assert "您已提过相近的诉求" in client.post("/demands/own/new/", given).content.decode()
    assert client.post("/demands/own/new/", {**given, "anyway": "yes"}).status_code == 302
    assert Case.objects.count() == 2


def test_one_click_in_the_pool_assigns_what_was_suggested(board, site):
    client = site(board.cast.dispatcher)
    case = board.file()
    page = client.get("/demands/pool/").content.decode()
    assert "按规则第 1 条" in page
    assert "分办给甲区科工信局" in page
    sent = {
        "lead": board.cast.bureau.pk, "support": board.cast.street_office.pk, "note": "按规则第 1 条", "version": case.version,
        "request_key": f"pool-{case.pk}-{case.version}", "back": "/demands/pool/",
    }  # fmt: skip
    for _ in range(2):
        answer = client.post(f"/demands/{case.pk}/assign/", sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/demands/pool/")
    assert (fresh(case).lead, case.parties.count()) == (board.cast.bureau, 2)


def test_a_refusal_comes_back_with_what_was_written(board, site):
    case = board.working()
    client = site(board.cast.desk)
    page = client.get(f"/demands/{case.pk}/propose/")
    sent = form_of(page, outcome="solved", told="已对接人才市场。", evidence_kind="photo")
    answer = client.post(f"/demands/{case.pk}/propose/", sent)
    assert answer.status_code == 400
    assert "报结须附办理凭证" in answer.content.decode()
    assert "已对接人才市场。" in answer.content.decode()
    upload = SimpleUploadedFile("回执.jpg", photo(), content_type="image/jpeg")
    again = form_of(answer, outcome="solved", told="已对接人才市场。", evidence_kind="photo", attached=upload)
    assert client.post(f"/demands/{case.pk}/propose/", again).status_code == 302
    assert (fresh(case).state, Evidence.objects.count(), case.evidence.count()) == ("proposed", 1, 1)


def test_nothing_of_a_refused_step_is_kept(board, site):
    case = board.working()
    client = site(board.cast.desk)
    page = client.get(f"/demands/{case.pk}/propose/")
    upload = SimpleUploadedFile("回执.jpg", photo(), content_type="image/jpeg")
    sent = form_of(page, outcome="impossible", told="不行", evidence_kind="photo", attached=upload)
    assert client.post(f"/demands/{case.pk}/propose/", sent).status_code == 400
    assert not Evidence.objects.exists()


def test_the_firm_reads_where_it_stands_and_answers(board, site):
    case = board.proposed()
    client = site(board.cast.clerk)
    page = client.get("/demands/own/").content.decode()
    assert "认可，给个评价" in page
    assert "首批 20 人到岗" in page
    form = client.get(f"/demands/{case.pk}/confirm/")
    assert "有人联系过您吗" in form.content.decode()
    sent = form_of(form, contacted="yes", useful="no", grade="3", text="还行")
    assert client.post(f"/demands/{case.pk}/confirm/", sent).headers["Location"] == "/demands/own/"
    word = Word.objects.get(case=case)
    assert (word.contacted, word.useful, word.grade, word.text) == (True, False, "3", "还行")


def test_the_return_visit_desk_hides_ones_own_work(board, site):
    case = board.proposed()
    assert case.number in site(board.inspector).get("/demands/revisits/").content.decode()
    client = site(board.inspector)
    form = client.get(f"/demands/{case.pk}/revisit_missed/")
    client.post(f"/demands/{case.pk}/revisit_missed/", form_of(form, note="无人接听"))
    assert case.number not in client.get("/demands/revisits/?x").content.decode() or fresh(case).state == "proposed"
    assert site(board.cast.desk).get("/demands/revisits/").status_code == 403


def test_mine_shows_what_is_asked_of_me_and_only_what_i_may_do(board, site):
    case = board.working()
    actions.hand_over(case.pk, board.cast.street_office.pk, Said(note="属地"), by=board.cast.desk, now=NOW)
    page = site(board.cast.street).get("/demands/mine/").content.decode()
    assert "接受移交" in page
    assert f"/demands/{case.pk}/propose/" not in page
    assert f"/demands/{case.pk}/propose/" in site(board.cast.desk).get("/demands/mine/").content.decode()
    form = site(board.cast.street).get(f"/demands/{case.pk}/refuse_over/")
    answer = site(board.cast.street).post(f"/demands/{case.pk}/refuse_over/", form_of(form, note="不属本街道"))
    assert answer.headers["Location"] == f"/cases/{case.pk}/"


def test_the_record_offers_what_fits_and_says_why_not_the_rest(board, site):
    case = board.working()
    page = site(board.cast.desk).get(f"/cases/{case.pk}/").content.decode()
    for name in ("propose", "pause", "ask_extension", "hand_over", "ask_support"):
        assert f"/demands/{case.pk}/{name}/" in page
    for name in ("take_over", "extend", "answer_support", "close", "confirm"):
        assert f"/demands/{case.pk}/{name}/" not in page
    actions.ask_extension(case.pk, 3, Said(note="等查验"), by=board.cast.desk, now=NOW)
    assert f"/demands/{case.pk}/extend/" in site(board.cast.dispatcher).get(f"/cases/{case.pk}/").content.decode()


@pytest.mark.row("SVC-63")
def test_groups_from_proposal_to_a_change(board, site):
    cases = [board.file(title=f"缺工{n}") for n in range(2)]
    client = site(board.cast.dispatcher)
    assert "归并为一个问题" in client.get("/demands/groups/").content.decode()
    sent = {"title": "缺工", "cause": "rule", "case": [case.pk for case in cases]}
    assert client.post("/demands/groups/new/", sent).status_code == 302
    group = Group.objects.get()
    answer = client.post(f"/demands/groups/{group.pk}/", {"proposal": "返岗核验由社区代办", "changed_on": "2020-03-20"})
    assert answer.status_code == 302
    assert "返岗核验由社区代办" in client.get(f"/demands/groups/{group.pk}/").content.decode()
    assert site(board.cast.stranger).get(f"/demands/groups/{group.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("part", "address"), [("dispatcher", "/demands/pool/"), ("desk", "/demands/mine/"), ("clerk", "/demands/own/")]
)
def test_desks_cost_the_same_for_any_length(board, site, part, address, django_assert_max_num_queries):
    actor = getattr(board.cast, part)
    for n in range(2):
        board.file(title=f"甲{n}", category=("labour", "power")[n])
        board.working(title=f"乙{n}")
    client = site(actor)
    client.get(address)
    with django_assert_max_num_queries(60) as seen:
        client.get(address)
    few = len(seen)
    for n in range(6):
        board.file(title=f"丙{n}", category=("labour", "power")[n % 2])
        board.working(title=f"丁{n}", at=NOW + HOUR)
    with django_assert_max_num_queries(few):
        client.get(address)


def test_ones_own_matters_and_return_visits_are_paged(board, site, monkeypatch):
    for n in range(3):
        board.working(title=f"甲{n}")
    monkeypatch.setattr("songda.deliveries.service.demands.pages.desks.page_of", partial(page_of, size=2))
    client = site(board.cast.desk)
    first = client.get("/demands/mine/")
    assert len(first.context["shown"]) == 2
    assert sum(n for _lamp, n in first.context["lamps"]) == 3, "the lamps count all, not the page"
    second = client.get("/demands/mine/", {"after": first.context["page"].after})
    assert len(second.context["shown"]) == 1
    assert not second.context["page"].after


def test_leave_is_noted_by_oneself(board, site):
    client = site(board.cast.desk)
    assert "示例同事" in client.get("/leave/").content.decode()
    sent = {"first": "2020-03-11", "last": "2020-03-12", "deputy": board.colleague.post_id, "reason": "培训"}
    assert client.post("/leave/", sent).status_code == 302
    assert "销假" in client.get("/leave/").content.decode()
    assert client.post("/leave/", sent).status_code == 200  # refused: noted already
    assert site(board.cast.clerk).get("/leave/").status_code == 403


def test_the_case_may_be_closed_at_the_dispatchers_desk(board, site):
    case = board.confirmed()
    client = site(board.cast.dispatcher)
    assert f"/demands/{case.pk}/close/" in client.get("/demands/pool/").content.decode()
    form = client.get(f"/demands/{case.pk}/close/")
    assert client.post(f"/demands/{case.pk}/close/", form_of(form)).status_code == 302
    assert fresh(case).state == "closed"


def test_a_low_rating_is_appealed_from_ones_own_desk_and_decided_at_the_dispatchers(board, site):
    case = board.confirmed(grade="2")
    client = site(board.cast.desk)
    assert f"/demands/{case.pk}/appeal/" in client.get("/demands/mine/").content.decode()
    form = client.get(f"/demands/{case.pk}/appeal/")
    assert client.post(f"/demands/{case.pk}/appeal/", form_of(form, note="评价对象有误")).status_code == 302
    appeal = Case.objects.get(machine="objection")
    client = site(board.cast.dispatcher)
    assert f"/demands/{appeal.pk}/uphold/" in client.get("/demands/pool/").content.decode()
    form = client.get(f"/demands/{appeal.pk}/uphold/")
    assert client.post(f"/demands/{appeal.pk}/uphold/", form_of(form, note="属实")).status_code == 302
    assert Word.objects.get(case=case).struck_at is not None


@pytest.mark.row("POL-14")
def test_the_firms_page_shows_what_is_open_and_offers_to_enter_more(board, site):
    extra = {"measure": "稳岗补贴", "cause": "materials"}
    case = board.file(kind="policy-problem", title="稳岗补贴没有到账", extra=extra)
    page = site(board.cast.officer).get(f"/firms/{board.cast.firm.pk}/").content.decode()
    assert case.number in page
    assert f"/demands/new/?subject={board.cast.firm.pk}" in page
    assert queries.policy_problems(board.cast.firm.pk, board.cast.officer) == [case]
    assert queries.policy_problems(board.cast.firm.pk, board.cast.stranger) == []
