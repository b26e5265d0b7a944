"""Completion 补全 as a page shows it: a short list at the caret; and the search boxes for names and codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.complete import Suggestion, suggest
from songda.engines.rules.lexicon import half_width
from songda.kernel.words import gettext as _

MOST = 10
PAGE = 20
MOST_CHARACTERS = 5_000
_CODE = "代码或名称"  # how the language calls entries of a code list
_PLACEHOLDERS: Mapping[str, Callable[[], str]] = {
    "数值": lambda: _("数值，带单位"), "期限": lambda: _("期限，如 2年、6个月、30天"), "日期": lambda: _("日期，如 2020年3月17日"),
}  # fmt: skip
_OPENS = {
    **dict.fromkeys(("至少2项", "同时满足", "满足任一"), " {"),
    **dict.fromkeys(("取小", "取大", "合计", "平均", "复合增长率", "同比增长率", "分档", "分段", "分类", "取整"), "("),
}
KINDS: Mapping[Kind, Callable[[], str]] = {
    Kind.BOOL: lambda: _("是否"), Kind.NUM: lambda: _("数值"), Kind.DATE: lambda: _("日期"), Kind.CODE: lambda: _("分类"),
    Kind.SERIES: lambda: _("按年"), Kind.LIST: lambda: _("名单"), Kind.EVENT: lambda: _("事件"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: what is put in for the characters from `start` to the caret, its sort, its unit and a hint.

    `joint`: no blank follows. `value`: the code that the name stands for.
    """

    text: str
    kind: str
    unit: str = ""
    hint: str = ""
    value: str = ""
    joint: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be chosen, what else could be written here, and whether there is more than is shown."""

    entries: tuple[Entry, ...]
    note: str = ""
    more: bool = False

    def as_data(self) -> dict[str, object]:
        """As JSON values."""
        return {"entries": [asdict(one) for one in self.entries], "note": self.note, "more": self.more}


def completed(text: str, position: int, catalogue: Catalogue, start: str, about: Mapping[str, str]) -> Completion:
    """What may stand at a place of a text. `about`: a sentence for each fact by its code; `start`: condition or amount."""
    place = max(0, min(position, len(text), MOST_CHARACTERS))
    found = suggest(text, place, catalogue, start, MOST * 8)
    notes = [_PLACEHOLDERS[one.text]() for one in found if one.text in _PLACEHOLDERS]
    words = [one for one in found if one.text not in _PLACEHOLDERS and not _other_name(one, place, catalogue)]
    note = _("这里可以写：%(what)s") % {"what": "；".join(dict.fromkeys(notes))} if notes else ""
    return Completion(tuple(_entry(one, catalogue, about) for one in words[:MOST]), note)


def names_like(asked: str, catalogue: Catalogue, about: Mapping[str, str]) -> Completion:
    """Facts by any part of a name: those that begin with it first. All of them for nothing asked."""
    wanted = half_width(asked.strip())
    found = [(rank, at) for at, one in enumerate(catalogue.facts) if (rank := _rank(one, wanted)) is not None]
    facts = [catalogue.facts[at] for _rank_of, at in sorted(found)]
    return Completion(tuple(_fact_entry(one, one.name, about) for one in facts[:PAGE]), more=len(facts) > PAGE)


def codes_like(asked: str, code_list: str, catalogue: Catalogue) -> Completion:
    """Codes by code or by any part of their name, at most one page; each with what stands above it."""
    known = catalogue.code_lists.get(code_list)
    if known is None:
        return Completion(())
    wanted = half_width(asked.strip()).upper()
    ranked = sorted(
        (rank, at, code)
        for at, (code, name) in enumerate(known.names.items())
        if (rank := _code_rank(code, half_width(name), wanted)) is not None
    )
    entries = tuple(
        Entry(known.names[code], code, hint=_above(code, known.names, known.lineage(code)), value=code)
        for _rank_of, _at, code in ranked[:PAGE]
    )
    return Completion(entries, more=len(ranked) > PAGE)


def _other_name(one: Suggestion, place: int, catalogue: Catalogue) -> bool:
    """Whether it is an alias that nobody began to type: then the fact's own name is enough."""
    fact = catalogue.by_name.get(one.text)
    return fact is not None and one.text != fact.name and one.start == place


def _entry(one: Suggestion, catalogue: Catalogue, about: Mapping[str, str]) -> Entry:
    fact = catalogue.by_name.get(one.text)
    if fact is not None:
        return replace(_fact_entry(fact, one.text, about), start=one.start)
    opens = _OPENS.get(one.text, "")
    joint = bool(opens) or one.kind == _CODE
    return Entry(one.text + opens, one.kind if len(one.kind) <= 6 else "", joint=joint, start=one.start)


def _fact_entry(fact: FactKind, name: str, about: Mapping[str, str]) -> Entry:
    same = _("即 %(name)s") % {"name": fact.name} if name != fact.name else ""
    parts = [same, about.get(fact.code, ""), fact.owner]
    return Entry(name, KINDS[fact.kind](), fact.unit, " · ".join(part for part in parts if part), fact.code)


def _rank(fact: FactKind, wanted: str) -> int | None:
    ranks = list(_ranks((fact.name, *fact.aliases), wanted))
    return min(ranks, default=None)


def _ranks(names: tuple[str, ...], wanted: str) -> Iterator[int]:
    for name in names:
        plain = half_width(name)
        if plain.startswith(wanted):
            yield 0
        elif wanted in plain:
            yield 1


def _code_rank(code: str, name: str, wanted: str) -> int | None:
    if code.upper() == wanted or name == wanted:
        return 0
    if code.upper().startswith(wanted) or name.startswith(wanted):
        return 1
    return 2 if wanted in name else None


def _above(code: str, names: Mapping[str, str], lineage: tuple[str, ...]) -> str:
    return " › ".join(names.get(one, one) for one in reversed(lineage) if one != code)
