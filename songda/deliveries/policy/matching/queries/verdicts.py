"""Verdicts 判定 of one firm: the row evaluator on today's facts, with every reason. Nothing here is stored."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries import published_versions
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.change import changes_of
from songda.engines.rules.compute import compute
from songda.engines.rules.facts import Facts
from songda.engines.rules.judge import PreparedSet, prepare_all
from songda.engines.rules.remedies import Pharmacy
from songda.engines.rules.tree import Amount, Condition
from songda.engines.rules.verdict import Answer, Sum, Verdict
from songda.kernel.recall import recalling
from songda.registry.facts import queries as facts
from songda.registry.rulebook import queries as rulebook
from songda.registry.rulebook.models import RuleVersion
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import subject_of

_READ = ("title", "benefit", "closes_on", "area_path", *(f"rule_version__{name}" for name in ("digest", "tree", "amount_tree")))
"""What judging a firm and telling it needs of a version."""
PREPARED_SETS = 64  # kept in memory: one for the published library, the others for single measures
_prepared: OrderedDict[tuple[Catalogue, tuple[str, ...]], PreparedSet] = OrderedDict()


@dataclass(frozen=True, slots=True)
class FirmVerdict:
    """A measure version, the verdict on one firm, and the amount expected (None: the measure has no formula or not 是)."""

    version: MeasureVersion
    verdict: Verdict
    sum: Sum | None

    @property
    def answer(self) -> Answer:
        """是 / 否 / 待核."""
        return self.verdict.answer

    @property
    def fen(self) -> int | None:
        """The amount in fen, None where there is none or it cannot be computed."""
        return None if self.sum is None else self.sum.fen


@recalling()
def verdicts_for(subject_id: int, *, on: dt.date) -> list[FirmVerdict]:
    """Every published measure that reaches the firm's area, judged on the facts of `on`: 是 first, then 待核, then 否.

    A 否 comes with the shortest set of changes that would turn it. A merged or closed subject has no verdicts.
    """
    subject = subject_of(subject_id)
    if subject is None or subject.merged_into_id is not None or subject.status == Subject.Status.CLOSED:
        return []
    known = facts.facts_of(subject_id, on=on)
    versions = published_versions(on).select_related(None).select_related("rule_version").only(*_READ)
    found = judged(reaching(subject.area_path, versions), known, on=on, changes=True)
    order = {Answer.YES: 0, Answer.UNKNOWN: 1, Answer.NO: 2}
    return sorted(found, key=lambda one: (order[one.answer], -(one.fen or 0), len(one.verdict.changes) or 9, one.version.pk))


@recalling()
def verdict_for(subject_id: int, version: MeasureVersion, *, on: dt.date) -> FirmVerdict:
    """One measure version, published or not, judged for one firm."""
    return judged([version], facts.facts_of(subject_id, on=on), on=on, changes=True)[0]


def judged(versions: Sequence[MeasureVersion], known: Facts, *, on: dt.date, changes: bool = False) -> list[FirmVerdict]:
    """The verdicts of these versions on these facts, in their order; with `changes`, a 否 says what would turn it."""
    catalogue = facts.catalogue()
    rules = [rule_of(version) for version in versions]
    ready, pharmacy = prepared(rules, catalogue), Pharmacy(known, on, catalogue)
    found = []
    for place, (version, rule, plain) in enumerate(zip(versions, rules, ready.judge(known, on=on), strict=True)):
        turning = changes_of(ready.rule(place), pharmacy) if changes and plain.answer is Answer.NO else ()
        verdict = replace(plain, changes=turning) if turning else plain
        found.append(FirmVerdict(version, verdict, expected(rule, verdict, known, on, catalogue)))
    return found


def expected(rule: RuleVersion, verdict: Verdict, known: Facts, on: dt.date, catalogue: Catalogue) -> Sum | None:
    """The sum of a firm that fits."""
    amount = rulebook.amount_of(rule) if verdict.answer is Answer.YES else None
    return None if amount is None else compute(amount, known, on=on, catalogue=catalogue)


def reaching(area_path: str, versions: Iterable[MeasureVersion]) -> list[MeasureVersion]:
    """Versions with a rule whose area is this one or above it."""
    return [one for one in versions if one.rule_version is not None and area_path.startswith(one.area_path)]


def rule_of(version: MeasureVersion) -> RuleVersion:
    """The rule of a version that is known to have one."""
    if version.rule_version is None:
        raise LookupError(f"measure version {version.pk} has no rule")
    return version.rule_version


def condition_of(version: MeasureVersion) -> Condition:
    """The condition of a version that is known to have a rule."""
    return rulebook.condition_of(rule_of(version))


def amount_of(version: MeasureVersion) -> Amount | None:
    """The formula of a version, if it has one."""
    return rulebook.amount_of(rule_of(version))


def prepared(rules: Sequence[RuleVersion], catalogue: Catalogue) -> PreparedSet:
    """These rules compiled together, once for their digests and the catalogue; the oldest set is forgotten first."""
    key = (catalogue, tuple(rule.digest for rule in rules))
    found = _prepared.get(key)
    if found is None:
        found = _prepared[key] = prepare_all([rulebook.condition_of(rule) for rule in rules], catalogue)
        while len(_prepared) > PREPARED_SETS:
            _prepared.popitem(last=False)
    return found
