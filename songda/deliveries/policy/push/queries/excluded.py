"""The firms behind a figure of a dry run, or of a gap, one page at a time with what there is to say of each."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching import queries as matching
from songda.deliveries.policy.push.queries.preview import try_push
from songda.deliveries.policy.push.rules.wanted import Wanted
from songda.deliveries.policy.push.states import Fate
from songda.kernel.screens.paging import Page, read_cursor
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.people.models import Assignment
from songda.registry.subjects.models import Subject

SIZE = 50
KEPT, FOR = 8, dt.timedelta(minutes=10)
_kept: OrderedDict[tuple[object, ...], tuple[dt.datetime, Mapping[Fate, frozenset[int]]]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm of a list with a word on it, and the officer accountable for it."""

    subject: Subject
    said: str
    officer: str


def fates_kept(wanted: Wanted, *, by: Actor, now: dt.datetime) -> Mapping[Fate, frozenset[int]]:
    """The fates of a dry run, worked out once in ten minutes for one post: turning a page does not try the push again."""
    key = (wanted.audience, by.post_id, by.area_paths, by.covers)
    at, found = _kept.get(key, (None, None))
    if at is None or found is None or not at <= now < at + FOR:
        found = try_push(wanted, by=by, now=now).fates
        keep(wanted, found, by=by, now=now)
    return found


def keep(wanted: Wanted, found: Mapping[Fate, frozenset[int]], *, by: Actor, now: dt.datetime) -> None:
    """Remember the fates of a dry run just made; the oldest is forgotten first."""
    key = (wanted.audience, by.post_id, by.area_paths, by.covers)
    _kept[key] = (now, found)
    _kept.move_to_end(key)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def page_of_subjects(subject_ids: Collection[int], given: QueryDict | Mapping[str, str], size: int = SIZE) -> Page[Subject]:
    """One page of a set of subjects by number, which is how long the set takes to sort."""
    cursor = read_cursor(given.get("after") or "", 1)
    order = sorted(subject_ids)
    rest = [one for one in order if one > int(cursor[0])] if cursor else order
    here = rest[:size]
    rows = Subject.objects.select_related("home").in_bulk(here)
    after = signing.dumps([here[-1]], salt="page") if len(rest) > size else ""
    return Page([rows[one] for one in here if one in rows], len(order), False, after, not cursor)


def lines_of(subjects: Sequence[Subject], fate: Fate, wanted: Wanted, *, on: dt.date) -> list[FirmLine]:
    """One page of firms under a fate, each with what is missing where something is."""
    keys = [one.pk for one in subjects]
    said = words_for(keys, fate, wanted, on)
    officers = officers_of(keys)
    return [FirmLine(one, said.get(one.pk, ""), officers.get(one.pk, "")) for one in subjects]


def words_for(keys: Sequence[int], fate: Fate, wanted: Wanted, on: dt.date) -> dict[int, str]:
    """What would settle the doubt about each firm; '' where the fate says it all. One look at the facts a firm."""
    if fate is Fate.NARROWED_UNKNOWN:
        missing = matching.missing_for(wanted.rule, keys, on=on)
        return {one: lacking(names) for one, names in missing.items()}
    if fate is Fate.UNKNOWN:
        versions = list(MeasureVersion.objects.filter(pk__in=wanted.versions).select_related("rule_version"))
        return {one: _open_in(one, versions, on) for one in keys}
    return {}


def lacking(names: Iterable[str]) -> str:
    """缺 …."""
    found = list(dict.fromkeys(names))
    return _("缺：%(facts)s") % {"facts": "、".join(found)} if found else _("数据刚更新，待重新匹配")


def officers_of(keys: Collection[int]) -> dict[int, str]:
    """The accountable officer of each of a page of firms."""
    rows = Assignment.objects.filter(subject__in=keys, ends_on=None).values_list("subject_id", "post__person__name")
    return dict(rows)


def _open_in(subject_id: int, versions: Sequence[MeasureVersion], on: dt.date) -> str:
    known = facts.catalogue().by_code
    verdicts = matching.judged(versions, facts.facts_of(subject_id, on=on), on=on)
    return lacking(fact.name for one in verdicts for fact in matching.settling(one, known))
