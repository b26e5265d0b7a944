"""Names of entries, as forms make them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.portal.packs.entries import item_name, listing_of
from songda.portal.packs.reading import SECTIONS
from songda.portal.packs.sections import Section


def fixed_parts(section: Section, name: str) -> tuple[str, ...]:
    """The values that make the name of an entry, and so never change."""
    listing = listing_of(section, name)
    return listing.codes if listing else ("code",)


def first_name(section: Section, listing: str, stem: str) -> str:
    """A name for an entry yet to come: its list or its file, and nothing else. NotFound where nothing can be added."""
    if section.folder and section.lists and stem:
        return f"{stem}."
    if section.folder and not section.lists:
        return "new"
    if section.listing(listing or (section.lists[0].key if section.lists else "")) is None or section.folder:
        raise NotFound(_("这里不能新增条目。"))
    return f"{listing or section.lists[0].key}."


def name_of(section: Section, first: str, value: dict[str, Any]) -> str:
    """The name that a new entry gets by what it says."""
    listing = listing_of(section, first)
    if listing is None:
        return str(value["code"])
    file = f"{SECTIONS[section.name]}{first.partition('.')[0]}.yaml" if section.folder else SECTIONS[section.name]
    return item_name(section, file, listing, value)
