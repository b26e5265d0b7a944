"""Sums 合计: parts before their total (A、B，合计N), and a whole with what is done of it and what remains; see `parts` for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from songda.engines.figures.checks import Check, Sentence, is_misprint, is_slip
from songda.engines.figures.mentions import Mention
from songda.engines.figures.parts import (
    APART,
    CLOSE,
    LATE,
    LONG_LABEL,
    TOTAL,
    adds_up,
    in_brackets,
    one_unit,
    sum_check,
    totals_before,
)  # fmt: skip
from songda.engines.figures.units import DURATIONS

_OPENS = re.compile(r"其中|包括|包含|分别|分为|[:：(]")
_LEFT = re.compile(r"剩余|余下|剩下|还剩|尚余|结余|尚有|还有|其余|剩(?!余)")
_REMAINS = re.compile(r"尚|还[有剩需]|未|正在|在办|在建|在途|结余|缺|待|没有|不[^,。]{1,4}的")
_OTHER = re.compile(r"占[^,。;；]*$")  # it may be the whole of something else
_GROWS = re.compile(r"(?:增加|减少|(?<![正负])增长|下降|提高|降低|净增|多|少|比|较)[^,。;；]{0,6}$|去年|上年|同期|上月|上周")
_MOVES = re.compile(r"[^,。;；]{0,14}?(?:增|减|降|升|提高|压|缩|恢复|扩|到|至)")


def sums(sentence: Sentence) -> list[Check]:
    """All sums, rests and subsets that a sentence states; once with and once without what stands in brackets."""
    found: list[Check] = []
    for family in dict.fromkeys(one.family for one in sentence.figures):
        if "/" in family or family in ("%", "百分点", "倍", "岁") or family in DURATIONS:
            continue
        same = tuple(one for one in sentence.figures if one.family == family and not _changes(sentence, one))
        for group in dict.fromkeys((same, tuple(one for one in same if not in_brackets(sentence, one)))):
            found += _totals_after(sentence, group)
            found += totals_before(sentence, group)
            found += _rests(sentence, group)
    return found


def _changes(sentence: Sentence, one: Mention) -> bool:
    """A figure before, or a step from then to now (较去年增加20家; 由20家增加到35家): neither a part nor a total."""
    moved = re.search(r"[由从][^,。;；]{0,14}$", one.before) and _MOVES.match(sentence.text, one.end)
    return bool(moved or _GROWS.search(one.lead))


def _totals_after(sentence: Sentence, same: Sequence[Mention]) -> list[Check]:
    found: list[Check] = []
    begin = 0
    for place, total in enumerate(same):
        strong = bool(TOTAL.search(total.lead)) and "其中" not in total.lead
        if place - begin < 2 or not (strong or LATE.search(total.lead)):
            continue
        parts = same[begin:place]
        if len(parts) > 2 and parts[-1].base == len(parts) - 1:
            parts = parts[:-1]  # 甲10家、乙20家，2类合计30家: how many parts there are
        exact = next((parts[at:] for at in range(len(parts) - 1) if adds_up(parts[at:], total)), None)
        near = (strong and not _OTHER.search(total.lead)) or is_misprint(sum((one.base for one in parts), Decimal(0)), total.base)
        if exact or (near and _may_fail(sentence, parts, total)):
            found.append(sum_check(exact or parts, total, holds=bool(exact)))
            begin = place + 1
    return found


def _may_fail(sentence: Sentence, parts: Sequence[Mention], total: Mention) -> bool:
    near = len(sentence.between(parts[-1], total)) <= LONG_LABEL
    return near and _is_list(sentence, parts) and _comparable(parts, total) and one_unit([*parts, total])


def _is_list(sentence: Sentence, parts: Sequence[Mention]) -> bool:
    return all(
        len(gap) <= LONG_LABEL and re.search(r"[,、;；和及与]", gap) and not re.search(r"其中|占|。", gap)
        for gap in (sentence.between(left, right) for left, right in pairwise(parts))
    )


def _comparable(parts: Sequence[Mention], total: Mention) -> bool:
    value = sum((one.base for one in parts), Decimal(0))
    return total.base / APART <= value <= total.base * APART or is_slip(value, total.base) or is_misprint(value, total.base)


def _rests(sentence: Sentence, same: Sequence[Mention]) -> list[Check]:
    found: list[Check] = []
    for whole, part, rest in zip(same, same[1:], same[2:], strict=False):
        gap = sentence.between(whole, part) + sentence.between(part, rest)
        if len(gap) > LONG_LABEL * 2 or "。" in gap or part.base > whole.base:
            continue
        exact = adds_up([part, rest], whole)
        opened = _OPENS.search(sentence.between(whole, part))
        if exact or (not opened and _is_rest(part, rest, whole) and one_unit([whole, part, rest])):
            found.append(sum_check([part, rest], whole, holds=exact))
    return found


def _is_rest(part: Mention, rest: Mention, whole: Mention) -> bool:
    """Whether the words say that `rest` is what remains: in so many words, or by its state and its size."""
    if re.search(r"新|另|每", rest.lead):
        return False
    off = abs(part.base + rest.base - whole.base)
    near = off <= whole.base * CLOSE or is_misprint(part.base + rest.base, whole.base)
    return bool(_LEFT.search(rest.lead) or (_REMAINS.search(rest.lead) and near))
