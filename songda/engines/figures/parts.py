"""Parts of a total 其中: a total that stands before what it is made of (共N，其中A、B; N，分别为A、B; N（A、B）), and subsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from songda.engines.figures.checks import Check, Sentence, common_room, is_misprint, is_slip, plainly
from songda.engines.figures.mentions import Mention

TOTAL = re.compile(
    r"合计|共计|总计|总共|一共|合共|加起来|相加|总[一-龥]{1,4}$|总[^,。]{0,4}[为达]|[一二两三四五六七八九]+[类项者部区县市家处镇街园校院行]?[^,。、]{0,4}(?:合计|共|总|累计)|共(?![同享青产建性鸣克])"
)
LATE = re.compile(r"累计")
LONG_LABEL = 24
APART = Decimal(2)
CLOSE = Decimal("0.1")
MANY = 1000
_OPENS = re.compile(r"其中|包括|包含|囊括|涵盖")
_OPENS_NEAR = re.compile(
    r"分别|分为|分成|构成|组成|来看|具体|^[^,。;；]{0,10}[:：(]|^[^,。;；]{1,12}(?<!其)中,|^[^。;；]{0,6}(?:由|含|即)"
)
_WHOLE = re.compile(r"分别|分为|分成|组成|构成|包括|具体|[:：]|按[^,。]{1,8}分|从[^,。]{1,10}看")
_REST = re.compile(r"其余|其他|其它|剩余|余下|剩下|另外|另有")
_DONE = re.compile(r"已|完成|完工|竣工|办结|通过|合格|到位")
_YET = re.compile(r"待|未|尚|正在|在建|在办|不合格|不通过|不到位")


def _poles(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(left), re.compile(right)) for left, right in pairs)


# Halves that leave nothing out, and poles that exclude each other: parts named by both of a pair.
_HALVES = _poles(
    ("男", "女"), ("[省市县区]内", "[省市县区]外"), ("国内|境内", "国外|境外|海外"), ("内资", "外资"), ("公办|公立", "民办|私立"),
    ("(?<!非)税收?收?入?", "非税"), ("(?<!不)合格|(?<!不)达标", "不合格|不达标"), ("进口", "出口"), ("规模?以?上", "规模?以?下"),
)  # fmt: skip
_POLES = _HALVES + _poles(
    ("线上|网上", "线下|窗口|现场"), ("城[市镇区]", "农村|乡村"), ("国有", "民营|非公"), ("固定", "流动|机动|临时"), ("集中", "居家|分散"),
    ("首[批期次轮]|第一", "末[批期次轮]|尾|最后"), ("新建", "改扩?建|续建|扩建"), ("中央|省级", "地方|市级|县级"), ("企业|单位", "个人|个体|群众"),
    ("上半", "下半"), ("白天|日间", "夜间|晚上"), ("开通|开放|营业|开业|开门|启用", "关闭|停业|停用|停运|歇业|关停"),
    ("调拨|发放|领取|拨付|使用|售出|下发", "留存|库存|结余|剩余"), ("正增长", "负增长"),
)  # fmt: skip
_CROSSES = re.compile(r"岁以|年轻|岁及|党员|学历|骨干")  # of every kind there are some: they make up no whole with others
_PROMISE = re.compile(r"给予|奖励|补助|补贴|资助|最高|标准|不超过|档")
_LIMIT = re.compile(r"分别|最高|不超过|上限|按|标准|档|低于|高于")


def totals_before(sentence: Sentence, same: Sequence[Mention]) -> list[Check]:
    """Sums whose total comes first, and parts that must not exceed their whole."""
    found: list[Check] = []
    for place, nearest in enumerate(same[:-1]):
        first = same[place + 1]
        gap = sentence.between(nearest, first)
        opening = _opening(gap, first.lead)
        parts = _told(sentence, gap, same[place + 1 :])
        whole = _whole_of(sentence, same[: place + 1], parts) if opening == "其中" else nearest
        open_total = whole is not None and (TOTAL.search(whole.lead) or LATE.search(whole.lead) or "。" in gap)
        if whole is None or not (opening or open_total or _poles_follow(sentence, gap, parts)):
            continue
        if not opening and any("其中" in one.lead for one in same[place + 1 :]):
            continue
        found += _parts_of(sentence, whole, parts, opening)
    return found


def in_brackets(sentence: Sentence, one: Mention) -> bool:
    """Whether a figure stands inside brackets."""
    begin = max(0, one.start - 80)
    return sentence.text.rfind("(", begin, one.start) > sentence.text.rfind(")", begin, one.start)


def adds_up(parts: Sequence[Mention], total: Mention) -> bool:
    """Whether the parts give the total, as printed."""
    return abs(sum((one.base for one in parts), Decimal(0)) - total.base) <= common_room((*parts, total))


def one_unit(figures: Sequence[Mention]) -> bool:
    """Whether figures are counted in the very same way, so that a sum that fails may be called wrong."""
    return len({one.unit for one in figures}) == 1 or figures[0].family in ("家", "人", "元")


def sum_check(parts: Sequence[Mention], total: Mention, *, holds: bool) -> Check:
    """The check of a sum, with its sentence."""
    value = sum((one.base for one in parts), Decimal(0))
    note = (
        "各项相加等于总数。"
        if holds
        else f"各项相加为{_as_printed(value, total)}，文中写{_as_printed(total.base, total)}，相差{_as_printed(abs(value - total.base), total)}。"
    )
    return Check("sum", (total, *parts), total, value, holds, note)


def _as_printed(value: Decimal, total: Mention) -> str:
    """A value in the scale and unit of the total: 8550万元."""
    return f"{plainly(value / total.scale, 4)}{total.scale_word}{total.unit}"


def _opening(gap: str, lead: str) -> str:
    """The word that opens the parts: 其中 anywhere after the total, 分别 and its like only right before the first part."""
    if "其中" in gap:
        return "其中"
    opened = _OPENS.search(gap) or _OPENS_NEAR.search(lead)
    return opened.group() if opened else ""


def _whole_of(sentence: Sentence, before: Sequence[Mention], parts: list[Mention]) -> Mention | None:
    """What 其中 speaks of: of the figures before it, outside closed brackets, the nearest that the parts add up to; else the nearest that is
    not smaller than the first part; else in the same sentence the nearest."""
    first = parts[0]
    outside = [one for one in reversed(before) if _is_open(sentence.between(one, first))]
    exact = [one for one in outside if any(adds_up(parts[:size], one) for size in range(2, len(parts) + 1))]
    larger = [one for one in outside if one.base >= first.base]
    beside = [one for one in outside if "。" not in sentence.between(one, first)]
    return next(iter(exact or larger or beside), None)


def _is_open(gap: str) -> bool:
    return gap.count(")") <= gap.count("(")


def _told(sentence: Sentence, gap: str, following: Sequence[Mention]) -> list[Mention]:
    """The figures that may be parts: up to the bracket's end, the next total, the next 其中."""
    closing = sentence.text.find(")", following[0].start) if gap.count("(") > gap.count(")") else -1
    kept: list[Mention] = []
    for place, one in enumerate(following):
        ends = place and (re.search(r"合计|共计|总计|总共", one.lead) or "其中" in one.lead)
        if ends or (closing >= 0 and one.start > closing):
            break
        kept.append(one)
    return kept


