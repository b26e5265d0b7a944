"""Changes to dictionaries: there is one, a new edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk
from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.who import Who
from songda.registry.codes import models, rules

__all__ = ["Edition", "load_dictionary"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A dictionary in one edition, as a pack or a person gives it. `claims`: 0 where a numeral in the name counts nothing."""

    code: str
    edition: str
    name: str
    entries: Sequence[rules.Entry]
    name_en: str = ""
    source: str = ""
    claims: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


def promised(given: Edition) -> int | None:
    """How many entries the name promises (None: nothing)."""
    return rules.claimed(given.name) if given.claims is None else given.claims or None


@transaction.atomic
def load_dictionary(given: Edition, *, by: Who, now: dt.datetime) -> models.Dictionary:
    """Load an edition. The same edition with the same entries again changes nothing; with others it is refused (Conflict)."""
    claims = promised(given)
    wrong = rules.problems(given.name, given.entries, claims)
    if wrong:
        raise Invalid(
            _("字典“%(name)s”不能装载：%(why)s") % {"name": given.name, "why": wrong[0]}, fields={"entries": "\n".join(wrong)}
        )
    digest = rules.digest_of(given.entries)
    known = models.Dictionary.objects.filter(code=given.code, edition=given.edition).first()
    if known is not None:
        return _unchanged(known, digest)
    made = models.Dictionary.objects.create(
        code=given.code, edition=given.edition, name=given.name, name_en=given.name_en, source=given.source,
        claims=claims, starts_on=given.starts_on, ends_on=given.ends_on, digest=digest,
    )  # fmt: skip
    columns = ("dictionary_id", "code", "label", "label_en", "parent", "ordinal")
    rows = ((made.pk, one.code, one.label, one.label_en, one.parent, at) for at, one in enumerate(given.entries))
    bulk.insert(models.Entry, columns, rows)
    audit.record("codes.load", made, by=by, now=now, after={"edition": given.edition, "digest": digest})
    return made


def _unchanged(known: models.Dictionary, digest: str) -> models.Dictionary:
    if known.digest != digest:
        raise Conflict(
            _("字典“%(name)s”%(edition)s版已登记，内容不同。") % {"name": known.name, "edition": known.edition},
            advice=_("已登记的版次不可修改，请以新版次装载。"),
        )
    return known
