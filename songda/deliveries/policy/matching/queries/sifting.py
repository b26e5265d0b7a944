"""Sifting 按规则筛选: a rule as text over any subjects, as a push narrows its audience and a delivery of texts draws its population.

The same two evaluators as everywhere: the latest snapshot's columns for most, row by row for subjects whose facts are newer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.matching.queries.reasons import Held, reason_of
from songda.deliveries.policy.matching.queries.snapshots import Population, frame_with, latest_snapshot, newer_than
from songda.engines.match.matcher import Matcher
from songda.engines.match.plan import facts_of
from songda.engines.match.sight import MatchError
from songda.engines.rules.judge import prepare
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.tree import Condition
from songda.engines.rules.verdict import Answer
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.paths import within
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Snapshot
from songda.registry.rulebook.rules.problems import refusal_of
from songda.registry.subjects.models import Subject

MOST_ANEW = 2000  # subjects judged one by one; beyond that they wait for the next matching


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a rule made of some subjects: why each 是 is one, who is 待核, how many of these one fact alone would decide.

    `text` is the rule as it prints itself; `as_of` the day of the facts (None: no rule, so everybody).
    """

    text: str
    as_of: dt.date | None
    reasons: Mapping[int, str]
    unknown: frozenset[int] = frozenset()
    missing: Mapping[str, int] = field(default_factory=dict)


def standing_in(area_path: str, kind: str = "") -> QuerySet[Subject]:
    """The subjects of an area that count: neither merged into another nor closed; of one kind where one is named."""
    rows = Subject.objects.filter(within([area_path]), merged_into=None).exclude(status=Subject.Status.CLOSED)
    return rows.filter(kind=kind) if kind else rows


def read_rule(text: str, name: str = "rule") -> Condition:
    """A rule's text as a tree; Invalid, with the place and the nearest names under the field `name`."""
    try:
        return parse_condition(text, facts.catalogue())
    except RuleError as error:
        raise refusal_of(error, text, name) from error


def sift(text: str, subject_ids: Collection[int], *, on: dt.date, snapshot: Snapshot | None = None) -> Sifted:
    """Which of these subjects a rule fits and why. No text fits everybody, without a reason.

    Reads the latest snapshot (or the one given). Invalid for a text that is no rule or cannot be matched in bulk, Conflict before
    the first snapshot.
    """
    if not text.strip():
        return Sifted("", None, dict.fromkeys(subject_ids, ""))
    rule, frozen = read_rule(text), snapshot or latest_snapshot()
    if frozen is None:
        raise Conflict(_("还没有数据快照，不能按规则筛选。"), advice=_("请先导入企业数据并匹配一次。"))
    wanted, newer = set(subject_ids), newer_than(frozen) & set(subject_ids)
    matcher = _matcher_over(frozen, rule, wanted - newer)
    try:
        reasons, open_ones, missing = _in_bulk(rule, matcher)
    except MatchError as error:
        raise Invalid(str(error), advice=_("请改写为可以成批判定的条件。"), fields={"rule": str(error)}) from error
    anew = _one_by_one(rule, newer, on) if len(newer) <= MOST_ANEW else dict.fromkeys(newer, (Answer.UNKNOWN, ""))
    reasons |= {one: why for one, (answer, why) in anew.items() if answer is Answer.YES}
    unseen = wanted - newer - set(matcher.frame.subjects.tolist())
    doubtful = open_ones | unseen | {one for one, (answer, _why) in anew.items() if answer is Answer.UNKNOWN}
    return Sifted(show(rule, facts.catalogue()), frozen.as_of, reasons, frozenset(doubtful), missing)


def missing_for(text: str, subject_ids: Iterable[int], *, on: dt.date) -> dict[int, tuple[str, ...]]:
    """For each of a page of subjects, the names of the facts that would settle a 待核 under a rule. One query a subject."""
    catalogue = facts.catalogue()
    rule = prepare(read_rule(text), catalogue)
    verdicts = {one: rule.judge(facts.facts_of(one, on=on), on=on) for one in subject_ids}
    names = catalogue.by_code
    return {one: tuple(names[code].name for code in found.settling if code in names) for one, found in verdicts.items()}


def _matcher_over(snapshot: Snapshot, rule: Condition, subject_ids: Collection[int]) -> Matcher:
    frame = frame_with(snapshot, facts_of(rule))
    rows = np.flatnonzero(np.isin(frame.subjects, np.fromiter(subject_ids, np.int64)))
    return Matcher(frame.take(rows), facts.catalogue(), snapshot.as_of)


def _in_bulk(rule: Condition, matcher: Matcher) -> tuple[dict[int, str], set[int], dict[str, int]]:
    """Why for each 是, who is 待核, and what would decide how many of these."""
    matched = matcher.match({"": rule})
    here = Population(matcher.frame, np.empty(0, object))
    eligible, known = matched.eligible(""), facts.catalogue().by_code
    reasons = dict(Held(rule, matcher, eligible).reasons(here.subjects(eligible))) if len(eligible) else {}
    missing = {known[code].name: count for code, count in matcher.settling(rule).items() if count}
    return reasons, set(here.subjects(matched.undecided(""))), missing


def _one_by_one(rule: Condition, subject_ids: Iterable[int], on: dt.date) -> dict[int, tuple[Answer, str]]:
    ready = prepare(rule, facts.catalogue())
    found = {one: ready.judge(facts.facts_of(one, on=on), on=on) for one in subject_ids}
    return {one: (verdict.answer, reason_of(verdict)) for one, verdict in found.items()}