def _parts_of(sentence: Sentence, whole: Mention, parts: list[Mention], opening: str) -> list[Check]:
    between = sentence.between(whole, parts[0])
    if whole.is_money and _PROMISE.search(between + whole.lead[-12:]) and _LIMIT.search(between + whole.lead):
        return []  # 分别给予50万元、30万元: what is promised, not what a total is made of
    exact = next((parts[:size] for size in range(len(parts), 1, -1) if adds_up(parts[:size], whole)), None)
    if exact:
        return [sum_check(exact, whole, holds=True)]
    listed = _listed(sentence, parts)
    said = bool(_WHOLE.search(between) or opening.endswith("由") or any(_REST.search(one.lead) for one in parts[1:]))
    said = said or (len(listed) == 2 and _both_named([one.before + one.after for one in listed], _HALVES))
    total = sum((one.base for one in listed), Decimal(0))
    named = _names_all(listed) and (whole.base < total <= whole.base * APART or is_misprint(total, whole.base))
    meant = named or (bool(opening) and _is_complete(total, whole, listed, said=said))
    if meant and len(listed) > 1 and one_unit([*listed, whole]) and (opening or "。" not in between):
        return [sum_check(listed, whole, holds=False)]
    if opening != "其中" or not re.search(r"其中[^;；。]{0,20}$", parts[0].lead):
        return []
    return [_subset(part, whole) for part in listed if not re.search(r"[;；]", sentence.between(parts[0], part))]


def _is_complete(total: Decimal, whole: Mention, parts: list[Mention], *, said: bool) -> bool:
    """Whether the parts are all there are: said so, or so near the total, by size or by digits, that a misprint is likelier."""
    crossed = any(_CROSSES.search(one.before) for one in parts)
    if (abs(total - whole.base) <= whole.base * CLOSE and not crossed) or is_slip(total, whole.base):
        return True
    if said:
        return whole.base / APART <= total <= whole.base * APART or is_misprint(total, whole.base)
    larger = any(one.base > whole.base for one in parts)
    many = len(parts) > 2 and whole.base >= MANY  # so many digits seldom differ in one by chance
    return is_misprint(total, whole.base) and (larger or many or abs(total - whole.base) <= whole.base / 2)


def _poles_follow(sentence: Sentence, gap: str, parts: Sequence[Mention]) -> bool:
    """参赛选手240名，男选手160名，女选手80名: two parts right after their total, named by the poles of one division."""
    if len(parts) != 2 or len(gap) > LONG_LABEL or re.search(r"[;；。]", gap + sentence.between(*parts)):
        return False
    return any(left.search(parts[0].before) and right.search(parts[1].before) for left, right in _POLES)


def _names_all(listed: Sequence[Mention]) -> bool:
    """Whether the names of the parts say that they exclude each other: what is done and what is not yet; both poles of a division."""
    names = [one.before + one.after for one in listed]
    done = any(_DONE.search(name) and not _YET.search(name) for name in names)
    if done and any(_YET.search(name) for name in names):
        return True
    return _both_named(names, _POLES)


def _both_named(names: Sequence[str], pairs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]) -> bool:
    return any(any(left.search(name) for name in names) and any(right.search(name) for name in names) for left, right in pairs)


def _listed(sentence: Sentence, parts: list[Mention]) -> list[Mention]:
    kept = parts[:1]
    for left, right in pairwise(parts):
        gap = sentence.between(left, right)
        if len(gap) > LONG_LABEL * 2 or "。" in gap:
            break
        kept.append(right)
    return kept


def _subset(part: Mention, whole: Mention) -> Check:
    holds = part.base <= whole.base
    note = "部分不大于整体。" if holds else f"“其中”的{plainly(part.base)}大于整体{plainly(whole.base)}。"
    return Check("subset", (part, whole), part, whole.base, holds, note)
