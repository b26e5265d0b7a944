"""The SQLite file is damaged, taken away, or held by somebody for long: said clearly, and well again when it is."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from songda.portal.upkeep.doctor.examining import examine
from songda.portal.upkeep.doctor.findings import is_fault
from songda.portal.upkeep.tests.installations import NOW
from songda.registry.people.models import Person, Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import enter, hire
from songda.registry.subjects.models import Subject

SAID = "数据库没有应答"


@pytest.fixture
def client(installed: Path) -> Client:
    """A person at work in an installation of its own."""
    home = Subject.objects.get().home
    actor = hire(Role.STREET_CLERK, at=home)
    assert Person.objects.exists()
    assert Post.objects.exists()
    one = enter(Client(raise_request_exception=False), actor)
    assert one.get("/readyz").status_code == 200, one.get("/readyz").content
    return one


def file() -> Path:
    """The database, let go of."""
    connection.close()
    return Path(connection.settings_dict["NAME"])


def is_said(client: Client) -> None:
    """A page, the watcher and the doctor all say so."""
    answer = client.get("/subjects/")
    assert answer.status_code == 503
    assert SAID in answer.content.decode()
    assert answer.headers["X-Request-Id"] in answer.content.decode()
    assert client.get("/readyz").json() == {"ready": False, "reasons": [SAID]}
    assert any(map(is_fault, examine(now=NOW)[0]))
    connection.close()


def test_a_damaged_file_is_said_and_well_again_when_put_back(client: Client, tmp_path: Path) -> None:
    place, kept = file(), tmp_path / "kept"
    shutil.copy(place, kept)
    place.write_bytes(b"not a database" * 1000)
    is_said(client)
    shutil.copy(kept, place)
    assert client.get("/readyz").status_code == 200


def test_a_file_taken_away_is_said_and_nothing_is_begun_anew(client: Client, tmp_path: Path) -> None:
    place, kept = file(), tmp_path / "kept"
    place.rename(kept)
    is_said(client)
    with closing(sqlite3.connect(place)) as empty:
        assert empty.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    kept.replace(place)
    assert client.get("/readyz").status_code == 200


def test_a_file_held_for_long_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    place = file()
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {**options, "timeout": 0.2})
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/subjects/").status_code == 200, "reading goes on"
        answer = client.post("/sign-in/", {"username": "x", "password": "y"})
        assert answer.status_code == 503
        assert SAID in answer.content.decode()
        other.execute("ROLLBACK")
    assert client.post("/sign-in/", {"username": "x", "password": "y"}).status_code != 503
    connection.close()
