"""Why a measure fits 为何推送, for many firms at once: the conditions of the rule that hold for each.

Read off the bit rails of a snapshot, so that 27,000 firms cost milliseconds; firms that the snapshot does not know to be 是
(their facts are newer) are judged one by one. A firm that is 是 by neither has no reason, and must not be told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.queries.snapshots import latest_snapshot, matcher_for, newer_than, population_of
from songda.deliveries.policy.matching.queries.verdicts import condition_of, verdict_for
from songda.engines.match.matcher import Matcher
from songda.engines.match.rails import Flags, Rows, unpack
from songda.engines.rules.show import show
from songda.engines.rules.tree import And, AtLeast, Condition, Or
from songda.engines.rules.verdict import Answer, Verdict

LONGEST = 400  # characters, the length of a notice line's reason
JOINT = "；"


def reasons_for(fitting: Mapping[MeasureVersion, Sequence[int]], *, on: dt.date) -> dict[int, dict[int, str]]:
    """Version → subject → the conditions that make it fit, in the order of the rule. Absent: it does not fit any more."""
    found = _by_snapshot(fitting)
    for version, subject_ids in fitting.items():
        told = found.setdefault(version.pk, {})
        for subject_id in subject_ids:
            if subject_id not in told:
                verdict = verdict_for(subject_id, version, on=on).verdict
                if verdict.answer is Answer.YES:
                    told[subject_id] = reason_of(verdict)
    return found


def reason_of(verdict: Verdict) -> str:
    """The conditions that carry a 是, each with the value it looked at."""
    held = [reason for reason in verdict.reasons if reason.answer is Answer.YES and reason.matters]
    return shortened([f"{one.text}（{'，'.join(used.value for used in one.used)}）" for one in held])


def shortened(parts: Sequence[str]) -> str:
    """The parts as one text that fits."""
    text = JOINT.join(parts)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _by_snapshot(fitting: Mapping[MeasureVersion, Sequence[int]]) -> dict[int, dict[int, str]]:
    snapshot = latest_snapshot()
    if snapshot is None or not any(fitting.values()):
        return {}
    population = population_of(snapshot, fitting)
    matcher, known = matcher_for(snapshot, population), ~population.among(newer_than(snapshot))
    found = {}
    for version, subject_ids in fitting.items():
        rows: Rows = np.flatnonzero(population.among(subject_ids) & known)
        found[version.pk] = dict(Held(condition_of(version), matcher, rows).reasons(population.subjects(rows)))
    return found


class Held:
    """A rule's conditions over some rows: which of them are 是, row by row; rows alike share one text."""

    def __init__(self, rule: Condition, matcher: Matcher, rows: Rows) -> None:
        self.rule, self.catalogue = rule, matcher.sight.catalogue
        self.atoms = tuple(dict.fromkeys(atoms(rule)))
        matched = matcher.match({str(place): atom for place, atom in enumerate(self.atoms)})
        flags = [unpack(matched.eligible_words(str(place)), matched.n)[rows] for place in range(len(self.atoms))]
        self.flags: Flags = np.stack(flags, axis=1)

    def reasons(self, subjects: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The reason of each subject that is 是."""
        patterns, which = np.unique(self.flags, axis=0, return_inverse=True)
        texts = [self._text(dict(zip(self.atoms, pattern, strict=True))) for pattern in patterns.tolist()]
        for subject, place in zip(subjects, which.ravel().tolist(), strict=True):
            if texts[place]:
                yield subject, texts[place]

    def _text(self, holds: Mapping[Condition, bool]) -> str:
        carried = carriers(self.rule, holds)
        return "" if carried is None else shortened([show(one, self.catalogue) for one in carried])


def atoms(node: Condition) -> Iterator[Condition]:
    """The parts of a rule below 且, 或 and 至少n项, in the order of the text."""
    if isinstance(node, And | Or | AtLeast):
        for item in node.items:
            yield from atoms(item)
    else:
        yield node


def carriers(node: Condition, holds: Mapping[Condition, bool]) -> list[Condition] | None:
    """The atoms that make a node 是: all of a 且, those that hold of a 或; None where the node is not 是."""
    if not isinstance(node, And | Or | AtLeast):
        return [node] if holds[node] else None
    parts = [carriers(item, holds) for item in node.items]
    held = [part for part in parts if part is not None]
    needed = {And: len(parts), Or: 1}.get(type(node), getattr(node, "count", 0))
    return [atom for part in held for atom in part] if len(held) >= needed else None
