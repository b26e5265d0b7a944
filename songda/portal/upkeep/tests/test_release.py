"""An installation of an earlier release is restored and carried forward, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from songda.kernel.audit.queries import verify
from songda.portal.upkeep import schema, tables
from songda.portal.upkeep.archive import Reader
from songda.portal.upkeep.restoring import restore_backup
from songda.portal.upkeep.tests import installations
from songda.registry.subjects.models import Subject

RELEASES = sorted((Path(__file__).resolve().parents[4] / "tests" / "fixtures").glob("release-*.zip"))


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_release_is_restored_and_carried_forward(release: Path, ground: Path) -> None:
    """All migrations up to the release, its rows, then those that came after: nothing is lost on the way."""
    saved = Reader(release).manifest
    later = schema.known() - saved.applied
    assert later, "the release has today's migrations: it shows nothing"
    with installations.at_home(ground / "home"), installations.database("release_test", ground):
        told = restore_backup(release, now=installations.NOW, progress=installations.quiet)
        assert schema.pending() == []
        assert set(told.migrated) == {f"{app} {name}" for app, name in later}
        assert verify(saved.audit_head).holds
        assert Subject.objects.get(local_number="D0001").name_core == installations.AWKWARD
        (firms,) = (entry for entry in saved.tables if entry.name == "subjects_subject")
        assert tables.weighed(Subject, connection, firms) == firms  # written on SQLite, the same bytes wherever this runs


def test_there_is_a_release() -> None:
    assert RELEASES
