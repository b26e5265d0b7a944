"""Backup, restore or upgrade in a process of its own, for `test_killed`, which kills it. Not a test itself.

    python -m songda.portal.upkeep.tests.killing_upkeep backup|restore|upgrade [ARCHIVE]

Says a line when it begins its work, and one when it is done.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    act, *given = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from songda.kernel import clock
    from songda.portal.upkeep import schema
    from songda.portal.upkeep.restoring import restore_backup
    from songda.portal.upkeep.taking import take_backup
    from songda.portal.upkeep.tests import installations
    from songda.portal.upkeep.upgrading import upgrade

    if laid := os.environ.get("LAID"):
        schema.migrate_exactly = lambda _migrations: installations.lay_tables(Path(laid))
    say("begun")
    if act == "backup":
        take_backup(Path(given[0]), with_secret=False, now=clock.now(), progress=quiet)
    elif act == "restore":
        restore_backup(Path(given[0]), now=clock.now(), progress=quiet)
    else:
        upgrade(now=clock.now(), progress=quiet)
    say("done")


def quiet(*_told: object) -> None:
    """Says nothing."""


def say(word: str) -> None:
    """A line."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
