"""Reads of the applied packs: which one is in force, its files, and who changed what in them."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from songda.registry.campaigns.models import Campaign, SheetChange, SheetVersion

__all__ = ["changed_on_pages", "changes_of", "in_force", "newest", "present_sheets", "texts_of"]


def in_force() -> Campaign | None:
    """The campaign applied last: the one whose files pages show and change."""
    return Campaign.objects.order_by("-applied_at", "-pk").first()


def newest(campaign: str) -> QuerySet[SheetVersion]:
    """Every file of a campaign in its newest version, those that were taken out too."""
    same = SheetVersion.objects.filter(campaign=OuterRef("campaign"), file=OuterRef("file")).order_by("-number")
    return SheetVersion.objects.filter(campaign=campaign, number=Subquery(same.values("number")[:1])).order_by("file")


def present_sheets(campaign: str) -> QuerySet[SheetVersion]:
    """The files of a campaign as they stand."""
    return newest(campaign).filter(present=True)


def texts_of(campaign: str) -> dict[str, str]:
    """Name → text of the files as they stand; empty where a campaign was applied before files were kept."""
    return dict(present_sheets(campaign).values_list("file", "text"))


def changes_of(campaign: str, file: str, entry: str) -> QuerySet[SheetChange]:
    """What happened to an entry, newest first, each with the version that did it."""
    found = SheetChange.objects.filter(version__campaign=campaign, version__file=file, entry=entry)
    return found.select_related("version").order_by("-version_id", "-pk")


def changed_on_pages(campaign: str) -> set[tuple[str, str]]:
    """File and entry of everything whose newest change was made on a page: what a folder does not know of."""
    changes = SheetChange.objects.filter(version__campaign=campaign).order_by("pk")
    newest_origin = {
        (file, entry): origin for file, entry, origin in changes.values_list("version__file", "entry", "version__origin")
    }
    return {place for place, origin in newest_origin.items() if origin == SheetVersion.Origin.PAGE}
