"""Reads of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.paths import within
from songda.kernel.recall import recalled
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.codes import queries as codes
from songda.registry.subjects import access
from songda.registry.subjects.models import Alias, Belonging, Merge, Subject
from songda.registry.subjects.rules import industry, names, uscc
from songda.registry.subjects.rules.sets import Compared, SubjectSet

INDUSTRIES, SIZES = "gbt4754", "sizes"  # codes of the dictionaries that the columns take their codes from

__all__ = [
    "Likeness", "Shown", "Wanted", "aliases_of", "by_code", "compared", "likely_duplicates",
    "listed", "members", "merged_by", "merges_of", "parks_of",
    "present_id", "shown", "standing_under",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """A subject that may be the same as the one asked about: how alike (0 … 1) and why it is proposed."""

    subject: Subject
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list; an empty one does not filter. `text` is part of a name or alias, a code, or pinyin."""

    text: str = ""
    kind: str = ""
    section: str = ""
    size: str = ""
    above_scale: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the list, with its codes in words."""

    subject: Subject
    industry: str
    size: str


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Subject]:
    """The subjects in scope that pass the filters, by the pinyin of their names.

    Their homes come by a second query: joined, SQLite would sort whole rows of both tables, 60 ms for a city instead of 9.
    """
    rows = access.visible_to(actor)
    exact = {"kind": wanted.kind, "size": wanted.size, "above_scale": {"yes": True, "no": False}.get(wanted.above_scale)}
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if wanted.area:
        rows = rows.filter(home__code=wanted.area)
    if wanted.section:
        rows = rows.filter(_in_section(wanted.section))
    if wanted.text:
        rows = rows.filter(_named(wanted.text))
    return rows.prefetch_related("home").order_by("name_key", "id")


def members(wanted: SubjectSet, *, on: dt.date) -> QuerySet[Subject]:
    """The subjects of a set on a day (park membership is dated; homes and columns are today's)."""
    rows = Subject.objects.filter(merged_into=None, kind=wanted.kind).filter(within([wanted.area_path]))
    if wanted.park_id is not None:
        inside = Belonging.objects.filter(park_id=wanted.park_id, starts_on__lte=on)
        rows = rows.filter(pk__in=inside.filter(Q(ends_on=None) | Q(ends_on__gte=on)).values("subject_id"))
    if wanted.above_scale is not None:
        rows = rows.filter(above_scale=wanted.above_scale)
    if wanted.sections:
        rows = rows.filter(reduce(or_, map(_in_section, wanted.sections)))
    return rows


def compared(one: SubjectSet, two: SubjectSet, *, on: dt.date) -> Compared:
    """Two sets side by side: why a park may count more firms than its district (SUP-18)."""
    first, second = members(one, on=on), members(two, on=on)
    return Compared(first.count(), second.count(), first.filter(pk__in=second.values("pk")).count())


def shown(rows: Sequence[Subject]) -> list[Shown]:
    """Rows with the names of their industries and sizes (one query); a code without a name shows itself."""
    lists = codes.code_lists({INDUSTRIES, SIZES})
    industries, sizes = (lists[code].names if code in lists else {} for code in (INDUSTRIES, SIZES))
    return [Shown(row, industries.get(row.industry, row.industry), sizes.get(row.size, row.size)) for row in rows]


def by_code(code: str) -> Subject:
    """The subject of a unified social credit code or a local number, whatever the scope; NotFound where there is none."""
    return one_of(
        Subject.objects.filter(Q(uscc=uscc.normalise(code)) | Q(local_number=code)),
        _("没有代码为“%(code)s”的主体。") % {"code": code},
    )


@recalled
def subject_of(subject_id: int) -> Subject | None:
    """The subject of a key, whatever the scope: the caller has checked sight."""
    return Subject.objects.filter(pk=subject_id).first()


def present_id(subject_id: int) -> int:
    """The subject that stands for this one today: itself, or what it was merged into (however many times over)."""
    return merged_by().get(subject_id, subject_id)


@recalled
def merged_by(known_at: dt.datetime | None = None) -> dict[int, int]:
    """Each merged row and the subject that stood for it at a moment (None: now)."""
    merges = Merge.objects.filter(undone_at=None)
    if known_at is not None:
        merges = Merge.objects.filter(Q(undone_at=None) | Q(undone_at__gt=known_at), merged_at__lte=known_at)
    above = dict(merges.values_list("merged_id", "kept_id"))
    return {merged: _top(above, merged) for merged in above}


def standing_under(subject_id: int, known_at: dt.datetime | None = None) -> list[int]:
    """The subject and every row merged into it at a moment, first itself."""
    return [subject_id, *(merged for merged, kept in merged_by(known_at).items() if kept == subject_id)]


def likely_duplicates(name: str, code: str | None = None, limit: int = 10) -> list[Likeness]:
    """Subjects that may be the one called `name`, most alike first. A proposal for a person, never a merge.

    Candidates share the code or the first two characters of a name's core (an alias's too): two indexed look-ups.
    """
    core = names.core_of(name)
    present = Subject.objects.filter(merged_into=None).select_related("home")
    same = present.filter(uscc=uscc.normalise(code)) if code else present.none()
    by_name = present.filter(name_core__startswith=core[:2])
    by_alias = Alias.objects.filter(name_core__startswith=core[:2], subject__merged_into=None).select_related("subject__home")
    found: dict[int, Likeness] = {one.pk: Likeness(one, 1.0, _("统一社会信用代码相同")) for one in same}
    pairs = chain(((one, one.name_core) for one in by_name), ((one.subject, one.name_core) for one in by_alias))
    for subject, other in pairs:
        score = names.likeness(core, other)
        if score >= names.ALIKE and (subject.pk not in found or found[subject.pk].score < score):
            reason = _("名称主干相同") if score == 1 else _("名称相近")
            found[subject.pk] = Likeness(subject, score, reason)
    return sorted(found.values(), key=lambda one: (-one.score, one.subject.name_key))[:limit]


def _top(above: dict[int, int], subject_id: int) -> int:
    seen = {subject_id}
    at = subject_id
    while above.get(at) is not None and above[at] not in seen:
        at = above[at]
        seen.add(at)
    return at


def aliases_of(subject: Subject) -> QuerySet[Alias]:
    """Other names of a subject, the latest former name first."""
    return subject.aliases.order_by("-until", "name")


def merges_of(subject: Subject) -> QuerySet[Merge]:
    """Merges into a subject that are still in force."""
    return subject.merges.filter(undone_at=None).select_related("merged").order_by("-merged_at")


def parks_of(subject: Subject) -> list[str]:
    """Names of the parks a subject is in today."""
    return list(subject.belongings.filter(ends_on=None).values_list("park__short_name", flat=True))


def _in_section(section: str) -> Q:
    """Industries of a section: its letter, or its divisions in digits (two ranges of the same column)."""
    first, last = industry.divisions_of(section)
    return Q(industry__startswith=section) | Q(industry__gte=f"{first:02}", industry__lt=f"{last + 1:02}")


def _named(text: str) -> Q:
    code, name = uscc.normalise(text), names.tidy(text)
    if code.isascii() and code.isalnum() and len(code) == uscc.LENGTH:
        return Q(uscc=code)
    if code.isascii():
        return Q(uscc__startswith=code) | Q(local_number=text) | Q(name_key__startswith=text.lower()) | Q(name__contains=name)
    return Q(name__contains=name) | Q(pk__in=Alias.objects.filter(name__contains=name).values("subject_id"))
