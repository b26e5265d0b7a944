"""What keeps a text from being published, and what is only noted beside it (Appendix G 1, 6, 7 and 14 of the mission)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from songda.office.bulletins.rules.rendering import Paragraph, Told, plain, spans
from songda.office.bulletins.rules.unbound import unbound_in
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.quality import Stated, doubts
from songda.office.indicators.rules.shown import Shown

BLOCK, WARN = "block", "warn"
NUMBER, ALL, BASE = "number", "all", "base"
_ALL = re.compile(r"全部|全覆盖|全面覆盖|无一例外")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_AS_OF = re.compile(r"截至|截止|日|时点")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of the text with its value: `shown` None where nothing is known; `definition` of its indicator, if there is one."""

    token: str
    text: str
    shown: Shown | None
    definition: Definition | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: `block` until it is mended, or `warn`, printed as a note. `key` names what a confirmation would be for, empty
    where none helps; `token` the number it is about."""

    severity: str
    sort: str
    text: str
    key: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text before it goes out: its title and sections as they read, its numbers by token, what was confirmed (sort and key)."""

    title: Paragraph
    sections: tuple[Told, ...]
    bound: Mapping[str, Bound]
    as_of: dt.datetime
    news: bool = False
    confirmed: Collection[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Title and text."""
        return [self.title, *(line for one in self.sections for line in one.paragraphs)]


def faults_of(text: Manuscript) -> list[Fault]:
    """Everything that speaks against it, what blocks first."""
    found = [*_empty(text), *_lacking(text), *_typed(text), *_doubted(text), *_claims(text), *_older(text)]
    if text.news:
        found += _undated(text)
    return sorted(dict.fromkeys(found), key=lambda one: one.severity != BLOCK)


def blocking(faults: Iterable[Fault]) -> list[Fault]:
    """Those that stand in the way."""
    return [one for one in faults if one.severity == BLOCK]


def _empty(text: Manuscript) -> Iterator[Fault]:
    if not plain(text.title).strip():
        yield Fault(BLOCK, "empty", "还没有标题。")
    if not any(one.paragraphs for one in text.sections):
        yield Fault(BLOCK, "empty", "还没有正文。")


def _lacking(text: Manuscript) -> Iterator[Fault]:
    for one in text.bound.values():
        if one.definition is None:
            yield Fault(BLOCK, "unknown", f"没有指标“{one.token}”，请改正占位。", token=one.token)
        elif one.shown is None:
            yield Fault(BLOCK, "lacking", f"“{one.definition.label}”在这一时点没有数，请先报数或删去这一句。", token=one.token)


def _typed(text: Manuscript) -> Iterator[Fault]:
    for one in unbound_in(text.paragraphs):
        if (NUMBER, one.key) not in text.confirmed:
            said = f"“{one.clause}”里的“{one.quote}”未绑定指标：请改为占位，或写明理由后确认。"
            yield Fault(BLOCK, NUMBER, said, one.key)


def _doubted(text: Manuscript) -> Iterator[Fault]:
    known = {token: stated(one) for token, one in text.bound.items() if one.shown is not None}
    for token, value in known.items():
        yield from (_fault(doubt.severity, doubt.sort, doubt.text, token, text) for doubt in doubts([value]))
    alone = {doubt for value in known.values() for doubt in doubts([value])}
    for doubt in doubts(list(known.values())):
        if doubt not in alone and doubt.sort not in ("full_100", "twice"):
            yield _fault(doubt.severity, doubt.sort, doubt.text, "", text)


def _fault(severity: str, sort: str, said: str, token: str, text: Manuscript) -> Fault:
    if sort != BASE:
        return Fault(severity, sort, said, token=token)
    if (BASE, token) in text.confirmed:
        return Fault(WARN, BASE, said.split("，", maxsplit=1)[0] + "，已确认照录。", token=token)
    return Fault(severity, BASE, said, token, token)


def stated(one: Bound) -> Stated:
    """The value of a number as the rules of quality want it."""
    shown, definition = one.shown, one.definition
    if shown is None:
        raise ValueError(one.token)
    return Stated(
        code=shown.code, label=shown.label, number=shown.number, unit=shown.unit, organisation=shown.organisation, cell=shown.cell,
        kind=definition.kind if definition else "measure", as_of=shown.as_of,
        scope=shown.scope or (definition.population if definition else ""), precision=shown.precision,
        numerator=shown.numerator, denominator=shown.denominator, decimals=definition.decimals if definition else 2,
        may_exceed=bool(definition and definition.may_exceed), explanation=shown.explanation,
    )  # fmt: skip


def _claims(text: Manuscript) -> Iterator[Fault]:
    """全部, 全覆盖: only where no rate in the sentence is below 100 %, and one says so or somebody looked at the exceptions."""
    for paragraph in text.paragraphs:
        for sentence, tokens in _sentences(paragraph):
            word = _ALL.search(sentence)
            if word is None:
                continue
            rates = [one for token in tokens if (one := text.bound.get(token)) and one.shown and one.shown.denominator]
            short = [one for one in rates if one.shown and one.shown.numerator is not None and _left(one.shown) > 0]
            key = sentence[:200]
            if short:
                left = "、".join(f"{one.definition.label if one.definition else one.token}{one.text}" for one in short)
                yield Fault(BLOCK, ALL, f"“{sentence[:40]}”说“{word[0]}”，但还有例外（{left}）：请改写，或先办结例外。")
            elif not rates and (ALL, key) not in text.confirmed:
                yield Fault(BLOCK, ALL, f"“{sentence[:40]}”说“{word[0]}”：请确认例外清单为空并写明依据，或改写。", key)


def _left(shown: Shown) -> int:
    numerator, denominator = shown.numerator or 0, shown.denominator or 0
    return int(denominator - numerator)


def _sentences(paragraph: Paragraph) -> Iterator[tuple[str, list[str]]]:
    bound = spans(paragraph, words=False)
    for found in _SENTENCE.finditer(plain(paragraph)):
        yield found[0].strip(), [token for start, end, token in bound if found.start() <= start and end <= found.end()]


def _older(text: Manuscript) -> Iterator[Fault]:
    """A number as of another moment than the text is said to be, in the notes."""
    for one in text.bound.values():
        if one.shown is not None and one.shown.as_of < text.as_of - dt.timedelta(days=1):
            label = one.definition.label if one.definition else one.token
            yield Fault(WARN, "older", f"“{label}”的时点早于本期时点，注释中写明各自的时点。", token=one.token)


def _undated(text: Manuscript) -> Iterator[Fault]:
    """For the press: a statistic stands in a paragraph that says as of when, or after one in its section that does."""
    for section in text.sections:
        said = False
        for paragraph in section.paragraphs:
            said = said or _tells_when(paragraph)
            numbers = [token for _s, _e, token in spans(paragraph, words=False)]
            if numbers and not said:
                yield Fault(
                    BLOCK, "as_of", f"“{plain(paragraph)[:30]}…”有数而没有写明时点：请写“截至{{时点}}”。", token=numbers[0]
                )


def _tells_when(paragraph: Paragraph) -> bool:
    return any(part.word and _AS_OF.search(part.text) for part in paragraph) or bool(
        re.search(r"截至\D{0,4}\d+月\d+日", plain(paragraph))
    )


def notes(bound: Sequence[Bound]) -> list[Bound]:
    """The numbers that the list at the end explains, each value once."""
    return list({(one.shown.value_id or one.token): one for one in bound if one.shown is not None}.values())
