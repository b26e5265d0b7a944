"""Entries 条目 of a file: each with a name of its own, found, changed, added and taken out as plain data.

`days.2026-10-01` is an item of a list; where each thing has a file, `sizes.L` is an item of sizes.yaml; `sizes` and `watch` are heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from songda.portal.packs.reading import SECTIONS, Sheet, Where
from songda.portal.packs.rewriting import written
from songda.portal.packs.sections import Data, Listing, Section, section_named


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name, its label, where it stands in its file, and what it says."""

    name: str
    label: str
    where: Where
    value: Data

    @property
    def text(self) -> str:
        """What it says, as YAML."""
        return written(self.value)


def stem_of(file: str) -> str:
    """`dictionaries/sizes.yaml` → sizes."""
    return PurePosixPath(file).stem


def file_of(section: Section, name: str) -> str:
    """The file in which an entry of that name stands."""
    place = SECTIONS[section.name]
    return f"{place}{name.partition('.')[0]}.yaml" if section.folder else place


def entries_of(section: str, file: str, data: Data) -> Iterator[Entry]:
    """The entries of a file, its head first; a file that pages do not change is one entry."""
    edited = section_named(section)
    lists = edited.lists if edited else ()
    head = {key: value for key, value in data.items() if not any(one.key == key for one in lists)}
    if head:
        yield Entry(stem_of(file), head_label(head, edited), (), head)
    for listing in lists:
        for at, item in enumerate(data.get(listing.key, ())):
            yield Entry(item_name(edited, file, listing, item), label_of(listing, item), (listing.key, at), item)


def by_name(sheet: Sheet) -> dict[str, Entry]:
    """The entries of a file by their names."""
    return {one.name: one for one in entries_of(sheet.section, sheet.file, sheet.data)}


def head_label(head: Data, section: Section | None) -> str:
    """What a head is called: as it calls itself, else as its section is."""
    for key in ("label", "name", "title"):
        found = head.get(key, "")
        found = found.get("zh", "") if isinstance(found, dict) else found
        if found:
            return str(found)
    return str(section.label) if section else ""


def label_of(listing: Listing, item: Data) -> str:
    """What an item is called."""
    return " ".join(str(item[key]) for key in listing.label)


def item_name(section: Section | None, file: str, listing: Listing, item: Mapping[str, Any]) -> str:
    """The name of an item of a list."""
    part = stem_of(file) if section and section.folder else listing.key
    return f"{part}.{'/'.join(str(item.get(key, '')) for key in listing.codes)}"


def listing_of(section: Section, name: str) -> Listing | None:
    """The list in which an entry of that name stands, None for a head."""
    part, dot, _code = name.partition(".")
    if not dot:
        return None
    return section.lists[0] if section.folder and section.lists else section.listing(part)


def changed(section: Section, file: str, data: Data, changes: Sequence[tuple[str, Data | None]]) -> Data:
    """The file's data with entries in other words, new entries, and without those that are now None."""
    found = dict(data)
    for name, value in changes:
        listing = listing_of(section, name)
        if listing is None:
            lists = {one.key: found[one.key] for one in section.lists if one.key in found}
            found = {**(value or {}), **lists}
            continue
        items = list(found.get(listing.key, ()))
        at = next((at for at, one in enumerate(items) if item_name(section, file, listing, one) == name), None)
        if at is not None:
            items[at : at + 1] = [] if value is None else [value]
        elif value is not None:
            items.insert(_place(listing, items, value), value)
        found[listing.key] = items
    return section.follows(data, found) if section.follows else found


def _place(listing: Listing, items: Sequence[Data], value: Data) -> int:
    """Where a new item goes: behind all, or in the order of its code."""
    if not listing.ordered:
        return len(items)
    code = listing.codes[0]
    return next((at + 1 for at in range(len(items) - 1, -1, -1) if items[at][code] < value[code]), 0)
