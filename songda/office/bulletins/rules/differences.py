"""What another edition says otherwise 更正对照: numbers old → new with the reason, and paragraphs whose words changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from songda.office.bulletins.rules.rendering import Told, plain


@dataclass(frozen=True, slots=True)
class Changed:
    """A number that reads otherwise; empty where the edition does not have it."""

    label: str
    old: str
    new: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A paragraph before and after."""

    old: str
    new: str


def numbers_changed(
    old: Mapping[str, str], new: Mapping[str, str], labels: Mapping[str, str], reasons: Mapping[str, str]
) -> list[Changed]:
    """Numbers by token in both; in the order of the new one, then what only the old one had."""
    tokens = dict.fromkeys((*new, *old))
    return [
        Changed(labels.get(token, token), old.get(token, ""), new.get(token, ""), reasons.get(token, ""))
        for token in tokens
        if old.get(token, "") != new.get(token, "")
    ]


def reworded(old: Sequence[Told], new: Sequence[Told]) -> list[Reworded]:
    """Paragraphs that differ, side by side."""
    before = [plain(line) for one in old for line in one.paragraphs]
    after = [plain(line) for one in new for line in one.paragraphs]
    found = []
    for tag, first, last, start, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.append(Reworded("\n".join(before[first:last]), "\n".join(after[start:end])))
    return found
