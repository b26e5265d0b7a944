"""What if 试算: a rule as it is being typed, over the latest snapshot, in the typer's scope. Nothing is written.

Typing must stay smooth: the snapshot's frame is kept in the process, and for each scope the subjects in it with a matcher that
remembers conditions. Who is in a scope is looked up again every minute; who may be named is looked up every time.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

import numpy as np
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import version_for
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.queries.audience import Sieve, in_scope, sieves_of
from songda.deliveries.policy.matching.queries.snapshots import Population, areas_of_subjects, latest_snapshot
from songda.engines.match.frame import Frame
from songda.engines.match.matched import Matched
from songda.engines.match.matcher import Matcher
from songda.engines.match.rails import Rows
from songda.engines.match.sight import MatchError
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.tree import Condition
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Snapshot
from songda.registry.rulebook import queries as rulebook
from songda.registry.subjects.access import visible_to

MOST_SCOPES = 4
SHOWN = 3
CACHE_BYTES = 16 << 20
Key = TypeVar("Key")
Kept = TypeVar("Kept")
_frames: OrderedDict[tuple[str, Catalogue], Frame] = OrderedDict()
_scopes: OrderedDict[tuple[object, ...], Scope] = OrderedDict()


@dataclass(frozen=True)
class Scope:
    """The subjects a person may try rules on, with the matcher that remembers conditions about them."""

    population: Population
    matcher: Matcher
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True, slots=True)
class Example:
    """A firm that got an answer."""

    subject_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One answer: how many got it, and a few of them that the actor may see."""

    answer: str
    firms: int
    share: float
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule as typed over the firms in scope. `gained`, `lost`: against the rule saved with the measure (None: none saved)."""

    as_of: dt.date
    firms: int
    parts: tuple[Part, ...]
    fen: int | None
    sieves: tuple[Sieve, ...]
    gained: int | None = None
    lost: int | None = None


def what_if(text: str, amount_text: str, version_id: int | None, actor: Actor, *, now: dt.datetime) -> Trial | None:
    """Try a text on the latest snapshot, in the actor's areas and, given a measure's version, in its area; None: it is no rule.

    NotFound for a version out of reach, Conflict before the first snapshot, Invalid for a rule that cannot be matched.
    """
    version = version_for(version_id, actor) if version_id is not None else None
    catalogue = facts.catalogue()
    try:
        condition = parse_condition(text, catalogue)
    except RuleError:
        return None
    snapshot = latest_snapshot()
    if snapshot is None:
        raise Conflict(_("还没有数据快照，无法试算。"), advice=_("请先导入企业数据并生成快照（songda snapshot）。"))
    scope = scope_of(snapshot, catalogue, version.area_path if version else "", actor, now)
    try:
        with scope.lock:
            return _tried(scope, condition, amount_text, version, actor)
    except MatchError as error:
        raise Invalid(str(error), advice=_("这样的规则可以保存，但不能成批试算。")) from error


def scope_of(snapshot: Snapshot, catalogue: Catalogue, area_path: str, actor: Actor, now: dt.datetime) -> Scope:
    """The subjects of an area within the actor's scope, as of this minute; the oldest scope kept is forgotten first."""
    minute = int(now.timestamp()) // 60
    key = (snapshot.digest, catalogue, area_path, actor.area_paths, actor.assigned_only and actor.post_id, minute)
    found = _scopes.get(key)
    if found is None:
        frame = frame_of(snapshot, catalogue)
        areas = areas_of_subjects(snapshot.area_path)
        everyone = Population(frame, np.array([areas.get(subject) for subject in frame.subjects.tolist()], object))
        rows = np.flatnonzero(everyone.in_area(area_path) & in_scope(everyone, actor))
        inside = Population(frame.take(rows), everyone.areas[rows])
        found = Scope(inside, Matcher(inside.frame, catalogue, snapshot.as_of, cache_bytes=CACHE_BYTES))
        _keep(_scopes, key, found, MOST_SCOPES)
    return found


def frame_of(snapshot: Snapshot, catalogue: Catalogue) -> Frame:
    """All columns of a snapshot, read once in a process."""
    key = (snapshot.digest, catalogue)
    found = _frames.get(key)
    if found is None:
        found = facts.snapshot_frame(snapshot)
        _keep(_frames, key, found, 1)
    return found


def _keep(kept: OrderedDict[Key, Kept], key: Key, value: Kept, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)


def _tried(scope: Scope, condition: Condition, amount_text: str, version: MeasureVersion | None, actor: Actor) -> Trial:
    matched = scope.matcher.match({"": condition})
    gained, lost = _against_saved(scope.matcher, condition, version)
    return Trial(
        as_of=scope.matcher.sight.on,
        firms=matched.n,
        parts=_parts(scope, matched, actor),
        fen=_amount(scope.matcher, amount_text, matched.eligible("")),
        sieves=sieves_of(scope.matcher, condition),
        gained=gained,
        lost=lost,
    )


def _parts(scope: Scope, matched: Matched, actor: Actor) -> tuple[Part, ...]:
    counts, n = matched.counts(""), max(matched.n, 1)
    eligible, undecided = matched.eligible(""), matched.undecided("")
    rest = np.setdiff1d(np.arange(matched.n), np.concatenate([eligible, undecided]), assume_unique=True)
    shown = {"是": eligible, "待核": undecided, "否": rest}
    told = {"是": counts.yes, "待核": counts.unknown, "否": counts.no}
    picked = {answer: scope.population.subjects(_spread(rows)) for answer, rows in shown.items()}
    names = _names([one for some in picked.values() for one in some], actor)
    return tuple(
        Part(
            answer,
            told[answer],
            100 * told[answer] / n,
            tuple(Example(one, names[one]) for one in picked[answer] if one in names),
        )
        for answer in shown
    )


def _spread(rows: Rows) -> Rows:
    """A few rows from the beginning, the middle and the end."""
    return rows[np.unique(np.linspace(0, len(rows) - 1, min(SHOWN, len(rows)), dtype=np.int64))] if len(rows) else rows


def _names(subject_ids: list[int], actor: Actor) -> Mapping[int, str]:
    """The names of those the actor may see; posts without that right see figures only."""
    if not actor.may("subjects.see"):
        return {}
    return dict(visible_to(actor).filter(pk__in=subject_ids).values_list("pk", "name"))


def _amount(matcher: Matcher, amount_text: str, rows: Rows) -> int | None:
    if not amount_text.strip():
        return None
    try:
        return matcher.amounts(parse_amount(amount_text, matcher.sight.catalogue), rows).total
    except RuleError:
        return None


def _against_saved(matcher: Matcher, condition: Condition, version: MeasureVersion | None) -> tuple[int | None, int | None]:
    if version is None or version.rule_version is None:
        return None, None
    change = matcher.what_if(rulebook.condition_of(version.rule_version), condition)
    return len(change.gained), len(change.lost)
