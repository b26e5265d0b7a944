"""What an edition holds 目录: categories with counts, policies in order, and whether it is still what was published."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.compendium.models import Edition, EditionEntry, EditionFiling
from songda.deliveries.policy.compendium.rules.contents import Chapter, chapters, digest_of
from songda.kernel.errors import Conflict
from songda.kernel.sight import one_of

FROZEN = (
    "document_id", "ordinal", "title", "number", "issuer", "level", "kind", "issued_on", "valid_from", "valid_until", "validity_text",
    "digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """The contents: policies by ordinal, chapters by category. `distinct` policies; `filed` is the sum over categories, which may be
    larger since a policy may be in several (POL-01)."""

    entries: dict[int, EditionEntry]
    chapters: list[Chapter]

    @property
    def distinct(self) -> int:
        """How many policies."""
        return len(self.entries)

    @property
    def filed(self) -> int:
        """The sum of the chapters."""
        return sum(len(one.ordinals) for one in self.chapters)


def contents_of(edition: Edition) -> Shelf:
    """An edition's contents, in two queries."""
    entries = {entry.ordinal: entry for entry in edition.entries.all()}
    filings = EditionFiling.objects.filter(entry__edition=edition)
    return Shelf(entries, chapters(filings.values_list("ordinal", "category", "label", "entry__ordinal")))


def digest_of_edition(edition: Edition) -> str:
    """The digest of everything an edition holds: title and number, entries and filings."""
    head = ("edition", edition.number, edition.title, edition.issuer, edition.as_of)
    entries = edition.entries.order_by().values_list(*FROZEN)
    filings = EditionFiling.objects.filter(entry__edition=edition).order_by()
    filed = filings.values_list("entry__document_id", "category", "label", "ordinal")
    return digest_of([head, *entries, *filed])


def is_unchanged(edition: Edition) -> bool:
    """Whether a published edition is still what was published; a draft is."""
    return edition.state != "published" or digest_of_edition(edition) == edition.content_digest


def entry_in(edition: Edition, entry_id: int) -> EditionEntry:
    """One policy of the edition; NotFound otherwise."""
    return one_of(
        edition.entries.select_related("document").filter(pk=entry_id), _("本期汇编没有这一条。"), advice=_("请从目录重新进入。")
    )


def text_of_entry(entry: EditionEntry) -> str:
    """The text of a policy, if it is still the one that was taken in; Conflict otherwise."""
    if entry.document.digest != entry.digest:
        raise Conflict(_("《%(title)s》的正文与编入时不同，不能排印。") % {"title": entry.title}, code="text_changed")
    return entry.document.text
