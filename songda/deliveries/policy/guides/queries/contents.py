"""What a guide says today 指南内容: the measures open to its industry, each with its rules and its contact; and whether what was
issued is still that."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from songda.deliveries.policy.guides.models import FactScope, Guide, GuideVersion, IndustryGroup
from songda.deliveries.policy.guides.rules.openness import INDUSTRY, Industry, is_open, leaves_of
from songda.deliveries.policy.library.models import ContactCard, Coverage, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.library.queries import contacts_for, published_versions, rules_in_force
from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.kernel.paths import above
from songda.registry.facts import queries as facts
from songda.registry.rulebook import queries as rulebook

Scopes = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A measure of a guide: its version, the rules it is had by in the territory, and whom to ask; None where there are none."""

    measure: MeasureVersion
    implementing: ImplementingRuleVersion | None
    card: ContactCard | None

    @property
    def key(self) -> str:
        """What the item is made of; another key, another guide."""
        held = self.measure, self.implementing, self.card
        return ":".join(str(one.pk if one else 0) for one in held)


@dataclass(frozen=True, slots=True)
class Content:
    """A guide as it would be made, with the digest of what it is made from."""

    items: list[Item]
    digest: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What every guide of a territory is made from, read once. Seven queries."""

    items: list[Item]
    rules: dict[int, tree.Condition]
    scopes: Scopes
    catalogue: Catalogue
    on: dt.date

    def of(self, industry: Industry) -> Content:
        """The guide of one industry."""
        held = [one for one in self.items if self.admits(one.measure, industry)]
        return Content(held, digest_of(held))

    def admits(self, version: MeasureVersion, industry: Industry) -> bool:
        """Whether a measure of the territory is open to an industry."""
        return _open(self.rules[version.pk], industry, self.scopes, self.on, self.catalogue)


def ground_of(area_path: str, on: dt.date) -> Ground:
    """The measures that reach a territory and are open on a day, with rules and contacts there."""
    reaching = published_versions(on).filter(area_path__in=above([area_path]), rule_version__isnull=False)
    versions = list(reaching.order_by("measure_class", "department__code", "pk"))
    measures = [one.measure_id for one in versions]
    rules, cards = _rules_in(measures, area_path, on), contacts_for(measures, area_path, on)
    items = [Item(one, rules.get(one.measure_id), cards.get(one.measure_id)) for one in versions]
    conditions = {one.pk: rulebook.condition_of(one.rule_version) for one in versions if one.rule_version is not None}
    return Ground(items, conditions, scopes(), facts.catalogue(), on)


def content_of(guide: Guide, on: dt.date) -> Content:
    """The guide as it would be made on a day."""
    return ground_of(guide.area_path, on).of(guide.group.as_industry())


def issued(guide: Guide) -> GuideVersion | None:
    """The version that was issued last."""
    return guide.versions.filter(superseded_at=None).first()


def items_of(version: GuideVersion) -> list[Item]:
    """What an issued version says, in its order."""
    rows = version.lines.select_related(
        "measure__measure", "measure__department", "implementing__department", "card__unit", "card__post__person"
    )
    return [Item(one.measure, one.implementing, one.card) for one in rows]


def is_current(version: GuideVersion, content: Content) -> bool:
    """Whether an issued version is what would be made today: nothing else may be shown as the guide in force."""
    return version.digest == content.digest


def industries() -> list[Industry]:
    """All groups, in order."""
    return [one.as_industry() for one in IndustryGroup.objects.all()]


def scopes() -> Scopes:
    """Which yes/no facts hold in which industries alone."""
    return tuple((fact, tuple(classes)) for fact, classes in FactScope.objects.order_by("fact").values_list("fact", "classes"))


def digest_of(items: Iterable[Item]) -> str:
    """SHA-256 of what a guide is made from."""
    return hashlib.sha256("\n".join(one.key for one in items).encode()).hexdigest()


@lru_cache(maxsize=20_000)
def _open(rule: tree.Condition, industry: Industry, scoped: Scopes, on: dt.date, catalogue: Catalogue) -> bool:
    return is_open(rule, _leaves(industry, catalogue), dict(scoped), on=on, catalogue=catalogue)


@lru_cache(maxsize=256)
def _leaves(industry: Industry, catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(leaves_of(industry, catalogue.code_lists[catalogue.by_code[INDUSTRY].code_list]))


def _rules_in(measures: Sequence[int], area_path: str, on: dt.date) -> dict[int, ImplementingRuleVersion]:
    """Measure → the newest rules in force that hold in the territory. Two queries."""
    held = {one.pk: one for one in rules_in_force(on) if area_path.startswith(one.area_path)}
    found: dict[int, ImplementingRuleVersion] = {}
    order = {key: place for place, key in enumerate(held)}
    pairs = Coverage.objects.filter(measure__in=measures, version__in=held).values_list("measure_id", "version_id")
    for measure, version in sorted(pairs, key=lambda pair: order[pair[1]]):
        found.setdefault(measure, held[version])
    return found
