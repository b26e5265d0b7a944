"""The tables as the present migrations make them, made once for a run of the tests: a file for SQLite, a template for PostgreSQL.

Making them anew takes each worker ten seconds and more; looking that nothing is to be done takes one.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from os import environ, getpid
from pathlib import Path

import django
import psycopg

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "songda_tables"


def kept() -> Path:
    """Where they are kept between runs (SQLite): another migration, another file."""
    digest = hashlib.sha256(repr(django.VERSION).encode())
    for path in sorted(ROOT.glob("songda/**/migrations/*.py")):
        digest.update(path.read_bytes())
    return ROOT / "var" / "test" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def keep(made: Path) -> None:
    """Put a file of new tables in the place of the former ones."""
    for former in kept().parent.glob("migrated-*.sqlite3"):
        former.unlink(missing_ok=True)
    made.replace(kept())


def make_file() -> None:
    """Make them for SQLite, where they are not there yet."""
    if not kept().exists():
        beside = kept().with_suffix(f".{getpid()}")
        beside.parent.mkdir(parents=True, exist_ok=True)
        migrate(f"sqlite:///{beside}")
        keep(beside)


def make_template(address: str) -> str:
    """Make them for PostgreSQL, in a database of their own on the server at `address`; its name."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(address.replace("/postgres?", f"/{TEMPLATE}?"))
    return TEMPLATE


def migrate(address: str) -> None:
    """Run all migrations in a database."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks", "--run-syncdb"]
    subprocess.run(
        command, env={**environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}, cwd=ROOT, check=True
    )
