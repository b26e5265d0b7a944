from __future__ import annotations

import pytest

from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.people.tests.cast import NOW, enter

pytestmark = pytest.mark.django_db


def test_dictionaries_are_shown_to_whoever_signed_in(cast, client):
    made = load_dictionary(
        Edition("three", "1", "三率", [Entry(n, n) for n in ("审批", "复工率", "投资")]), by=cast.system_admin, now=NOW
    )
    assert client.get("/codes/").status_code == 302
    enter(client, cast.street)
    assert "三率" in client.get("/codes/").content.decode()
    assert "名称所称 3 条" in client.get(f"/codes/{made.pk}/").content.decode()
    assert "复工率" not in client.get(f"/codes/{made.pk}/", {"q": "审"}).content.decode()
    assert client.get("/codes/999/").status_code == 404
