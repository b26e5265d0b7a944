"""Expand, then contract 先扩展后收缩: what a kept release reads and writes stays there until a later release has stopped using it.

A migration made since the newest kept release may add; what takes away, renames or narrows is named in `migrations/contracts.json`
of its room, with the release whose code no longer needs it: {"0009_drop_old": "0.2"}. So the release before runs on the new tables,
and going back needs no restore.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tests.releases import FIXTURES

TAKES_AWAY = (ops.RemoveField, ops.RenameField, ops.DeleteModel, ops.RenameModel, ops.AlterModelTable)
NEWEST = max(FIXTURES.glob("release-*.zip"))


def kept() -> dict[str, list[str]]:
    """The migrations of the newest kept release."""
    with zipfile.ZipFile(NEWEST) as archive:
        return json.loads(archive.read("manifest.json"))["migrations"]


def since() -> list[tuple[str, str]]:
    """Migrations of our rooms made since, in the order in which they run."""
    loader, known = MigrationLoader(None), kept()
    rooms = {room.label for room in apps.get_app_configs() if room.name.startswith("songda.")}
    plan = [node for leaf in loader.graph.leaf_nodes() for node in loader.graph.forwards_plan(leaf)]
    return [one for one in dict.fromkeys(plan) if one[0] in rooms and one[1] not in known.get(one[0], ())]


def narrowing(operation: Operation, app: str, before: ProjectState) -> str:
    """What an operation takes from code that does not know of it, or nothing."""
    if isinstance(operation, TAKES_AWAY):
        return operation.describe()
    model = (app, getattr(operation, "model_name_lower", ""))
    if model not in before.models or model[1] not in {name for label, name in old_tables() if label == app}:
        return ""  # a table that the kept release does not know
    if isinstance(operation, ops.AddField) and not may_be_left_out(operation.field):
        return f"{operation.describe()}: an INSERT that does not name it fails (give it db_default or null)"
    if isinstance(operation, ops.AlterField):
        former = before.models[model].fields[operation.name]
        return f"{operation.describe()}: narrower" if is_narrower(former, operation.field) else ""
    return ""


def old_tables() -> set[tuple[str, str]]:
    """The models of the kept release."""
    loader = MigrationLoader(None)
    nodes = [(app, name) for app, names in kept().items() for name in names if (app, name) in loader.disk_migrations]
    return set(loader.project_state(nodes).models)


def may_be_left_out(field: models.Field) -> bool:
    """Whether a row may be written without naming the column."""
    return field.null or field.has_db_default() or field.many_to_many


def is_narrower(former: models.Field, latter: models.Field) -> bool:
    """Whether values that were allowed are allowed no longer."""
    shorter = former.max_length is not None and latter.max_length is not None and latter.max_length < former.max_length
    kinds = former.get_internal_type() != latter.get_internal_type()
    return shorter or kinds or (former.null and not latter.null) or (latter.unique and not former.unique)


def contracted(app: str) -> dict[str, str]:
    """The room's contracts: migration → the release whose code no longer uses what it takes away."""
    place = Path(apps.get_app_config(app).path) / "migrations" / "contracts.json"
    return json.loads(place.read_text(encoding="utf8")) if place.exists() else {}


def faults_of(app: str, name: str, loader: MigrationLoader) -> list[str]:
    """What a migration takes away without saying since when nobody needs it."""
    found, state = [], loader.project_state((app, name), at_end=False)
    for operation in loader.disk_migrations[app, name].operations:
        parts = [operation, *getattr(operation, "database_operations", [])]
        found += [said for one in parts if (said := narrowing(one, app, state))]
        operation.state_forwards(app, state)
    return [] if name in contracted(app) else [f"{app} {name}: {said}" for said in found]


def test_nothing_is_taken_from_the_release_before() -> None:
    loader = MigrationLoader(None)
    assert kept(), "the release keeps nothing: this proves nothing"
    assert [said for app, name in since() for said in faults_of(app, name, loader)] == []


def test_a_contract_names_a_release_that_is_out() -> None:
    out = {path.stem.removeprefix("release-") for path in FIXTURES.glob("release-*.zip")}
    rooms = [room.label for room in apps.get_app_configs() if room.name.startswith("songda.")]
    named = {f"{app} {name}": version for app in rooms for name, version in contracted(app).items()}
    assert {one: version for one, version in named.items() if version not in out} == {}


@pytest.mark.parametrize(
    ("operation", "taken"),
    [
        (ops.RemoveField("subject", "name"), True),
        (ops.RenameField("subject", "name", "title"), True),
        (ops.DeleteModel("Subject"), True),
        (ops.AddField("subject", "extra", models.CharField(max_length=4)), True),
        (ops.AddField("subject", "extra", models.CharField(max_length=4, db_default="")), False),
        (ops.AddField("subject", "extra", models.IntegerField(null=True)), False),
        (ops.AlterField("subject", "name", models.CharField(max_length=10)), True),
        (ops.AlterField("subject", "name", models.CharField(max_length=999)), False),
        (ops.AlterField("subject", "name", models.IntegerField()), True),
    ],
)
def test_the_test_knows_what_takes_away(operation: Operation, taken: bool) -> None:
    state = MigrationLoader(None).project_state([("subjects", "0001_initial")])
    assert bool(narrowing(operation, "subjects", state)) is taken
