from __future__ import annotations

import pytest

from songda.deliveries.policy.library import access
from songda.deliveries.policy.library.actions import publish_measure
from songda.deliveries.policy.library.tests.texts import CITY, NOW, confirmed, drafts_of, received
from songda.kernel.errors import NotFound
from songda.registry.actors import Actor, system

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def shelf(cast):
    """A published measure of the zone, a draft of it, and one of the city that is only drafted."""
    zone = received(cast.editor, cast.zone.area_path)
    city = received(system(), cast.city.area_path, CITY, "city")
    told = publish_measure(confirmed(drafts_of(zone)[0], cast.editor).pk, by=cast.publisher, now=NOW)
    return told, drafts_of(zone)[1], drafts_of(city)[0]


SEEN = {
    "editor": (True, True, False),
    "publisher": (True, True, False),
    "desk": (True, False, False),
    "officer": (True, False, False),
    "street": (True, False, False),
    "clerk": (True, False, False),
    "leader": (True, False, False),
    "stranger": (False, False, False),
}


@pytest.mark.parametrize("part", SEEN)
def test_who_sees_what(cast, shelf, part):
    actor = getattr(cast, part)
    seen = set(access.measures_visible_to(actor))
    assert tuple(version in seen for version in shelf) == SEEN[part]


def test_documents_follow_their_measures(cast, shelf):
    document = shelf[0].sources.get().article.document
    assert list(access.documents_visible_to(cast.clerk)) == [document]
    assert not access.documents_visible_to(cast.stranger).exists()
    assert access.documents_visible_to(cast.editor).count() == 2


def test_what_is_not_seen_is_not_found(cast, shelf):
    with pytest.raises(NotFound):
        access.version_for(shelf[1].pk, cast.clerk)
    with pytest.raises(NotFound):
        access.document_for(shelf[2].sources.get().article.document_id, cast.stranger)


def test_a_post_without_a_place_sees_nothing(shelf):
    nobody = Actor(account_id=1, person_id=1, post_id=1, name="无", role="department_desk")
    assert not access.measures_visible_to(nobody).exists()
