"""Labelled paragraphs 栏目 inside an article: 补贴条件：… 补贴对象：… 补贴标准：… make one promise together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from songda.engines.reading.clauses import Span
from songda.engines.reading.numerals import shadow

_LABEL = re.compile(
    r"^[ \t]*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳])?[ \t]*(?P<label>[\u4e00-\u9fa5]{0,8}?(?P<kind>"
    r"标准|额度|金额|内容|力度|条件|要求|范围|对象|主体|材料|资料|方式|渠道|途径|电话|地点|网址|窗口|部门|期限|时限|时间|流程|程序|依据|时间/频度))[ \t]*(?::|(?=\n))",
    re.MULTILINE,
)
_SORTS = (
    ("standard", ("标准", "额度", "金额", "内容", "力度")),
    ("conditions", ("条件", "要求", "范围")),
    ("who", ("对象", "主体")),
    ("papers", ("材料", "资料")),
    ("channel", ("方式", "渠道", "途径", "电话", "地点", "网址", "窗口", "部门")),
)
_SORT_OF = {word: sort for sort, words in _SORTS for word in words}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled paragraph: its sort (`standard`, `conditions`, `who`, `papers`, `channel`, `other`), start of its label, body."""

    sort: str
    start: int
    body: Span


def labelled(text: str, start: int, end: int) -> tuple[Labelled, ...]:
    """The labelled paragraphs of the span, if what is given stands in one of them; else none."""
    marks = list(_LABEL.finditer(shadow(text), start, end))
    if len(marks) < 2:
        return ()
    stops = [*(mark.start() for mark in marks), end]
    found = tuple(
        Labelled(_SORT_OF.get(mark["kind"], "other"), low, (mark.end(), high))
        for mark, (low, high) in zip(marks, pairwise(stops), strict=True)
    )
    return found if any(one.sort == "standard" for one in found) else ()
