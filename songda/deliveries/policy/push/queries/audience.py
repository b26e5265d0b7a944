"""The audience 受众 of a push: whom measures fit, narrowed by a rule, or whom a rule picks for a text; each with the lines to read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching import queries as matching
from songda.deliveries.policy.push.rules.wanted import Wanted
from songda.kernel.paths import within
from songda.ledger.notices.rules.letters import Line, Told
from songda.ledger.notices.states import Lane
from songda.registry.actors import Actor
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

JOINT = "；"
Fitting = tuple[int, str, int | None]  # subject, area, fen


@dataclass(frozen=True, slots=True)
class Audience:
    """Rows to tell by area and number; how many subjects fit; pairs that fit no more; who was sifted out by the rule and who is 待核."""

    rows: tuple[Told, ...]
    firms: int
    rule: str = ""
    lapsed_pairs: int = 0
    lapsed: frozenset[int] = frozenset()
    narrowed: frozenset[int] = frozenset()
    narrowed_unknown: frozenset[int] = frozenset()


def here(wanted: Wanted, by: Actor) -> dict[int, str]:
    """The subjects of the area in the actor's sight that count, with their areas."""
    rows = visible_to(by).filter(within([wanted.area_path])).exclude(status=Subject.Status.CLOSED)
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    return dict(rows.order_by("area_path", "id").values_list("id", "area_path"))


def of_measures(versions: Sequence[MeasureVersion], wanted: Wanted, by: Actor, on: dt.date, lane: Lane) -> Audience:
    """One row a firm that some of the measures fit by today's facts, and that the rule picks, with a line for each and why."""
    fitting: dict[int, list[Fitting]] = {version.pk: [] for version in versions}
    matches = matching.presently_fitting(fitting, wanted.area_path, by)
    for subject, number, area, fen in matching.fitting_rows(matches):
        fitting[number].append((subject, area, fen))
    reasons = matching.reasons_for({one: [subject for subject, *_ in fitting[one.pk]] for one in versions}, on=on)
    everyone = {subject for pairs in fitting.values() for subject, *_rest in pairs}
    sound = {subject for why in reasons.values() for subject in why}
    sifted = matching.sift(wanted.rule, sound, on=on)
    picked = sifted.reasons
    lines: defaultdict[tuple[int, str], list[Line]] = defaultdict(list)
    for version in versions:
        say, why = lru_cache(sentence_for(version)), reasons[version.pk]
        for subject, area, fen in fitting[version.pk]:
            if subject in why and subject in picked:
                lines[subject, area].append(Line(version.pk, say(fen), joined(why[subject], picked[subject])))
    rows = tuple(Told(subject, area, tuple(found), lane) for (subject, area), found in sorted(lines.items()))
    return Audience(
        rows, len(everyone), sifted.text,
        lapsed_pairs=sum(len(pairs) - len(reasons[number]) for number, pairs in fitting.items()),
        lapsed=frozenset(everyone - sound), narrowed=frozenset(sound - sifted.reasons.keys() - sifted.unknown),
        narrowed_unknown=sifted.unknown,
    )  # fmt: skip


def of_texts(texts: Sequence[tuple[int, str]], wanted: Wanted, by: Actor, on: dt.date, lane: Lane) -> Audience:
    """One row a subject of the area that the rule picks, with the texts and why it gets them."""
    areas = here(wanted, by)
    sifted = matching.sift(wanted.rule, areas, on=on)
    whole = _("属于本次推送范围")
    rows = tuple(
        Told(subject, area, tuple(Line(number, said, sifted.reasons[subject] or whole) for number, said in texts), lane)
        for subject, area in areas.items()
        if subject in sifted.reasons
    )
    out = frozenset(areas) - sifted.reasons.keys() - sifted.unknown
    return Audience(rows, len(rows), sifted.text, narrowed=out, narrowed_unknown=sifted.unknown)


def joined(why: str, narrowed: str) -> str:
    """Both reasons as one text."""
    return f"{why}{JOINT}{narrowed}" if narrowed else why


def outside(version_ids: Iterable[int], wanted: Wanted, by: Actor) -> frozenset[int]:
    """Subjects in the actor's sight that some of the measures fit, beyond the area of the push."""
    if wanted.area_path in by.area_paths and len(by.area_paths) == 1:
        return frozenset()
    found: set[int] = set()
    for path in by.area_paths:
        rows = matching.presently_fitting(version_ids, path, by).exclude(within([wanted.area_path]))
        found.update(rows.order_by().values_list("subject_id", flat=True).distinct())
    return frozenset(found)


def sentence_for(version: MeasureVersion) -> Callable[[int | None], str]:
    """How the line a firm reads is made of its expected fen: what it is, how much, until when."""
    amount, ends = _("预计 %(amount)s 元"), []
    if version.closes_on is not None:
        day = version.closes_on
        ends = [_("%(day)s 前申报") % {"day": f"{day.year}年{day.month}月{day.day}日"}]

    def say(fen: int | None) -> str:
        expected = [] if fen is None else [amount % {"amount": f"{fen // 100:,}.{fen % 100:02d}"}]
        return "，".join([version.title, *expected, *ends])

    return say
