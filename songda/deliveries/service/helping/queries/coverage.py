"""Coverage 覆盖: which subjects somebody is accountable for, out of which; 全覆盖 is said only of an empty list (Appendix G 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.models import Charge, Station
from songda.deliveries.service.helping.states import TeamKind
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor
from songda.registry.facts.models import Fact
from songda.registry.people.models import Assignment
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

TALENT = "key_talent_firm"
GAPS_SHOWN = 50
WHAT: Mapping[str, str | Promise] = {
    "enterprises": _("企业"), "above": _("规模以上企业"), "projects": _("建设工程项目"), "markets": _("商贸市场"),
    "talent": _("重点人才企业"),
}  # fmt: skip
HOW: Mapping[str, str | Promise] = {
    "officer": _("包联干部"), "station": _("驻企专员"), **{kind.value: kind.label for kind in TeamKind},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """`covered` of `total`, the gaps (the first of them), and whether it may be called full."""

    what: str
    how: str
    total: int
    covered: int
    gaps: tuple[Subject, ...]
    as_of: dt.date

    @property
    def missing(self) -> int:
        """How many nobody is accountable for."""
        return self.total - self.covered

    @property
    def full(self) -> bool:
        """Whether it may be called 全覆盖: there is something to cover, and no gap."""
        return self.total > 0 and self.missing == 0


def population(actor: Actor, what: str) -> QuerySet[Subject]:
    """The denominator: open subjects in sight of one sort. Invalid for a sort we do not know."""
    rows = visible_to(actor).filter(status="open")
    kinds = {
        "enterprises": Q(kind="enterprise"),
        "above": Q(kind="enterprise", above_scale=True),
        "projects": Q(kind="project"),
        "markets": Q(kind="market"),
    }
    if what == "talent":
        said = Fact.objects.filter(subject=OuterRef("pk"), fact__code=TALENT, void=False).order_by("-valid_from", "-recorded_at")
        return rows.annotate(listed=Subquery(said.values("num")[:1])).filter(listed=1)
    if what not in kinds:
        raise Invalid(gettext("没有这种统计口径。"), fields={"what": gettext("请从列表中选择。")})
    return rows.filter(kinds[what])


def covered_by(how: str) -> Exists:
    """That a subject has somebody: an officer, a stationed officer, or a team of a kind."""
    present = {"subject": OuterRef("pk"), "ends_on": None}
    if how == "officer":
        return Exists(Assignment.objects.filter(**present))
    if how == "station":
        return Exists(Station.objects.filter(**present))
    if how not in TeamKind.values:
        raise Invalid(gettext("没有这种帮扶方式。"), fields={"how": gettext("请从列表中选择。")})
    return Exists(Charge.objects.filter(kind=how, **present))


def coverage_of(actor: Actor, what: str, how: str, *, on: dt.date) -> Coverage:
    """How much of a population is covered, with its gaps. Three queries."""
    rows, held = population(actor, what), covered_by(how)
    gaps = rows.filter(~held).select_related("home").order_by("area_path", "name_key", "pk")
    return Coverage(what, how, rows.count(), rows.filter(held).count(), tuple(gaps[:GAPS_SHOWN]), on)
