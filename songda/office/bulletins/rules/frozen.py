"""What is frozen when a piece is published 印发内容: its words with their bindings, and a note for each number. Plain data with a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from songda.office.bulletins.rules.fitness import Bound, Manuscript
from songda.office.bulletins.rules.rendering import OWN, Paragraph, Told, told_of
from songda.office.bulletins.rules.wording import ORIGINS, figured, moment_said

Note = Mapping[str, Any]


def frozen(text: Manuscript, warnings: Sequence[str], answers: Sequence[str], place: dt.tzinfo) -> dict[str, Any]:
    """The piece as it goes out. `warnings` and `answers` (what was confirmed and why) are printed below the notes."""
    return {
        "title": [[part.text, OWN if part.word else part.token] for part in text.title],
        "sections": [one.as_data() for one in text.sections],
        "notes": [note_of(number, one, place) for number, one in enumerate(noted(text), 1)],
        "warnings": [*warnings, *answers],
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the frozen content."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def noted(text: Manuscript) -> list[Bound]:
    """The numbers in the order in which the text first says them; only those it says."""
    said = dict.fromkeys(part.token for line in text.paragraphs for part in line if part.token)
    return [text.bound[token] for token in said if token in text.bound]


def note_of(number: int, one: Bound, place: dt.tzinfo) -> dict[str, Any]:
    """What a reader must know of a number: definition, numerator and denominator, as of when, source, computed or returned."""
    shown, definition = one.shown, one.definition
    if shown is None or definition is None:
        return {
            "number": number,
            "token": one.token,
            "text": one.text,
            "label": one.token,
            "value": None,
            "origin": "",
            "lines": [],
        }
    since = f"{shown.since.month}月{shown.since.day}日至" if shown.since else "截至"
    lines = [
        f"口径：{shown.scope or definition.population}",
        f"时点：{since}{moment_said(shown.as_of, place, year=not shown.since)}",
    ]
    if shown.numerator is not None and shown.denominator is not None:
        lines.append(f"分子：{figured(shown.numerator, 0)}，分母：{figured(shown.denominator, 0)}")
    lines.append(f"来源：{shown.source}")
    if shown.explanation:
        lines.append(f"说明：{shown.explanation}")
    return {
        "number": number, "token": one.token, "text": one.text, "label": shown.label, "unit": shown.organisation,
        "value": shown.value_id, "origin": ORIGINS.get(shown.origin, ""), "lines": lines,
    }  # fmt: skip


def title_in(content: Mapping[str, Any]) -> Paragraph:
    """The title of frozen content."""
    return sections_in({"sections": [{"heading": "", "unit": "", "paragraphs": [content["title"]]}]})[0].paragraphs[0]


def sections_in(content: Mapping[str, Any]) -> tuple[Told, ...]:
    """The sections of frozen content."""
    return told_of(content["sections"])
