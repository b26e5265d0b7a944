"""A line of the checklist 开业检查: a finding as the doctor makes them, in a group, with the page and the chapter that help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from songda.portal.upkeep.doctor.findings import Finding, Level

STATES = {Level.OK: "好", Level.WARNING: "注意", Level.FAULT: "缺"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was found, where to mend it (an address of this house, '' for none) and the handbook's chapter."""

    finding: Finding
    link: str = ""
    chapter: str = "first-day"

    @property
    def word(self) -> str:
        """好, 注意 or 缺."""
        return STATES[self.finding.level]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {**asdict(self.finding), "link": self.link, "chapter": self.chapter}

    def __str__(self) -> str:
        todo = f" → {self.finding.advice}" if self.finding.advice else ""
        where = f"（页面 {self.link}，手册 {self.chapter}）" if self.finding.advice and self.link else ""
        return f"[{self.word}] {self.finding.name}：{self.finding.sentence}{todo}{where}"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together."""

    label: str
    lines: tuple[Line, ...]


def counted(groups: Iterable[Group]) -> dict[str, int]:
    """How many lines are in each state, by its word."""
    found = dict.fromkeys(STATES.values(), 0)
    for group in groups:
        for line in group.lines:
            found[line.word] += 1
    return found
