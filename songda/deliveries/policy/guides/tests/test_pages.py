"""The pages: who opens them, what they say, how many queries they take."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.guides import actions
from songda.deliveries.policy.guides.tests.measures import in_force
from songda.deliveries.policy.library.tests.texts import CONTACT
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.registry.people.tests.cast import NOW, enter

pytestmark = pytest.mark.usefixtures("industries", "ledger")


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """Pages read the clock of the cast's day."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.row("POL-11")
def test_a_guide_is_read_printed_and_issued_again_in_the_same_number_of_queries(cast, client, django_assert_max_num_queries):
    in_force(cast)
    for group in ("making", "medicine", "catering"):
        version = actions.issue_guide(group, cast.zone.area_path, by=cast.publisher, now=NOW)
    visitor, address = enter(client, cast.clerk), f"/policy/guides/{version.guide_id}/"
    with django_assert_max_num_queries(40):
        assert CONTACT["phone"] in visitor.get(address).content.decode()
    with django_assert_max_num_queries(40):
        assert "制造业" in visitor.get("/policy/guides/").content.decode()
    paper = visitor.get(f"{address}paper/?as=docx")
    assert paper.status_code == 200
    assert paper["Content-Disposition"].endswith('guide-catering-1.docx"')
    assert visitor.post(f"{address}subscribe/").status_code == 302
    publisher = enter(client, cast.publisher)
    form = {"group": "making", "area_path": cast.zone.area_path}
    assert "无须重新发布" in publisher.post("/policy/guides/issue/", form, follow=True).content.decode()


@pytest.mark.row("POL-13")
def test_a_firm_asks_through_the_card_from_the_public_page(cast, client, django_assert_max_num_queries):
    version = in_force(cast)[0]
    visitor = enter(client, cast.clerk)
    with django_assert_max_num_queries(30):
        page = visitor.get("/policy/guides/contacts/").content.decode()
    assert page.count(CONTACT["phone"]) >= 4
    address = f"/policy/guides/ask/{version.pk}/"
    assert CONTACT["section"] in visitor.get(address).content.decode()
    answer = visitor.post(address, {"asks": "claim", "text": "怎样申请？", "key": "k"})
    case = Case.objects.get(kind__kind__code="green-channel")
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert visitor.post(address, {"asks": "claim", "text": "", "key": "k2"}).status_code == 200
    assert Case.objects.count() == 1


@pytest.mark.row("POL-13")
def test_an_editor_gives_and_ends_a_card(cast, client):
    version = in_force(cast)[0]
    visitor, address = enter(client, cast.editor), f"/policy/guides/cards/{version.pk}/"
    told = {"section": "新科室", "post_title": "专员", "phone": "0371-0000 0123", "valid_from": "2020-03-10"}
    assert visitor.post(address, told).status_code == 302
    page = visitor.get(address).content.decode()
    assert "新科室" in page
    card = version.measure.cards.get(phone="0371-0000 0123")
    assert "已停用" in visitor.post(f"{address}end/", {"card": card.pk}, follow=True).content.decode()
    assert visitor.get("/policy/guides/cards/").status_code == 200
    assert visitor.get("/policy/guides/red-lines/").status_code == 200
    assert enter(client, cast.dispatcher).get("/policy/guides/green/").status_code == 200
