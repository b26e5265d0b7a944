"""Gaps 差额: what two numbers differ by (两者相差35家), what was done beyond a target (超额完成480人), what is short of it (缺口70人)."""

from __future__ import annotations

import re

from songda.engines.figures.checks import Check, Sentence, common_room, plainly
from songda.engines.figures.mentions import Mention

_APART = re.compile(r"(?:相差|差距|差额|相距|悬殊)(?:为|达到?|了|约)?$")
_BEYOND = re.compile(r"(?:超额完成|超额|超出|超收|超产|超支|多完成)(?:任务|目标|计划|指标)?(?:为|达到?|了|约)?$")
_SHORT = re.compile(r"(?:缺口|尚缺|还缺|还差|尚差|短收|欠收|欠产|短缺|差额|缺编)(?:为|达到?|了|约)?$")
_TARGET = re.compile(r"目标|计划|任务|指标|预算|定额|应|需|需求|编制|核定|下达|原定|拟")
_NET = re.compile(r"净(?:增|减|流入|流出|投放|回笼|进|出)(?:加|少|长)?(?:为|达到?|了|约)?$")
_IN = re.compile(r"新|入|进|增|开业|投放|设立|登记")
_OUT = re.compile(r"退|出|减|关|注销|吊销|回笼|离|流失")


def gaps(sentence: Sentence) -> list[Check]:
    """All differences that are said without a time before and a time now."""
    found = [_between_two(sentence, one) for one in sentence.figures if _APART.search(one.before)]
    found += [_from_target(sentence, one) for one in sentence.figures if _BEYOND.search(one.before) or _SHORT.search(one.before)]
    found += [_net(sentence, one) for one in sentence.figures if _NET.search(one.before)]
    return [check for check in found if check]


def _earlier(sentence: Sentence, one: Mention) -> list[Mention]:
    """Figures of its kind before it, with no semicolon between."""
    return [
        other
        for other in sentence.figures
        if other.end <= one.start and other.family == one.family and not re.search("[;；。]", sentence.between(other, one))
    ]


def _between_two(sentence: Sentence, one: Mention) -> Check | None:
    pair = _earlier(sentence, one)[-2:]
    if len(pair) < 2 or any(_TARGET.search(other.before) for other in pair):
        return None
    return _difference(max(pair, key=lambda other: other.base), min(pair, key=lambda other: other.base), one)


def _net(sentence: Sentence, one: Mention) -> Check | None:
    """新入规28家，退规11家，净增17家"""
    pair = _earlier(sentence, one)[-2:]
    if len(pair) < 2 or not (_IN.search(pair[0].before) and _OUT.search(pair[1].before)) or _IN.search(pair[1].before):
        return None
    return _difference(max(pair, key=lambda other: other.base), min(pair, key=lambda other: other.base), one)


def _from_target(sentence: Sentence, one: Mention) -> Check | None:
    others = _earlier(sentence, one)
    targets = [other for other in others if _TARGET.search(other.before)]
    done = [other for other in others if other not in targets]
    if not targets or not done:
        return None
    beyond = bool(_BEYOND.search(one.before))
    return _difference(done[-1], targets[-1], one) if beyond else _difference(targets[-1], done[-1], one)


def _difference(larger: Mention, smaller: Mention, by: Mention) -> Check:
    value = larger.base - smaller.base
    holds = abs(value - by.base) <= common_room((larger, smaller, by))
    said = "与文中相符" if holds else f"文中写{plainly(by.base)}"
    return Check(
        "difference", (larger, smaller, by), by, value, holds,
        f"{plainly(larger.base)}－{plainly(smaller.base)}＝{plainly(value)}，{said}。",
    )  # fmt: skip
