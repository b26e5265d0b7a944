"""What the pages show: the sections, the entries of one, an entry, its history, and a text before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import ndiff
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue_files import PlainLoader
from songda.kernel.errors import NotFound
from songda.portal.packs.editing import kept_because, section_for
from songda.portal.packs.entries import Entry, by_name, file_of, stem_of
from songda.portal.packs.reading import SECTIONS, Sheet, parse_sheet, section_of
from songda.portal.packs.sections import EDITED, Data, Section
from songda.portal.packs.shapes import schema_of
from songda.portal.packs.standing import campaign_in_force
from songda.registry.actors import Actor
from songda.registry.campaigns.models import SheetChange, SheetVersion
from songda.registry.campaigns.queries import changes_of, newest, present_sheets


@dataclass(frozen=True, slots=True)
class Summary:
    """A section on the first page: how many files and entries, and its newest version."""

    section: Section
    files: int
    entries: int
    newest: SheetVersion | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a section's list: an entry, or a file with its entries (`address`: where it leads)."""

    entry: Entry
    address: str
    count: int
    version: SheetVersion


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a text before and after: its sign (-, + or blank) and its words."""

    sign: str
    text: str


def sections_for(actor: Actor) -> list[Summary]:
    """The sections that this post may change. One query."""
    versions = list(newest(campaign_in_force().code).filter(present=True).defer("text"))
    return [_summary(one, versions) for one in EDITED if actor.may(one.permission)]


def lines_of(section: Section, stem: str, asked: str) -> list[Line]:
    """The entries of a section whose name or label holds what was asked; where each file has a list, the files first."""
    place = SECTIONS[section.name]
    versions = present_sheets(campaign_in_force().code)
    versions = versions.filter(file__startswith=place) if section.folder else versions.filter(file=place)
    if stem:
        versions = versions.filter(file=f"{place}{stem}.yaml")
    folded = section.folder and section.lists and not stem
    rows = (line for one in versions for line in (_files(section, one) if folded else _entries(section, one)))
    return [line for line in rows if asked in line.entry.name or asked in line.entry.label]


def titles_of(section: Section) -> list[tuple[str, str]]:
    """The lists of a section: key, and what its schema calls it."""
    known = schema_of(section.name)["properties"]
    return [(one.key, known[one.key].get("title", one.key)) for one in section.lists]


def entry_for(name: str, entry: str, actor: Actor) -> tuple[Section, Sheet, Entry]:
    """An entry as it stands; NotFound where there is none of that name."""
    section = section_for(name, actor)
    sheet = sheet_for(section, entry)
    found = by_name(sheet).get(entry) if sheet else None
    if sheet is None or found is None:
        raise NotFound(_("没有这个条目，或者它刚刚被取消。"))
    return section, sheet, found


def sheet_for(section: Section, entry: str) -> Sheet | None:
    """The file in which an entry stands or would stand, None where there is no such file yet."""
    version = present_sheets(campaign_in_force().code).filter(file=file_of(section, entry)).first()
    return sheet_of(version.file, version.text) if version else None


def history_of(section: Section, entry: str) -> QuerySet[SheetChange]:
    """What happened to an entry, newest first."""
    return changes_of(campaign_in_force().code, file_of(section, entry), entry)


def change_for(change_id: int, name: str, actor: Actor) -> tuple[Section, SheetChange]:
    """One change of a section, for who may see it."""
    section = section_for(name, actor)
    found = SheetChange.objects.select_related("version").filter(pk=change_id, version__campaign=campaign_in_force().code).first()
    if found is None or section_of(found.version.file) != section.name:
        raise NotFound(_("没有这次变更。"))
    return section, found


def compared(before: str, after: str) -> list[Words]:
    """Two texts line by line; lines that are the same in both stand once."""
    told = ndiff(before.splitlines(), after.splitlines())
    return [Words(line[0].strip(), line[2:]) for line in told if line[0] != "?"]


def value_of(text: str) -> Data | None:
    """The value that an entry's kept text says; None for no text."""
    found = PlainLoader(text).get_single_data() if text else None
    return found if isinstance(found, dict) else None


def stays_because(section: Section, entry: str) -> str:
    """Why an entry cannot be taken out, '' where it can."""
    return kept_because(section, entry)


@lru_cache(maxsize=64)
def sheet_of(file: str, text: str) -> Sheet:
    """A kept file, read once for as long as it stands: a list of thousands of entries is not read again for each page."""
    sheet = parse_sheet(text, file, section_of(file) or "")
    if not isinstance(sheet, Sheet):
        raise NotFound(str(sheet))
    return sheet


def _summary(section: Section, versions: Iterable[SheetVersion]) -> Summary:
    own: Sequence[SheetVersion] = [one for one in versions if section_of(one.file) == section.name]
    latest = max(own, key=lambda one: (one.changed_at, one.pk), default=None)
    return Summary(section, len(own), sum(one.entries for one in own), latest)


def _files(section: Section, version: SheetVersion) -> list[Line]:
    sheet = sheet_of(version.file, version.text)
    head = next(iter(by_name(sheet).values()))
    return [Line(head, f"/administration/{section.name}/?file={stem_of(version.file)}", version.entries - 1, version)]


def _entries(section: Section, version: SheetVersion) -> list[Line]:
    found = by_name(sheet_of(version.file, version.text)).values()
    return [Line(one, f"/administration/{section.name}/entry/{one.name}", 0, version) for one in found]
