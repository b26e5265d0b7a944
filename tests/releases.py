"""Kept installations of earlier releases 各版本的留样: a small backup each, which every later version must restore and carry forward.

`python -m tests.releases tests/fixtures/release-0.2.zip` makes one of the present state. Made once, at the release; never made anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"


def make(place: Path, without: Collection[tuple[str, str]] = ()) -> None:
    """A furnished installation at this program's migrations (but for some), saved."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.models.signals import post_migrate

    from songda.portal.upkeep import schema
    from songda.portal.upkeep.taking import take_backup
    from songda.portal.upkeep.tests import installations

    nodes = sorted(set(MigrationLoader(None).disk_migrations) - set(without))
    migrations: dict[str, list[str]] = {}
    for app, name in nodes:
        migrations.setdefault(app, []).append(name)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        stack.enter_context(installations.at_home(folder / "home"))
        stack.enter_context(installations.database("release", folder))
        schema.migrate_exactly(migrations)
        state = MigrationLoader(connection).project_state(nodes).apps
        for config in apps.get_app_configs():
            post_migrate.send(config, app_config=config, verbosity=0, interactive=False, using="default", apps=state)
        installations.furnish()
        take_backup(place.resolve(), with_secret=False, now=installations.NOW, progress=installations.quiet)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    make(Path(sys.argv[1]))
