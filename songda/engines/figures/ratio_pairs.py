"""Which two numbers a rate is about 比率的分子和分母: told by their words, whether or not they give the rate that is printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from songda.engines.figures.checks import Sentence
from songda.engines.figures.mentions import Mention

Pair = tuple[Mention, Mention]  # numerator, denominator
_SHARE = re.compile(r"占|比重|比例|份额")
_DUE = re.compile(r"应|需|计划|目标|任务|总|原定|拟|预定")
_COMPLETION = re.compile(r"(?:完成|达成|执行|实现|兑现)(?:率|比例|进度)[^一-龥]*(?:为|达到?|是)?$")
_IS = re.compile(r"[是为达]|相当于")
_DID = re.compile(r"已|实际|实|完成|当前|现")
_OF = re.compile(
    r"占|比重|比例|份额|相当于|[为是达到完成][^,。;；]{0,4}(?:计划|目标|任务|总|全年|年度|预算|预期|应|上年|去年|同期)"
)
_STEM = re.compile(r"(?P<stem>[一-龥]{2})(?:率|比例|比|面|进度)[^一-龥]*[^,。、;；]{0,6}$")
_BASE = re.compile(
    r"应|总|共|全部|检查|排查|抽查|走访|摸排|抽检|监测|全[区市县省镇国]|登记|计划|目标|任务|需|受理|在册|现有|累计|纳入|辖区|有|申[请报]|收到|参与|抽|下达|可|发[出放]|印发|邀请"
)
_PLAIN_NOUN = re.compile(r"(?:单位|企业|人员|户数|项目|面积|金额|数量|家数)$")
_OTHER_WHOLE = re.compile(r"[;；。]|占[^,。]{0,8}(?:资金|产值|人口|全[国省市])")
_OWN = re.compile(r"(?!数量|总数|合计|全部|分别|大约)[一-龥]{2}(?:占|比重|比例|份额)")
_PLAN = re.compile(r"计划|任务|目标|总数|总量")
_PAST = re.compile(r"去年|上年|同期|上个?月|上周|原来|此前|年初|[由从][^,。;；]{0,14}$")
_LONG = 16


def pair_meant(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """The numerator and denominator among the figures `before` the share, or None where the words do not say."""
    finders = (_times_pair,) if share.unit == "倍" else _FINDERS
    return next((pair for finder in finders if before and (pair := finder(sentence, before, share))), None)


def pair_after(sentence: Sentence, share: Mention) -> Pair | None:
    """返岗率91.5%，应返岗46800人，已返岗42822人: both numbers follow the rate, the due one by 应, the done one by 已 or 实."""
    following = [one for one in sentence.figures if one.start >= share.end][:2]
    if len(following) < 2 or following[0].family != following[1].family or not _STEM.search(share.before):
        return None
    if re.search(r"[;；。]", sentence.between(share, following[1])):
        return None
    due = [one for one in following if _DUE.search(one.before)]
    done = [one for one in following if one not in due and _DID.search(one.before)]
    return (done[0], due[0]) if due and done else None


def _in_list(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """甲、乙、丙分别为320件、1850件、430件，占总量2600件的12.3%、71.2%、16.5%: as many parts as shares, in the same order."""
    shares = _row_of(sentence, share)
    told = [one for one in before if one.end <= shares[0].start]
    many = len(shares)
    if many < 2 or len(told) <= many:
        return None
    if _OF.search(told[-1].lead) and sentence.between(told[-1], shares[0]) in ("的", "总数的"):
        bottom, tops = told[-1], told[-1 - many : -1]
    else:
        bottom, tops = told[-1 - many], told[-many:]
        if not re.search(r"分别|依次|各", shares[0].lead):
            return None
    alike = all(top.family == bottom.family and top.base <= bottom.base for top in tops)
    return (tops[shares.index(share)], bottom) if alike and len(tops) == many else None


def _row_of(sentence: Sentence, share: Mention) -> list[Mention]:
    """The shares of the list that this one stands in: nothing but 、 and 和 between them."""
    row = [share]
    for one in (one for one in sentence.figures if one.is_percent and one.start > share.start):
        if re.fullmatch(r"[、,]|和|及", sentence.between(row[-1], one)):
            row.append(one)
    for one in reversed([one for one in sentence.figures if one.is_percent and one.start < share.start]):
        if re.fullmatch(r"[、,]|和|及", sentence.between(one, row[0])):
            row.insert(0, one)
    return row


def _whole_named(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """共110家，占全市220家的50%; 46.2亿元，为全年目标132亿元的35%: the whole stands inside the words of the share."""
    if len(before) < 2 or sentence.between(before[-1], share).strip("约近") not in ("的", "总数的"):
        return None
    top, bottom = before[-2], before[-1]
    return (top, bottom) if _OF.search(bottom.lead) and top.family == bottom.family else None


def _plan_share(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """年度计划50亿元，完成36.5亿元，完成年度计划的73%"""
    top = before[-1]
    gap = sentence.between(top, share)
    if not _PLAN.search(share.before) or len(gap) > _LONG or _PLAN.search(top.before):
        return None
    planned = [one for one in before[:-1] if one.family == top.family and _PLAN.search(one.before)]
    return (top, planned[-1]) if planned else None


def _part_of_whole(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """共100家，其中甲60家，占60%"""
    gap = sentence.between(before[-1], share)
    if not _SHARE.search(gap) or len(gap) > _LONG or _OTHER_WHOLE.search(gap):
        return None
    named = _named(before, share)
    if named is None and _OWN.search(share.before):
        return None  # 税收占比62%: the share of something else
    top = named or before[-1]
    wholes = [one for one in before if one is not top and one.family == top.family and one.base >= top.base]
    opened = [
        one for one in wholes if _opens(sentence, one, top) or (_BASE.search(one.lead[-10:]) and not _has_share(sentence, one))
    ]
    return (top, opened[-1]) if opened else None


def _opens(sentence: Sentence, whole: Mention, part: Mention) -> bool:
    return whole.end <= part.start and bool(re.search(r"其中|[:：]|中(?!心|小|型|等)", sentence.between(whole, part)))


def _has_share(sentence: Sentence, one: Mention) -> bool:
    """甲60家，占60%: a fellow of the list, not its whole."""
    return any(
        other.is_percent
        and other.start >= one.end
        and re.fullmatch(r"[,(]?(?:约?占[^,。;；]{0,6})?", sentence.between(one, other))
        for other in sentence.figures
    )


def _named(before: list[Mention], share: Mention) -> Mention | None:
    """女职工占46.7%: the figure that bears the name of what has the share."""
    told = re.match(r"([一-龥]{2,8}?)(?:的?人?数?)?占", share.before)
    names = {told[1], _PLAIN_NOUN.sub("", told[1])} if told else set()
    same = [one for one in before if any(len(name) > 1 and name in one.before + one.after for name in names)]
    return same[-1] if same else None


def _rate_named(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """应复工200家，已复工180家，复工率90%: the name of the rate stands at the numerator."""
    named = _STEM.search(share.before)
    tops = [
        one
        for one in before[-3:]
        if named and set(named["stem"]) <= set(one.before[-6:] + one.after[:6]) and _is_done(sentence, one, share)
    ]
    if not tops:
        return None
    top = tops[-1]
    larger = [one for one in before if one is not top and one.family == top.family and one.base >= top.base]
    larger += [one for one in sentence.figures if one.start > share.end and one.family == top.family and "应" in one.before]
    bottoms = [one for one in larger if _BASE.search(one.before + one.after) or _is_next(sentence, one, top)]
    return (top, bottoms[-1]) if bottoms else None


def _is_done(sentence: Sentence, top: Mention, share: Mention) -> bool:
    """A numerator: what was done, told in a clause before the rate, with no other rate between them."""
    gap = sentence.between(top, share)
    return not re.search(r"应|未|待|需|计划", top.before) and "%" not in gap and bool(re.search(r"[,、;；()]", gap))


def _is_next(sentence: Sentence, whole: Mention, part: Mention) -> bool:
    """Side by side in one sentence, in the same measure word."""
    return whole.end <= part.start and whole.unit == part.unit and len(sentence.between(whole, part)) <= _LONG


def _side_by_side(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """200家中180家复工，复工率90%: part and whole told side by side, then any rate."""
    if len(before) < 2 or before[-1].family != before[-2].family or before[-1].base > before[-2].base:
        return None
    gap = sentence.between(before[-2], before[-1])
    named = re.search(r"[率比面度]", share.before) and len(sentence.between(before[-1], share)) <= _LONG
    told = re.match(r"[^,。;；]{0,12}(?<!其)中(?!心|小|型),?[^,]{0,6}$", gap) or (
        re.search(r"已|实际", gap) and _echoes(before[-1], share)
    )
    return (before[-1], before[-2]) if named and told and len(gap) <= _LONG else None


def _echoes(top: Mention, share: Mention) -> bool:
    """Whether the name of the rate has a character of what was done (恢复施工, 恢复率)."""
    named = _STEM.search(share.before)
    return bool(named and set(named["stem"]) & set(top.before + top.after))


def _in_brackets(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """经济型酒店320家，已复业208家(65%): a share alone in brackets after what was done."""
    if len(before) < 2 or sentence.between(before[-1], share) != "(" or sentence.text[share.end : share.end + 1] != ")":
        return None
    whole, part = before[-2], before[-1]
    told = _DID.search(part.before) or re.search("其中", sentence.between(whole, part))
    alike = whole.family == part.family and whole.base >= part.base and not re.search("[;；。]", sentence.between(whole, part))
    return (part, whole) if told and alike else None


def _of_plan(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """原定1.2万人次，实际1.08万人次，完成率90%: what was due and what was done, whatever it was."""
    if not _COMPLETION.search(share.before):
        return None
    dues = [one for one in before if _DUE.search(one.before) and not re.search("[;；。]", sentence.between(one, share))]
    dones = [
        one for one in before if dues and one.start > dues[-1].start and one.family == dues[-1].family and _DID.search(one.before)
    ]
    return (dones[-1], dues[-1]) if dones else None


def _times_pair(sentence: Sentence, before: list[Mention], share: Mention) -> Pair | None:
    """从8万只提升至20万只，是原来的2.5倍"""
    if len(before) > 1 and sentence.between(before[-1], share) == "的" and _IS.search(before[-1].lead):
        return (before[-2], before[-1]) if before[-2].family == before[-1].family else None  # 是二月3080万元的3倍
    if not _PAST.search(share.before):
        return None
    for past in reversed(before):
        nows = [one for one in before if one.family == past.family and not _PAST.search(one.before)]
        if _PAST.search(past.before) and nows:
            return nows[-1], past
    return None


_FINDERS: tuple[Callable[[Sentence, list[Mention], Mention], Pair | None], ...] = (
    _in_list, _whole_named, _plan_share, _part_of_whole, _rate_named, _side_by_side, _in_brackets, _of_plan,
)  # fmt: skip
