"""The shape of the database 库的形状: which migrations are applied, the tables as they were at them, and moving to them.

A backup may be older than the program, and a database may be behind it before an upgrade: tables are read and filled by the
models of their own migrations, never by today's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.apps import apps as present
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.db.models.options import Options

from songda.kernel.errors import Refused
from songda.portal.upkeep.places import set_constraints

# Filled by the program, not by the backup: the index of terms is made of its entries, and people sign in again.
LEFT_OUT = frozenset({"search_index", "django_session", "people_opensession"})


def applied() -> dict[str, list[str]]:
    """Migrations of this database by app, in order of name."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        found.setdefault(app, []).append(name)
    return found


def known() -> frozenset[tuple[str, str]]:
    """Migrations of this program."""
    return frozenset(MigrationLoader(None).disk_migrations)


def pending() -> list[tuple[str, str]]:
    """Migrations of this program that this database lacks."""
    loader = MigrationLoader(connection)
    return sorted(set(loader.disk_migrations) - set(loader.applied_migrations))


def tables_at(migrations: Mapping[str, Sequence[str]]) -> list[type[Model]]:
    """The models of all kept tables at these migrations, in order of table name."""
    nodes = {(app, name) for app, names in migrations.items() for name in names}
    loader = MigrationLoader(None)
    state = None if nodes == set(loader.disk_migrations) else loader.project_state(sorted(nodes & set(loader.disk_migrations)))
    models = (present if state is None else state.apps).get_models(include_auto_created=True)
    kept = (model for model in models if is_kept(model._meta, migrations))
    return sorted(kept, key=lambda model: model._meta.db_table)


def is_kept(meta: Options[Model], migrations: Mapping[str, Sequence[str]]) -> bool:
    """Whether a model has a table of its own that a backup holds."""
    own = meta.managed and not meta.proxy and not meta.swapped
    return own and meta.db_table not in LEFT_OUT and meta.app_label in migrations


def migrate_exactly(migrations: Mapping[str, Sequence[str]]) -> None:
    """Bring an empty database to these migrations and no others; Refused where the program's own order asks for more."""
    wanted = {(app, name) for app, names in migrations.items() for name in names}
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    more = {parent.key for node in wanted for parent in graph.node_map[node].parents} - wanted
    if more:
        raise Refused(
            f"迁移 {next(labels(sorted(more)))} 是备份之后才插入的，不能还原到备份时的库结构。",
            advice="请用备份时的版本恢复，再升级。",
        )
    plan = [step for step in executor.migration_plan(graph.leaf_nodes()) if (step[0].app_label, step[0].name) in wanted]
    executor.migrate(sorted(wanted), plan=plan)


def migrate_forward() -> list[tuple[str, str]]:
    """Apply what the program has and the database lacks; what that was."""
    missing = pending()
    if not missing:
        return []
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        set_constraints("IMMEDIATE")  # a table with checks pending could not be altered
    call_command("migrate", verbosity=0)
    ContentType.objects.clear_cache()
    return missing


def labels(migrations: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Migrations as people write them."""
    return (f"{app} {name}" for app, name in migrations)
