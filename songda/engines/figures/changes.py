"""Changes 增减: a difference and a growth printed beside the numbers now and before (去年1000家，今年1200家，增加200家，增长20%)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from songda.engines.figures.checks import HUNDRED, Check, Sentence, common_room, is_near, plainly
from songda.engines.figures.mentions import Mention
from songda.engines.figures.units import class_of

_PAST = re.compile(r"去年|上年|同期|上个?月|上周|上季|前年|前一|昨日|基期|原来|原有|此前|之前|年初|期初|活动前|起初")
_PAST_OPENS = re.compile(r"(?:(?:去年|上年|上月|上周|上季度)(?:同期|全年)?|同期),[^,;；。]*$")
_FROM = re.compile(r"(?:由|从)[^,。;；]{0,14}$")
_THAN = re.compile(r"(?:(?<!占)比(?!例|重|率|值)|较)[^,。;；为达]{0,12}$")
_ROSE = re.compile(
    r"(?:目前|现在?|如今|又|再|已经?|逐步|迅速|增速)*(?:[升增降减提涨缩]|上升|提高|提升|增加|增长|下降|降低|减少|恢复|回升|压缩)[至到了]{1,2}(?:约|近)?$"
)
_TO = re.compile(r"(?:到|至|为)[^,。;；]{0,3}$")
_UP = re.compile(r"增加|增长|提高|上升|净增|新增|扩大|提升|上涨|增[收产发]|多[一-龥]?|增[幅速]?|涨")
_DOWN = re.compile(r"减少|下降|降低|回落|压缩|压减|缩短|缩减|下跌|缩小|减[收产]|少|[降减]幅?|跌")
_BY = re.compile(
    r"(?:增加|增长|提高|上升|净增|扩大|提升|上涨|减少|下降|降低|回落|压缩|压减|缩短|缩减|下跌|缩小|[增减多少][收产]|[多少增][发办贷销缴运开招签投放出支建种播拨]|增幅|降幅|增速|多|少|增|降|减|涨|跌)(?:了|约|近|为|达到?|[:：])?$"
)
_POINTS = ("百分点", "个百分点")
_COMPARED = re.compile(r"环比|同比|较|比")
_WHEN = re.compile(r"(?P<year>20\d{2})年|(?P<month>\d{1,2})月|第?(?P<quarter>[一二三四1-4])季度")


def changes(sentence: Sentence) -> list[Check]:
    """All differences and growths whose numbers stand in the sentence, or in the one before."""
    found: list[Check] = []
    for one in sentence.figures:
        if not _BY.search(one.before):
            continue
        found += _growths(sentence, one) if one.is_percent and not _is_level(sentence, one) else _differences(sentence, one)
    return found


def _sort(one: Mention) -> str:
    """What it is compared with: 人均28平方米 with 35平方米 too."""
    return "%" if one.is_percent else class_of(one.unit)


def _is_level(sentence: Sentence, one: Mention) -> bool:
    del sentence
    return bool(_TO.search(one.before))


def _stretch(sentence: Sentence, one: Mention) -> list[Mention]:
    """Figures that may be compared: of the same part of the sentence, then of the whole, of the sentence before."""
    return [other for other in (*sentence.earlier[-3:], *sentence.figures) if other is not one and not _BY.search(other.before)]


def _pair(sentence: Sentence, one: Mention, family: str | None) -> tuple[Mention, Mention] | None:
    """Now and before: before is the figure that its words put in the past, now is the nearest of its kind that is not."""
    others = [
        other
        for other in _stretch(sentence, one)
        if (family is None and other.family not in ("%", *_POINTS)) or _sort(other) == family
    ]
    beside = [other for other in others if _is_beside(sentence, other, one)]
    pasts = [other for other in beside if _is_past(other)] or [other for other in others if _is_past(other)]
    if not pasts:
        return _step_up(beside) or _told_by_time(beside, one)
    past = min(pasts, key=lambda other: _distance(other, one))
    own = [
        other for other in others if _sort(other) == _sort(past) and not _is_past(other) and not _same_time(sentence, past, other)
    ]
    nows = [other for other in own if _is_beside(sentence, other, one)] or own
    if not nows or (past not in beside and any(_is_beside(sentence, other, past) for other in own)):
        return None  # nothing now, or a number before that belongs to another number
    return min(nows, key=lambda other: _distance(other, one)), past


def _same_time(sentence: Sentence, past: Mention, other: Mention) -> bool:
    """去年产值86亿元、税收4亿元: a list goes on in the time in which it began."""
    return other is past or (past.end <= other.start and not re.search(r"[,;；。到至为成]", sentence.between(past, other)))


def _is_beside(sentence: Sentence, left: Mention, right: Mention) -> bool:
    """Whether no semicolon or full stop parts two figures."""
    first, last = sorted((left, right), key=lambda one: one.start)
    return not re.search(r"[;；。]", sentence.between(first, last))


def _step_up(others: list[Mention]) -> tuple[Mention, Mention] | None:
    """首日45%，目前已升至93%: what has risen or fallen to a number did so from the one before it."""
    for past, now in pairwise(others):
        if past.family == now.family and _ROSE.match(now.before):
            return now, past
    return None


def _told_by_time(others: list[Mention], one: Mention) -> tuple[Mention, Mention] | None:
    """5月份862万，4月份784万，环比增长9.95%: the earlier month, quarter or year is what it was."""
    timed = [(when, other) for other in others if other.end <= one.start and (when := _when(other))]
    if len(timed) != 2 or not _COMPARED.search(one.before):
        return None
    (first_sort, first), (second_sort, second) = timed[0][0], timed[1][0]
    if first_sort != second_sort or first == second or timed[0][1].family != timed[1][1].family:
        return None
    turned = first_sort == "month" and {first, second} == {1, 12}  # January comes after December
    (_when_past, past), (_when_now, now) = sorted(timed, key=lambda pair: pair[0], reverse=turned)
    return now, past


def _when(one: Mention) -> tuple[str, int] | None:
    """The year, quarter or month that its own clause names."""
    told = list(_WHEN.finditer(one.before))
    if len(told) != 1:
        return None
    sort = told[0].lastgroup or ""
    text = told[0][sort]
    return sort, int(text) if text.isdecimal() and text.isascii() else "一二三四".find(text) + 1


def _stand_alone(sentence: Sentence, now: Mention, past: Mention, by: Mention) -> bool:
    """Whether no other figure of either kind stands among the three, so that a change that fails may be called wrong."""
    three = (now, past, by)
    left, right = min(one.start for one in three), max(one.end for one in three)
    among = [one for one in (*sentence.earlier, *sentence.figures) if left <= one.start < right and one not in three]
    return not any(one.unit == by.unit if _BY.search(one.before) else one.family == past.family for one in among)


def _is_past(one: Mention) -> bool:
    clause = one.lead[-18:]
    return bool(_FROM.search(one.before) or _THAN.search(one.before)) or (
        bool(_PAST.search(one.before) or _PAST.search(clause.split(",")[-1]) or _PAST_OPENS.search(one.lead))
        and not _BY.search(one.before)
    )


def _distance(other: Mention, one: Mention) -> int:
    return one.start - other.end if other.end <= one.start else other.start - one.end + 5


def _differences(sentence: Sentence, by: Mention) -> list[Check]:
    family = "%" if by.unit in _POINTS else _sort(by)
    pair = _pair(sentence, by, family)
    if pair is None:
        return []
    now, past = pair
    value = now.base - past.base
    holds = abs(abs(value) - by.base) <= common_room((now, past, by)) and _same_way(by, value)
    if not holds and not _stand_alone(sentence, now, past, by):
        return []
    note = (
        f"{plainly(now.base)}－{plainly(past.base)}＝{plainly(value)}，{'与文中相符' if holds else f'文中写{plainly(by.base)}'}。"
    )
    return [Check("difference", (now, past, by), by, value, holds, note)]


def _growths(sentence: Sentence, by: Mention) -> list[Check]:
    pair = _pair(sentence, by, None)
    if pair is None:
        return _from_difference(sentence, by)
    now, past = pair
    if not past.base:
        return []
    value = (now.base - past.base) / past.base * HUNDRED
    slack = (now.step + past.step * now.base / past.base) / 2 / past.base * HUNDRED
    holds = is_near(abs(value), by, slack) and _same_way(by, value)
    return [_growth((by, now, past), by, value, holds=holds)] if holds or _stand_alone(sentence, now, past, by) else []


def _from_difference(sentence: Sentence, by: Mention) -> list[Check]:
    """今年1200家，比去年增加200家，增长20%: the number before is the one now less the difference."""
    steps = [
        one for one in sentence.figures if one.end <= by.start and _BY.search(one.before) and one.family not in ("%", *_POINTS)
    ]
    if not steps or any(steps[-1].end <= one.start < by.start for one in sentence.figures) or by.start - steps[-1].end > 12:
        return []
    step = steps[-1]
    nows = [one for one in _stretch(sentence, step) if one.family == step.family and one.end <= step.start]
    if not nows:
        return []
    change = -step.base if _DOWN.search(step.before) else step.base
    past = nows[-1].base - change
    if past <= 0:
        return []
    value = change / past * HUNDRED
    slack = (step.step + step.base / past * (step.step + nows[-1].step)) / 2 / past * HUNDRED
    return [_growth((by, nows[-1], step), by, value, holds=is_near(abs(value), by, slack))]


def _same_way(by: Mention, value: Decimal) -> bool:
    up, down = _UP.search(by.before), _DOWN.search(by.before)
    return value >= 0 if up and not down else value <= 0 if down and not up else True


def _growth(figures: tuple[Mention, ...], by: Mention, value: Decimal, *, holds: bool) -> Check:
    note = f"按所列数计算变化{plainly(value)}%，{'与文中相符' if holds else f'文中写{plainly(by.value)}%'}。"
    return Check("growth", figures, by, value, holds, note)
