"""Comparing a folder with the database 比较, file by file and entry by entry, and what applying it would overwrite."""

from __future__ import annotations

from dataclasses import dataclass

from songda.portal.packs.reading import Pack
from songda.portal.packs.standing import brought
from songda.registry.campaigns.queries import changed_on_pages


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that the folder and the database tell otherwise; '' where one of them has none. `on_page`: a page changed it last."""

    file: str
    entry: str
    database: str
    folder: str
    on_page: bool

    @property
    def place(self) -> str:
        """Where it is."""
        return f"{self.file} {self.entry}"

    @property
    def sentence(self) -> str:
        """What differs, in words."""
        if not self.database:
            told = "库中没有"
        elif not self.folder:
            told = "文件夹里没有"
        else:
            told = f"文件夹：{but(self.folder, self.database)}；库中：{but(self.database, self.folder)}"
        return f"{self.place}：{told}{'（在管理页面上改过）' if self.on_page else ''}"

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        names = ("file", "entry", "database", "folder", "on_page")
        return {name: getattr(self, name) for name in names}


def compared(pack: Pack, campaign: str) -> list[Difference]:
    """Everything that differs. A file that differs in comments alone has no entry that does."""
    pages = changed_on_pages(campaign)
    return [
        Difference(sheet.file, one.entry, one.before, one.after, (sheet.file, one.entry) in pages)
        for sheet in brought(campaign, pack)
        for one in sheet.changes or ()
    ]


def overwritten(pack: Pack, campaign: str) -> list[Difference]:
    """What applying the pack would take back of what pages changed."""
    return [one for one in compared(pack, campaign) if one.on_page]


def but(text: str, other: str) -> str:
    """What a text says that the other does not, in one line, the beginning of a long one."""
    known = set(other.splitlines())
    line = "，".join(one.strip() for one in text.splitlines() if one not in known) or "没有这一项"
    return line if len(line) <= 120 else f"{line[:119]}…"
