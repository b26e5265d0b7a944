"""Sums 合计: parts before a total (A、B，合计N), a total before its parts (共N，其中A、B), wholes with a rest, parts of a whole."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from songda.engines.figures.checks import Check, Sentence, common_room, is_misprint, is_slip, plainly
from songda.engines.figures.mentions import Mention
from songda.engines.figures.units import DURATIONS

_TOTAL = re.compile(
    r"合计|共计|总计|总共|一共|合共|加起来|相加|总[一-龥]{1,4}$|总[^,。]{0,4}[为达]|[一二两三四五六七八九]+[类项者部]?[^,。、]{0,4}(?:合计|共|总)|共(?![同享青产建性鸣克])"
)
_TOTAL_LATE = re.compile(r"累计")
_OPENS = re.compile(
    r"其中|包括|包含|囊括|涵盖|分别|分为|分成|构成|组成|来看|具体|^[^,。;；]{0,10}[:：(]|^[^。;；]{0,6}(?:由|含|即)"
)
_WHOLE = re.compile(r"分别|分为|分成|组成|构成|包括|具体|[:：]|按[^,。]{1,8}分|从[^,。]{1,10}看")
_REST = re.compile(r"其余|其他|其它|剩余|余下|剩下|另外|另有")
_LEFT = re.compile(r"剩余|余下|剩下|还剩|尚余|结余|尚有|还有|其余|剩(?!余)")
_REMAINS = re.compile(r"尚|还[有剩需]|未|正在|在办|在建|在途|结余|缺|待|没有|不[^,。]{1,4}的")
_GROWS = re.compile(r"(?:增加|减少|增长|下降|提高|降低|净增|多|少|比|较)[^,。;；]{0,6}$|去年|上年|同期|上月|上周")
_PROMISE = re.compile(r"给予|奖励|补助|补贴|资助|最高|标准|不超过|档")
_MOVES = re.compile(r"[^,。;；]{0,14}?(?:增|减|降|升|提高|压|缩|恢复|扩|到|至)")
_LONG_LABEL = 24
_CLOSE = Decimal("0.1")
_APART = Decimal(2)


def sums(sentence: Sentence) -> list[Check]:
    """All sums, rests and subsets that a sentence states."""
    found: list[Check] = []
    for family in dict.fromkeys(one.family for one in sentence.figures):
        same = [one for one in sentence.figures if one.family == family and not _changes(sentence, one)]
        if "/" in family or family in ("%", "百分点", "倍", "岁") or family in DURATIONS:
            continue
        found += _totals_after(sentence, same)
        found += _totals_before(sentence, same)
        found += _rests(sentence, same)
    return found


def _changes(sentence: Sentence, one: Mention) -> bool:
    """A figure before, or a step from then to now (较去年增加20家; 由20家增加到35家): neither a part nor a total."""
    moved = re.search(r"[由从][^,。;；]{0,14}$", one.before) and _MOVES.match(sentence.text, one.end)
    return bool(moved or _GROWS.search(one.lead))


def _totals_after(sentence: Sentence, same: list[Mention]) -> list[Check]:
    found: list[Check] = []
    begin = 0
    for place, total in enumerate(same):
        strong = bool(_TOTAL.search(total.lead)) and "其中" not in total.lead
        if place - begin < 2 or not (strong or _TOTAL_LATE.search(total.lead)):
            continue
        parts = same[begin:place]
        if len(parts) > 2 and parts[-1].base == len(parts) - 1:
            parts = parts[:-1]  # 甲10家、乙20家，2类合计30家: how many parts there are
        exact = next((parts[at:] for at in range(len(parts) - 1) if _adds_up(parts[at:], total)), None)
        if exact:
            found.append(_sum(exact, total, holds=True))
            begin = place + 1
        elif strong and _may_fail(sentence, parts, total):
            found.append(_sum(parts, total, holds=False))
            begin = place + 1
    return found


def _may_fail(sentence: Sentence, parts: list[Mention], total: Mention) -> bool:
    near = len(sentence.between(parts[-1], total)) <= _LONG_LABEL
    return near and _is_list(sentence, parts) and _comparable(parts, total) and _one_unit([*parts, total])


def _totals_before(sentence: Sentence, same: list[Mention]) -> list[Check]:
    found: list[Check] = []
    for place, whole in enumerate(same[:-1]):
        gap = sentence.between(whole, same[place + 1])
        opening = _OPENS.search(gap)
        rest = _until_total(same[place + 1 :])
        if not opening and not (_TOTAL.search(whole.lead) or _TOTAL_LATE.search(whole.lead) or "。" in gap):
            continue
        if any("其中" in one.lead for one in same[place + 1 :]) and not opening:
            continue
        found += _parts_of(sentence, whole, rest, "其中" if "其中" in gap else opening.group() if opening else "")
    return found


def _until_total(same: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for place, one in enumerate(same):
        if place and (re.search(r"合计|共计|总计|总共", one.lead) or "其中" in one.lead):
            break
        kept.append(one)
    return kept


def _parts_of(sentence: Sentence, whole: Mention, parts: list[Mention], opening: str) -> list[Check]:
    between = sentence.between(whole, parts[0])
    if (
        whole.is_money
        and _PROMISE.search(between + whole.lead[-12:])
        and re.search(r"分别|最高|不超过|上限|按|标准|档|低于|高于", between + whole.lead)
    ):
        return []  # 分别给予50万元、30万元: what is promised, not what a total is made of
    exact = next((parts[:size] for size in range(len(parts), 1, -1) if _adds_up(parts[:size], whole)), None)
    if exact:
        return [_sum(exact, whole, holds=True)]
    if not opening:
        return []
    said_whole = _WHOLE.search(between) or any(_REST.search(one.lead) for one in parts[1:])
    listed = _listed(sentence, parts)
    total = sum((one.base for one in listed), Decimal(0))
    if len(listed) > 1 and _one_unit([*listed, whole]) and _is_complete(total, whole, listed, said=bool(said_whole)):
        return [_sum(listed, whole, holds=False)]
    return (
        [_subset(part, whole) for part in listed]
        if opening == "其中" and re.search(r"其中[^;；。]{0,20}$", parts[0].lead)
        else []
    )


def _is_complete(total: Decimal, whole: Mention, parts: list[Mention], *, said: bool) -> bool:
    """Whether the parts are all there are: said so, or so near the total, by size or by digits, that a misprint is likelier."""
    if abs(total - whole.base) <= whole.base * _CLOSE or is_slip(total, whole.base):
        return True
    if said:
        return whole.base / _APART <= total <= whole.base * _APART or is_misprint(total, whole.base)
    larger = any(one.base > whole.base for one in parts)
    return is_misprint(total, whole.base) and (larger or abs(total - whole.base) <= whole.base / 2)


def _listed(sentence: Sentence, parts: list[Mention]) -> list[Mention]:
    kept = parts[:1]
    for left, right in pairwise(parts):
        if len(sentence.between(left, right)) > _LONG_LABEL * 2 or "。" in sentence.between(left, right):
            break
        kept.append(right)
    return kept


def _is_list(sentence: Sentence, parts: list[Mention]) -> bool:
    return all(
        len(gap) <= _LONG_LABEL and re.search(r"[,、;；和及与]", gap) and not re.search(r"其中|占|。", gap)
        for gap in (sentence.between(left, right) for left, right in pairwise(parts))
    )


def _comparable(parts: list[Mention], total: Mention) -> bool:
    value = sum((one.base for one in parts), Decimal(0))
    return total.base / _APART <= value <= total.base * _APART or is_slip(value, total.base) or is_misprint(value, total.base)


def _rests(sentence: Sentence, same: list[Mention]) -> list[Check]:
    found: list[Check] = []
    for whole, part, rest in zip(same, same[1:], same[2:], strict=False):
        gap = sentence.between(whole, part) + sentence.between(part, rest)
        if (
            len(gap) > _LONG_LABEL * 2
            or "。" in gap
            or _OPENS.search(sentence.between(whole, part))
            or not part.base <= whole.base
        ):
            continue
        exact = _adds_up([part, rest], whole)
        if exact or (_is_rest(part, rest, whole) and _one_unit([whole, part, rest])):
            found.append(_sum([part, rest], whole, holds=exact))
    return found


def _is_rest(part: Mention, rest: Mention, whole: Mention) -> bool:
    """Whether the words say that `rest` is what remains: in so many words, or by its state and its size."""
    if re.search(r"新|另|每", rest.lead):
        return False
    off = abs(part.base + rest.base - whole.base)
    near = off <= whole.base * _CLOSE * 2 or is_misprint(part.base + rest.base, whole.base)
    return bool(_LEFT.search(rest.lead) or (_REMAINS.search(rest.lead) and near))


def _adds_up(parts: list[Mention], total: Mention) -> bool:
    gap = abs(sum((one.base for one in parts), Decimal(0)) - total.base)
    return gap <= common_room((*parts, total))


def _one_unit(figures: list[Mention]) -> bool:
    """Whether figures are counted in the very same way, so that a sum that fails may be called wrong."""
    return len({one.unit for one in figures}) == 1 or figures[0].family in ("家", "人", "元")


def _sum(parts: list[Mention], total: Mention, *, holds: bool) -> Check:
    value = sum((one.base for one in parts), Decimal(0))
    note = (
        "各项相加等于总数。"
        if holds
        else f"各项相加为{plainly(value)}，文中写{plainly(total.base)}，相差{plainly(abs(value - total.base))}。"
    )
    return Check("sum", (total, *parts), total, value, holds, note)


def _subset(part: Mention, whole: Mention) -> Check:
    holds = part.base <= whole.base
    note = "部分不大于整体。" if holds else f"“其中”的{plainly(part.base)}大于整体{plainly(whole.base)}。"
    return Check("subset", (part, whole), part, whole.base, holds, note)
