"""The audience 受众 of a measure: who fits, who might, who does not and why, within the asker's scope. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import version_for
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.queries.snapshots import Population, latest_snapshot, population_of
from songda.deliveries.policy.matching.queries.verdicts import amount_of, condition_of
from songda.deliveries.policy.matching.rules.areas import cut, level_of
from songda.engines.match.matcher import Matcher
from songda.engines.match.rails import Flags, unpack
from songda.engines.rules.show import show
from songda.engines.rules.tree import Condition
from songda.kernel.errors import Conflict
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.access import visible_to


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the scope with its two counts."""

    path: str
    name: str
    yes: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Sieve:
    """One condition of the rule: how many pass, fail and are 待核, how many are left after it, how many fail by it alone."""

    text: str
    yes: int
    no: int
    unknown: int
    left: int
    alone: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact and how many 待核 firms would be decided by learning it alone."""

    code: str
    name: str
    owner: str
    firms: int


@dataclass(frozen=True, slots=True)
class Audience:
    """A dry run of one measure version over the firms in scope, as of a snapshot."""

    version: MeasureVersion
    as_of: dt.date
    firms: int
    yes: int
    no: int
    unknown: int
    fen: int | None
    areas: tuple[Area, ...]
    sieves: tuple[Sieve, ...]
    missing: tuple[Missing, ...]


def audience(version_id: int, actor: Actor) -> Audience:
    """Match one version, published or a draft, against the latest snapshot, among the firms of its area in scope.

    Reads one file and matches at once: tens of milliseconds at 27,000 firms. NotFound for a version out of reach, Conflict for
    one without a rule or before the first snapshot.
    """
    version = version_for(version_id, actor)
    if version.rule_version is None:
        raise Conflict(_("这项措施还没有适用规则，无法试算受众。"), advice=_("请先为措施拟定规则。"))
    snapshot = latest_snapshot()
    if snapshot is None:
        raise Conflict(_("还没有数据快照，无法试算受众。"), advice=_("请先生成快照（songda snapshot）。"))
    population = population_of(snapshot, [version])
    rows = np.flatnonzero(population.in_area(version.area_path) & in_scope(population, actor))
    inside = Population(population.frame.take(rows), population.areas[rows])
    return sifted(version, inside, Matcher(inside.frame, facts.catalogue(), snapshot.as_of))


def sifted(version: MeasureVersion, population: Population, matcher: Matcher) -> Audience:
    """The audience among the subjects of a population."""
    condition, formula = condition_of(version), amount_of(version)
    matched = matcher.match({"": condition})
    counts = matched.counts("")
    eligible = unpack(matched.eligible_words(""), matched.n)
    amounts = None if formula is None else matcher.amounts(formula, np.flatnonzero(eligible)).total
    return Audience(
        version=version,
        as_of=matcher.sight.on,
        firms=matched.n,
        yes=counts.yes,
        no=counts.no,
        unknown=counts.unknown,
        fen=amounts,
        areas=_by_area(population, eligible, unpack(matched.undecided_words(""), matched.n)),
        sieves=sieves_of(matcher, condition),
        missing=_missing(matcher, version),
    )


def in_scope(population: Population, actor: Actor) -> Flags:
    """Which rows the actor answers for."""
    if actor.area_paths == ("",) and not actor.assigned_only:
        return population.counts
    return population.among(visible_to(actor).values_list("id", flat=True))


def _by_area(population: Population, eligible: Flags, undecided: Flags) -> tuple[Area, ...]:
    fitting, doubtful = population.areas[eligible].tolist(), population.areas[undecided].tolist()
    level = level_of({*fitting, *doubtful})
    yes = Counter(cut(path, level) for path in fitting)
    unknown = Counter(cut(path, level) for path in doubtful)
    paths = sorted({*yes, *unknown})
    places = Organisation.objects.filter(area_path__in=paths).exclude(kind__in=("department", "task_force"))
    names = dict(places.values_list("area_path", "short_name"))
    return tuple(Area(path, names.get(path, path), yes[path], unknown[path]) for path in paths)


def sieves_of(matcher: Matcher, condition: Condition) -> tuple[Sieve, ...]:
    """How the parts of a condition sift the subjects, in their order."""
    catalogue = matcher.sight.catalogue
    return tuple(
        Sieve(show(gate.condition, catalogue), gate.counts.yes, gate.counts.no, gate.counts.unknown, gate.left, gate.alone)
        for gate in matcher.funnel(condition)
    )


def _missing(matcher: Matcher, version: MeasureVersion) -> tuple[Missing, ...]:
    known = facts.catalogue().by_code
    settling = matcher.settling(condition_of(version))
    return tuple(Missing(code, known[code].name, known[code].owner, firms) for code, firms in settling.items() if firms)
