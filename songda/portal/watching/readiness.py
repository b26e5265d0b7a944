"""Whether the house is ready for requests 就绪: the database answers, its tables are those of this program, the disk has room."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from psycopg_pool import PoolTimeout

from songda.portal.watching.state import disk

_migrated: list[bool] = []  # set once all migrations are there: they do not go away while a program runs


def reasons() -> list[str]:
    """Why the house is not ready; nothing when it is."""
    return [*database_reasons(), *disk_reasons()]


def database_reasons() -> list[str]:
    """The database and its tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM django_migrations LIMIT 1" if _migrated else "SELECT 1"
            )  # SQLite opens an empty file as well
        lacking = 0 if _migrated else lacking_migrations()
    except (DatabaseError, InterfaceError, PoolTimeout):
        return [_("数据库没有应答")]
    if lacking:
        return [_("数据库还差 %(n)d 步升级，请运行 songda upgrade") % {"n": lacking}]
    _migrated[:] = [True]
    return []


def lacking_migrations() -> int:
    """How many migrations of this program the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def disk_reasons() -> list[str]:
    """The disk."""
    found = disk()
    if not found.short:
        return []
    size = {"free": found.free // 2**20, "least": settings.LEAST_DISK // 2**20}
    return [_("磁盘只剩 %(free)d MB，少于 %(least)d MB") % size]
