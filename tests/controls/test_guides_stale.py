"""Controls: a stale guide is not shown as current (POL-11); no measure is published without a valid contact, and one whose contact left is
listed (POL-13); the green channel comes first."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest

from songda.deliveries.policy.guides import actions, queries
from songda.deliveries.policy.guides.models import GuideVersion
from songda.deliveries.policy.guides.tests.conftest import industries, ledger
from songda.deliveries.policy.guides.tests.measures import in_force
from songda.deliveries.policy.library.actions import confirm_measure, give_contact, publish_measure
from songda.deliveries.policy.library.models import ContactCard, MeasureVersion
from songda.deliveries.policy.library.queries import without_contact
from songda.deliveries.policy.library.tests.texts import CONTACT, completed, drafts_of, received
from songda.kernel import clock
from songda.kernel.errors import Invalid
from songda.ledger.cases.models import ORDINARY, Case
from songda.ledger.cases.queries import Wanted, listed
from songda.ledger.cases.tests.ground import demand
from songda.registry.people.models import Post
from songda.registry.people.tests.cast import DAY, NOW, enter
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue", "industries", "ledger"]
pytestmark = pytest.mark.usefixtures("industries", "ledger")
CURRENT, STALE = "现行</span>", "已过期，待重新发布"


@pytest.fixture
def on_the_day(settings) -> None:
    """The clock stands at the cast's day."""
    settings.CLOCK_SHIFT += NOW - clock.now()


@pytest.mark.row("POL-11")
def test_a_stale_guide_is_never_shown_as_current_and_without_the_check_it_is(cast, client, monkeypatch, on_the_day):
    measures = in_force(cast)
    version = actions.issue_guide("making", cast.zone.area_path, by=cast.publisher, now=NOW)
    address, visitor = f"/policy/guides/{version.guide_id}/", enter(client, cast.editor)
    assert CURRENT in visitor.get(address).content.decode()
    give_contact(measures[0].pk, {**CONTACT, "phone": "0371-0000 0188"}, by=cast.editor, now=NOW)
    for page in (address, "/policy/guides/"):
        text = visitor.get(page).content.decode()
        assert STALE in text
        assert CURRENT not in text
    monkeypatch.setattr(queries, "is_current", lambda *_args: True)
    assert CURRENT in visitor.get(address).content.decode()
    assert GuideVersion.objects.get(pk=version.pk).stale_at is None  # the page does not wait for the job


@pytest.mark.row("POL-13")
def test_no_measure_goes_out_without_a_valid_contact_and_without_the_check_it_does(cast, monkeypatch):
    draft = completed(drafts_of(received(cast.editor, cast.zone.area_path))[0], cast.editor)
    ContactCard.objects.filter(measure=draft.measure).update(valid_until=DAY - dt.timedelta(days=1))
    confirm_measure(draft.pk, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="联系卡"):
        publish_measure(draft.pk, by=cast.publisher, now=NOW)
    publishing = import_module("songda.deliveries.policy.library.actions.publish_measure")
    monkeypatch.setattr(publishing, "refuse_without_contact", lambda *_args: None)
    assert publish_measure(draft.pk, by=cast.publisher, now=NOW).state == "published"


@pytest.mark.row("POL-13")
def test_a_measure_whose_contact_left_is_listed_and_one_not_bound_to_the_post_is_not(cast):
    bound, free = in_force(cast)[:2]
    MeasureVersion.objects.filter(pk=bound.pk).update(department=cast.bureau)
    give_contact(bound.pk, {**CONTACT, "post_id": cast.desk.post_id}, by=cast.editor, now=NOW)
    assert without_contact(cast.editor, DAY) == []
    Post.objects.filter(pk=cast.desk.post_id).update(ends_on=DAY)
    assert [one.version for one in without_contact(cast.editor, DAY)] == [bound]
    ContactCard.objects.filter(measure=bound.measure).update(post=None)
    assert without_contact(cast.editor, DAY) == []
    assert free.state == "published"


@pytest.mark.row("POL-13")
def test_the_green_channel_comes_first_and_without_its_rank_it_does_not(cast):
    early = demand(cast)
    version = in_force(cast)[0]
    question = actions.Question("question", "怎么申请？")
    green = actions.ask_through_card(version.pk, question, by=cast.clerk, now=NOW + dt.timedelta(days=30))
    assert [one.pk for one in listed(cast.dispatcher, Wanted(), NOW)] == [green.pk, early.pk]
    Case.objects.filter(pk=green.pk).update(rank=ORDINARY)
    assert [one.pk for one in listed(cast.dispatcher, Wanted(), NOW)] == [early.pk, green.pk]
