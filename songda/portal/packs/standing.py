"""The pack as it stands 现行活动包: the files that were applied, with what pages have changed since."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.portal.packs.entries import Entry, by_name, entries_of
from songda.portal.packs.reading import Pack, Sheet, digest_of, pack_of, parse_sheet, section_of
from songda.registry.campaigns import queries as campaigns
from songda.registry.campaigns.actions import EntryChange, NewSheet
from songda.registry.campaigns.models import Campaign, SheetVersion

LAW = ("document", "measure", "implementing", "plan", "figure")  # sections that read facts and dictionaries, and that none reads


def campaign_in_force() -> Campaign:
    """The campaign applied last, with its files kept; NotFound where there is none yet."""
    found = campaigns.in_force()
    if found is None or not campaigns.newest(found.code).exists():
        raise NotFound(_("库里还没有活动包的文件。"), advice=_("请在服务器上运行 songda pack apply，装载一次活动包。"))
    return found


def standing_pack(campaign: str, *, law: bool = True) -> Pack:
    """The pack from the database; without its law, four fifths of its files need not be read."""
    texts = campaigns.texts_of(campaign)
    return pack_of(texts if law else {file: text for file, text in texts.items() if section_of(file) not in LAW})


def standing_sheet(version: SheetVersion) -> Sheet:
    """A kept file, read. What was kept has been checked."""
    sheet = parse_sheet(version.text, version.file, section_of(version.file) or "")
    if not isinstance(sheet, Sheet):
        raise NotFound(str(sheet))
    return sheet


def version_of(campaign: str, file: str) -> SheetVersion:
    """A file as it stands now; NotFound where the pack has none of that name."""
    found = campaigns.present_sheets(campaign).filter(file=file).first()
    if found is None:
        raise NotFound(_("活动包里没有文件 %(file)s。") % {"file": file})
    return found


@lru_cache(maxsize=8)
def entries_in(version_id: int, digest: str) -> tuple[Entry, ...]:
    """The entries of a kept file, read once: a version never changes. Numbers come again after a rolled-back test, digests do not."""
    version = SheetVersion.objects.get(pk=version_id, digest=digest)
    return tuple(entries_of(section_of(version.file) or "", version.file, standing_sheet(version).data))


def differences(before: Sheet | None, after: Sheet | None) -> tuple[EntryChange, ...]:
    """What differs between two states of a file, entry by entry."""
    old, new = (by_name(sheet) if sheet else {} for sheet in (before, after))
    return tuple(
        EntryChange(name, old[name].text if name in old else "", new[name].text if name in new else "")
        for name in {**old, **new}
        if name not in old or name not in new or old[name].value != new[name].value
    )


def brought(campaign: str, pack: Pack) -> list[NewSheet]:
    """The files of a pack that stand otherwise in the database, or not at all; and those that the pack no longer has."""
    standing = {one.file: one for one in campaigns.newest(campaign)}
    given = {sheet.file: sheet for sheet in pack.sheets}
    changed = [sheet for sheet in pack.sheets if _differs(sheet, standing.get(sheet.file))]
    new = [_brought(sheet, standing.get(sheet.file), told=bool(standing)) for sheet in changed]
    gone = [one for one in standing.values() if one.present and one.file not in given]
    return [*new, *(NewSheet(one.file, None, changes=differences(standing_sheet(one), None)) for one in gone)]


def digest_standing(campaign: str, instead: Iterable[tuple[str, str]] = ()) -> str:
    """The digest of the files as they stand, some of them with another text."""
    return digest_of({**campaigns.texts_of(campaign), **dict(instead)})


def counted(sheet: Sheet) -> int:
    """How many entries a file has."""
    return len(by_name(sheet))


def _brought(sheet: Sheet, known: SheetVersion | None, *, told: bool) -> NewSheet:
    """`told`: whether there is anything to compare with; the first time nobody asks for two thousand new entries."""
    old = standing_sheet(known) if known is not None and known.present else None
    return NewSheet(sheet.file, sheet.text, entries=counted(sheet), changes=differences(old, sheet) if told else ())


def _differs(sheet: Sheet, known: SheetVersion | None) -> bool:
    return known is None or not known.present or known.text != sheet.text
