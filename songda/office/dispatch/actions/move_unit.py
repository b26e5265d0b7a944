"""A unit that moves in the tree takes along what lies in its territory, in every room (SUP-02)."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from songda.kernel.audit.models import AuditEntry
from songda.kernel.paths import repath
from songda.registry.actors import Actor
from songda.registry.facts.models import Snapshot
from songda.registry.organisations.actions import move_organisation
from songda.registry.organisations.models import Move, Organisation

KEEP_THEIR_DAY = frozenset({AuditEntry, Snapshot, Move, Organisation})
"""Tables whose rows keep the path of their day (units themselves are moved by their own room). All others with a path stand
where their territory stands now."""


@transaction.atomic
def move_unit(organisation_id: int, parent_code: str, *, on: dt.date, by: Actor, now: dt.datetime) -> int:
    """Move a unit under another one, with everything below it; how many rows of other rooms went along."""
    paths = move_organisation(organisation_id, parent_code, on=on, by=by, now=now)
    return sum(repath(model, old, new) for old, new in paths.items() for model in carried())


def carried() -> list[type[Model]]:
    """Every table with a path of a territory that is carried along with it."""
    models = [model for model in apps.get_models() if model not in KEEP_THEIR_DAY]
    return [model for model in models if any(field.name == "area_path" for field in model._meta.fields)]
