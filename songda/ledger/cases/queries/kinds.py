"""Kinds as the code takes them."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext as _

from songda.kernel.sight import one_of
from songda.ledger.cases.models import KindVersion
from songda.ledger.cases.rules.kind_files import kind_of
from songda.ledger.cases.rules.kinds import KindSpec
from songda.ledger.cases.states import MACHINES, NOTES

STEPS = {name: frozenset(step.name for step in machine.steps) | NOTES.keys() for name, machine in MACHINES.items()}


def kind_in_force(code: str) -> KindVersion:
    """The version of a kind under which a case is opened now."""
    return one_of(
        KindVersion.objects.filter(kind__code=code, retired_at=None),
        _("没有名为“%(code)s”的事项类别。") % {"code": code},
        advice=_("请检查活动包里的事项类别。"),
    )


def spec_of(version: KindVersion) -> KindSpec:
    """A kind version, read. Versions never change, so a reading is kept for the life of the process."""
    return _read(version.pk, version.digest)


@lru_cache(maxsize=512)
def _read(version_id: int, digest: str) -> KindSpec:
    del digest  # part of the key: tests make many databases in one process
    return kind_of(KindVersion.objects.values_list("body", flat=True).get(pk=version_id), STEPS)
