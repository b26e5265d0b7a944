"""Edits 编辑 of entries, laid into the pack as it stands: refused where they cannot be, before anything is checked or entered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.portal.packs.checking import JUDGED_BY
from songda.portal.packs.entries import Entry, by_name, changed, file_of, listing_of
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, Sheet, parse_sheet
from songda.portal.packs.rewriting import rewritten, written
from songda.portal.packs.sections import Data, Section, section_named
from songda.portal.packs.standing import campaign_in_force, differences, standing_pack
from songda.registry.actors import Actor, require
from songda.registry.campaigns.actions import EntryChange
from songda.registry.campaigns.models import Campaign
from songda.registry.campaigns.queries import newest


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry in other words; None takes it out. `seen`: the mark of what it said when it was looked at ('' where there was none)."""

    name: str
    value: Data | None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """The pack as it stood and with the edits in it. `after` and `text` are None where the file is taken out; `kept`: its comments stay."""

    campaign: Campaign
    section: Section
    file: str
    number: int
    stood: Pack
    pack: Pack
    after: Sheet | None
    text: str | None
    kept: bool
    changes: Sequence[EntryChange]


def mark_of(entry: Entry | None) -> str:
    """A short mark of what an entry says."""
    return hashlib.sha256(entry.text.encode()).hexdigest()[:32] if entry else ""


def section_for(name: str, by: Actor) -> Section:
    """A section that pages change, for who may; NotFound for any other, NotPermitted without the right."""
    section = section_named(name)
    if section is None:
        raise NotFound(_("没有这个栏目，或者它不在管理页面上修改。"))
    require(by, section.permission)
    return section


def lay(name: str, edits: Sequence[Edit], by: Actor) -> Laid:
    """Lay edits of one file into the pack. Conflict where an entry was changed meanwhile, Invalid where it must stay.

    Documents, measures, implementing rules, plans and figures are read where they can depend on the change, on facts and dictionaries.
    """
    section, campaign = section_for(name, by), campaign_in_force()
    pack = standing_pack(campaign.code, law=section.name in JUDGED_BY)
    file = file_of(section, edits[0].name)
    before = next((sheet for sheet in pack.sheets if sheet.file == file), None)
    refuse_unfit(section, by_name(before) if before else {}, edits)
    text, kept = _edited(section, file, before, edits)
    after = parse_sheet(text, file, section.name) if text is not None else None
    if isinstance(after, PackProblem):
        raise Invalid(str(after))
    sheets = tuple(sheet for sheet in pack.sheets if sheet.file != file) + ((after,) if after else ())
    whole = Pack(pack.path, tuple(sorted(sheets, key=lambda one: one.file)), pack.problems)
    number = newest(campaign.code).filter(file=file).values_list("number", flat=True).first() or 0
    return Laid(campaign, section, file, number, pack, whole, after, text, kept, differences(before, after))


def refuse_unfit(section: Section, standing: Mapping[str, Entry], edits: Sequence[Edit]) -> None:
    """Refuse what was changed meanwhile, what is the same as before, what must stay, and edits of two files in one."""
    file = file_of(section, edits[0].name)
    for one in edits:
        known = standing.get(one.name)
        if mark_of(known) != one.seen:
            message = _("“%(entry)s”在您打开之后已被别人改过，您的修改没有保存。") % {"entry": one.name}
            raise Conflict(message, advice=_("请重新打开这一条，在新的内容上再改。"), code="changed_meanwhile")
        if "\\u0000" in json.dumps(one.value):
            raise Invalid(_("“%(entry)s”里有不能保存的字符。") % {"entry": one.name})
        if one.value is None and (why := kept_because(section, one.name)):
            raise Invalid(_("“%(entry)s”不能取消。") % {"entry": one.name}, advice=why)
        if file_of(section, one.name) != file:
            raise Invalid(_("一次只能改一个文件里的条目。"))
    if all(one.value == (standing[one.name].value if one.name in standing else None) for one in edits):
        raise Invalid(_("内容没有变化。"))


def kept_because(section: Section, name: str) -> str:
    """Why an entry cannot be taken out, '' where it can."""
    listing = listing_of(section, name)
    return str(section.head_kept if listing is None else listing.kept)


def _edited(section: Section, file: str, before: Sheet | None, edits: Sequence[Edit]) -> tuple[str | None, bool]:
    changes = [(one.name, one.value) for one in edits]
    if any(listing_of(section, name) is None and value is None for name, value in changes):
        return None, True
    data = changed(section, file, before.data if before else {}, changes)
    return rewritten(before, data) if before else (written(data), True)
