"""The sections 栏目 of a pack that pages change, and why the others are not among them.

A section names the lists of its files whose items are entries 条目; what is left of a file is its head 总则, an entry of its own.
Documents, measures, implementing rules and plans are not here: they are law that takes two persons, and have pages of their own.
Figures of published texts are corrected by a pack that says why; organisations and places are kept on their own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from songda.portal.packs.reading import SECTIONS

Data = dict[str, Any]
HEAD_STAYS = _("只能修改，不能取消。")
STAYS = _("不再使用的也保留：已有的记录还要读它。")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of entries: the names of the items' keys and labels; `kept` says why an entry cannot be taken out ('' where it can)."""

    key: str
    codes: tuple[str, ...]
    label: tuple[str, ...]
    kept: str | Promise = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What pages change of a sort of file. `loader` is the step of applying that enters it.

    `follows` says what else a change to a file brings about (a new edition, an old name kept), given the data before and after.
    """

    name: str
    label: str | Promise
    loader: str
    lists: tuple[Listing, ...] = ()
    permission: str = "system.configure"
    note: str | Promise = ""
    head_kept: str | Promise = HEAD_STAYS
    follows: Callable[[Data, Data], Data] | None = None

    @property
    def folder(self) -> bool:
        """Whether each thing has a file of its own."""
        return SECTIONS[self.name].endswith("/")

    def listing(self, key: str) -> Listing | None:
        """The list of that name, None for the head of a file."""
        return next((one for one in self.lists if one.key == key), None)


def next_edition(before: Data, after: Data) -> Data:
    """A dictionary once loaded never changes: what is changed is a new edition. 1 → 2, 2017 → 2017-2, 2017-2 → 2017-3."""
    if {**before, "edition": ""} == {**after, "edition": ""} or after["edition"] != before["edition"]:
        return after
    stem, _dash, number = str(before["edition"]).rpartition("-")
    if stem and number.isdigit():
        return {**after, "edition": f"{stem}-{int(number) + 1}"}
    plain = str(before["edition"])
    return {**after, "edition": str(int(plain) + 1) if plain.isdigit() and int(plain) < 1000 else f"{plain}-2"}


def old_names(before: Data, after: Data) -> Data:
    """A fact that gets another name keeps the old one as an alias: rules written with it can still be read."""
    named = {one["code"]: one["name"] for one in before["facts"]}
    return {**after, "facts": [_renamed(one, named.get(one["code"], one["name"])) for one in after["facts"]]}


def _renamed(fact: Data, name: str) -> Data:
    aliases = fact.get("aliases", [])
    return fact if name in (fact["name"], *aliases) else {**fact, "aliases": [*aliases, name]}


EDITED: tuple[Section, ...] = (
    Section("calendar", _("节假日与调休"), "calendar", (Listing("days", ("day",), ("name",), ordered=True),)),
    Section(
        "dictionary", _("字典"), "dictionaries", (Listing("entries", ("code",), ("label",)),), "codes.edit",
        _("字典改了就是新版次，旧版次留着，已有的记录不变。"), follows=next_edition,
    ),
    Section(
        "facts", _("事实目录"), "facts", (Listing("facts", ("code",), ("name",), STAYS),), "codes.edit",
        _("类型、单位和代码表不能改：含义变了就另立一条。改名时旧名自动留作别名。"), follows=old_names,
    ),
    Section("sources", _("数据来源"), "sources", (Listing("sources", ("code",), ("name",), STAYS),)),
    Section(
        "kind", _("事项类别与时限"), "kinds",
        note=_("改了就是新版本，已立的事项仍按立项时的版本计时。"),
    ),
    Section(
        "papers", _("文书与清单"), "papers",
        (Listing("kinds", ("code",), ("label",)), Listing("marks", ("unit",), ("mark",), _("已编的文号还要用它。"))),
        note=_("已制发的文书仍按当时的版本。"),
    ),
    Section("bulletin", _("简报与新闻稿模板"), "bulletins", head_kept=""),
    Section("indicators", _("指标"), "indicators", (Listing("indicators", ("code",), ("label",)),)),
    Section("returns", _("报表"), "returns", (Listing("forms", ("code",), ("label",)),)),
    Section(
        "channels", _("消息渠道"), "channels", (Listing("channels", ("code",), ("name",), STAYS),),
        note=_("平台地址与凭证不在这里，在安装处的渠道配置文件。"),
    ),
    Section(
        "guides", _("行业组"), "guides",
        (Listing("groups", ("code",), ("name",), STAYS), Listing("only_in", ("fact",), ("fact",))),
    ),
    Section(
        "mirrors", _("与外部系统的对接"), "mirrors",
        (
            Listing("systems", ("code",), ("label",)), Listing("matters", ("system", "code"), ("label",)),
            Listing("states", ("system", "code"), ("label",)),
        ),
    ),
    Section("retention", _("保管期限"), "retention", (Listing("holdings", ("code",), ("basis",), _("每一门类都要有期限。")),)),
    Section("watch", _("政策跟踪时限"), "watch"),
    Section("economy", _("经济运行口径"), "economy"),
    Section("resumption", _("复工批次与期限"), "resumption"),
)  # fmt: skip


def section_named(name: str) -> Section | None:
    """The section of that name, None where pages do not change it."""
    return next((one for one in EDITED if one.name == name), None)
