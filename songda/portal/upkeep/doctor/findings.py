"""What an examination finds 体检结论. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: nothing to do, to be looked at soon, or not working."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


WORDS = {Level.OK: "正常", Level.WARNING: "注意", Level.FAULT: "故障"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what to do where something is to be done."""

    name: str
    level: Level
    sentence: str
    advice: str = ""

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)

    def __str__(self) -> str:
        return f"[{WORDS[self.level]}] {self.name}：{self.sentence}{self.advice}"


def ok(name: str, sentence: str) -> Finding:
    """Nothing to do."""
    return Finding(name, Level.OK, sentence)


def warning(name: str, sentence: str, advice: str) -> Finding:
    """To be looked at soon."""
    return Finding(name, Level.WARNING, sentence, advice)


def fault(name: str, sentence: str, advice: str) -> Finding:
    """Not working, or about to lose something."""
    return Finding(name, Level.FAULT, sentence, advice)


def is_fault(finding: Finding) -> bool:
    """Whether something does not work."""
    return finding.level is Level.FAULT


def exit_code(findings: Iterable[Finding], *, reachable: bool) -> int:
    """0 without a fault, 1 with one, 4 where the database does not answer."""
    if not reachable:
        return 4
    return int(any(map(is_fault, findings)))
