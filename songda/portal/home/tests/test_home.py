"""The home of each role: a bounded number of queries, figures that stop counting where nobody acts on the rest, and nothing written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from songda.deliveries.policy.library.models import Measure, MeasureVersion
from songda.deliveries.policy.matching.models import Match
from songda.kernel import clock
from songda.portal.context import navigation
from songda.portal.home import figures
from songda.portal.middleware import AWAKE_FOR, keep_awake
from songda.portal.sessions import SessionStore
from songda.registry.people.tests.cast import DAY, NOW, enter

# what each home may ask of the database, its acting post included; a new line on the home is added here, with its reason
MOST = {
    "system_admin": 8, "leader": 15, "dispatcher": 20, "editor": 18, "publisher": 14, "lead": 24, "desk": 22, "officer": 17, "street": 19,
}  # fmt: skip


@pytest.fixture(autouse=True)
def today(settings):
    settings.CLOCK_SHIFT += NOW - clock.now()


def asked_for(client, path="/"):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return asked.captured_queries


def test_a_home_asks_a_bounded_number_of_questions(cast, client):
    counted = {}
    for who in MOST:
        enter(client, getattr(cast, who))
        client.get("/")
        counted[who] = len(asked_for(client))
    assert {who: n for who, n in counted.items() if n > MOST[who]} == {}


def test_a_page_that_only_reads_writes_nothing_for_a_minute(cast, client):
    enter(client, cast.desk)
    client.get("/")
    assert [one["sql"][:6] for one in asked_for(client) if one["sql"][:6] in ("INSERT", "UPDATE", "DELETE")] == []
    asked = RequestFactory().get("/")
    session = asked.session = SessionStore()
    moments = [NOW, NOW + dt.timedelta(seconds=AWAKE_FOR - 1), NOW + dt.timedelta(seconds=AWAKE_FOR)]
    written = []
    for at in moments:
        keep_awake(asked, at)
        written.append(session["awake"])
    assert written == [int(moments[0].timestamp())] * 2 + [int(moments[2].timestamp())]


def test_pairs_are_counted_as_far_as_lists_are(cast, monkeypatch):
    measure = Measure.objects.create(code="m-1")
    version = MeasureVersion.objects.create(
        measure=measure, number=1, title="示例", kind="grant", benefit="示例", area_path=cast.zone.area_path, drafted_at=NOW
    )
    for firm in (cast.firm, cast.neighbour):
        Match.objects.create(version=version, subject=firm, area_path=firm.area_path, entered_on=DAY)
    whole = figures.fitting(cast.dispatcher, NOW)
    assert (whole.value, whole.more_than) == (2, False)
    monkeypatch.setattr(figures, "COUNT_LIMIT", 1)
    cut = figures.fitting(cast.dispatcher, NOW)
    assert (cut.value, cut.more_than) == (1, True)


def test_the_menu_is_made_once_for_each_role_and_entry_and_differs_by_them(cast, client):
    navigation.cache_clear()
    pages = [enter(client, actor).get("/").text for actor in (cast.desk, cast.desk, cast.editor)]
    assert navigation.cache_info().misses == 2
    assert ("/policy/review/" in pages[0], pages[0].count('aria-current="page"') >= 1) == ("/policy/review/" in pages[1], True)
    assert 'href="/demands/mine/"' in pages[0]
    assert 'href="/demands/mine/"' not in pages[2]
