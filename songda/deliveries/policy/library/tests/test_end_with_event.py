"""Validity by day, and the event on which documents end: told by one, confirmed by another, once (POL-34)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.deliveries.policy.library import actions, queries
from songda.deliveries.policy.library.models import Document, EndEvent
from songda.deliveries.policy.library.states import Validity
from songda.deliveries.policy.library.tests.rules_at_hand import all_published
from songda.deliveries.policy.library.tests.texts import received
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, hire

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = dt.date(2020, 3, 1)


@pytest.fixture
def editor(cast):
    return hire(Role.POLICY_EDITOR, at=cast.city)


@pytest.fixture
def publisher(cast):
    return hire(Role.POLICY_PUBLISHER, at=cast.city)


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def made(cast, **given) -> Document:
    document = received(cast.editor, cast.zone.area_path)
    frame = {"valid_from": None, "valid_until": None, "issued_on": DAY} | given
    return actions.edit_document(document.pk, frame, by=cast.editor, now=NOW)


@pytest.mark.parametrize(
    ("frame", "day", "state"),
    [
        ({}, later(-1), Validity.NOT_YET),
        ({}, DAY, Validity.IN_FORCE),
        ({"valid_from": later(5)}, later(4), Validity.NOT_YET),
        ({"valid_from": later(5)}, later(5), Validity.IN_FORCE),
        ({"valid_until": later(5)}, later(5), Validity.IN_FORCE),
        ({"valid_until": later(5)}, later(6), Validity.EXPIRED),
        ({"ends_with": "epidemic-end"}, later(500), Validity.UNTIL_EVENT),
        ({"ends_with": "epidemic-end", "valid_until": later(5)}, later(6), Validity.EXPIRED),
    ],
)
def test_validity_by_day(cast, frame, day, state):
    assert queries.validity_of(made(cast, **frame), day) == state


def test_a_document_superseded(cast):
    old = made(cast)
    new = Document.objects.create(
        title="新", level="district", area_path=old.area_path, issued_on=later(10), text="新", digest="n" * 64, received_at=NOW
    )
    actions.set_relation(
        new.pk,
        old.pk,
        kind="supersedes",
        by=replace(cast.publisher, permissions=cast.publisher.permissions | {"policy.edit"}),
        now=NOW,
    )
    assert queries.validity_of(old, later(9)) == Validity.IN_FORCE
    assert queries.validity_of(old, later(10)) == Validity.SUPERSEDED


@pytest.mark.row("POL-34")
def test_ending_the_epidemic_ends_documents_and_measures(cast, editor, publisher):
    version = all_published(cast)[0]
    document = Document.objects.get(articles__cited_by__version=version)
    actions.edit_document(document.pk, {"ends_with": "epidemic-end", "valid_until": None}, by=cast.editor, now=NOW)
    told = actions.tell_event("epidemic-end", on=later(30), reason="示例公告", by=editor, now=NOW)
    assert version in queries.published_versions(later(31))  # told, not confirmed
    actions.confirm_event(told.pk, by=publisher, now=NOW)
    assert version in queries.published_versions(later(30))
    assert version not in queries.published_versions(later(31))
    assert queries.validity_of(document, later(30)) == Validity.UNTIL_EVENT
    assert queries.validity_of(document, later(31)) == Validity.EXPIRED
    assert "事件" in queries.may_apply(version, later(31)).sentence
    ending = next(one for one in queries.endings() if one.code == "epidemic-end")
    assert (ending.documents, ending.measures) == (1, 4)


def test_an_event_is_set_once(editor, publisher):
    told = actions.tell_event("epidemic-end", on=DAY, reason="示例公告", by=editor, now=NOW)
    with pytest.raises(Conflict):
        actions.tell_event("epidemic-end", on=later(1), reason="另一公告", by=editor, now=NOW)
    actions.confirm_event(told.pk, by=publisher, now=NOW)
    with pytest.raises(Conflict):
        actions.confirm_event(told.pk, by=publisher, now=NOW)
    with pytest.raises(Conflict):
        actions.take_back_event(told.pk, by=editor, now=NOW)
    event = EndEvent.objects.get()
    assert (event.on, event.told_by, event.confirmed_by) == (DAY, editor.account_id, publisher.account_id)


def test_what_was_told_by_mistake_can_be_taken_back_until_confirmed(editor):
    told = actions.tell_event("epidemic-end", on=DAY, reason="示例公告", by=editor, now=NOW)
    actions.take_back_event(told.pk, by=editor, now=NOW)
    assert actions.tell_event("epidemic-end", on=later(1), reason="示例公告", by=editor, now=NOW).on == later(1)


def test_two_persons(cast, editor):
    both = replace(editor, permissions=editor.permissions | {"policy.publish"})
    told = actions.tell_event("epidemic-end", on=DAY, reason="示例公告", by=both, now=NOW)
    with pytest.raises(NotPermitted, match="自己"):
        actions.confirm_event(told.pk, by=both, now=NOW)
    with pytest.raises(NotPermitted):
        actions.confirm_event(told.pk, by=editor, now=NOW)
    with pytest.raises(NotPermitted):
        actions.tell_event("other", on=DAY, reason="示例", by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted, match="管辖范围"):
        actions.tell_event("other", on=DAY, reason="示例", by=cast.editor, now=NOW)
    with pytest.raises(Invalid):
        actions.tell_event("other", on=DAY, reason=" ", by=editor, now=NOW)


def test_the_page_tells_what_depends_on_it(cast, editor, client):
    made(cast, ends_with="epidemic-end")
    enter(client, editor)
    assert "依附的文件 1 份" in client.get("/policy/events/").content.decode()
    page = client.post("/policy/events/epidemic-end/tell/", {"on": "2020-03-01", "reason": "示例公告"}, follow=True)
    assert "待另一人确认" in page.content.decode()
