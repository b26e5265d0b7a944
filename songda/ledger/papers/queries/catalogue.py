"""The catalogue of kinds 文书目录."""

from __future__ import annotations

from django.utils.translation import gettext as _

from songda.kernel.sight import one_of
from songda.ledger.papers.access import may, spec_of
from songda.ledger.papers.models import KindVersion
from songda.ledger.papers.rules.kinds import PaperKind
from songda.ledger.papers.rules.list_sources import SOURCES
from songda.registry.actors import Actor


def kinds_in_force() -> list[KindVersion]:
    """The kinds of today, in the order they were declared."""
    return list(KindVersion.objects.filter(retired_at=None).order_by("pk"))


def kinds_offered(actor: Actor) -> list[PaperKind]:
    """The kinds this post may draft. A list that no room gives rows for is not offered."""
    kinds = (spec_of(one) for one in kinds_in_force())
    return [one for one in kinds if may(one, actor, "draft") and (not one.source or one.source in SOURCES)]


def kind_named(code: str) -> KindVersion:
    """The version of a kind in force; NotFound for another code."""
    return one_of(KindVersion.objects.filter(code=code, retired_at=None), _("没有这种文书。"), advice=_("请从文书目录中选择。"))
