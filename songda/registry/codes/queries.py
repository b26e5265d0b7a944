"""Reads of dictionaries. What is made of an edition is kept by its digest, since an edition never changes."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import CodeList
from songda.kernel.sight import one_of
from songda.registry.codes.models import Dictionary, Entry

__all__ = ["code_list", "code_lists", "dictionaries", "dictionary", "edition_digests", "edition_in_force", "entries_of", "labels"]


def edition_in_force(code: str, *, on: dt.date | None = None) -> Dictionary:
    """The edition in force on a day (None: the newest). NotFound where none is."""
    editions = Dictionary.objects.filter(code=code)
    if on is not None:
        editions = editions.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))
    return one_of(
        editions.order_by(F("starts_on").desc(nulls_last=True), "-id"),
        _("字典“%(code)s”尚未装载。") % {"code": code},
        advice=_("请先装载活动包，或在字典页核对代码。"),
    )


def code_list(code: str, *, on: dt.date | None = None) -> CodeList:
    """The code list of the rule language: code → name, and code → code above it (one query when it is known already)."""
    edition = edition_in_force(code, on=on)
    return _code_list(edition.digest, edition.code, edition.pk)


def code_lists(codes: set[str]) -> dict[str, CodeList]:
    """The newest editions of several dictionaries; one that is not loaded is left out (one query when all are known)."""
    return {one.code: _code_list(one.digest, one.code, one.pk) for one in _newest(codes)}


def edition_digests(codes: set[str]) -> dict[str, str]:
    """The digest of each dictionary's newest edition: changes when, and only when, a newer one is loaded."""
    return {one.code: one.digest for one in _newest(codes)}


def labels(code: str, *, english: bool = False) -> dict[str, str]:
    """Code → label in the edition in force, in the dictionary's order."""
    if not english:
        return dict(code_list(code).names)
    entries = edition_in_force(code).entries.all()
    return {one.code: one.label_en or one.label for one in entries}


def dictionaries() -> QuerySet[Dictionary]:
    """Every edition with its number of entries, newest edition of each code first."""
    return Dictionary.objects.annotate(count=Count("entries")).order_by("code", F("starts_on").desc(nulls_last=True), "-id")


def dictionary(dictionary_id: int) -> Dictionary:
    """One edition, for its page."""
    return one_of(Dictionary.objects.filter(pk=dictionary_id), _("没有这本字典。"))


def _newest(codes: set[str]) -> list[Dictionary]:
    editions = Dictionary.objects.filter(code__in=codes).order_by(F("starts_on").asc(nulls_first=True), "id")
    return list({one.code: one for one in editions}.values())


def entries_of(dictionary: Dictionary, asked: str = "") -> QuerySet[Entry]:
    """The entries of an edition in their order, those with `asked` in code or label."""
    rows = dictionary.entries.order_by("ordinal", "id")
    return rows.filter(Q(code__startswith=asked) | Q(label__contains=asked)) if asked else rows


@lru_cache(maxsize=256)
def _code_list(digest: str, code: str, dictionary_id: int) -> CodeList:
    """Kept by digest: numbers of rows come again after a rolled-back test, digests do not."""
    entries = Entry.objects.filter(dictionary_id=dictionary_id, dictionary__digest=digest)
    rows = list(entries.values_list("code", "label", "parent"))
    return CodeList(code, {one: label for one, label, _above in rows}, {one: above or None for one, _label, above in rows})
