"""Where the articles end 结尾: the closing paragraphs, signature, attachments and site debris after the last article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from songda.engines.reading.lines import Line, Style
from songda.engines.reading.numerals import shadow

_ANNEX = re.compile(r"附\s*则")
_CLOSING = re.compile(
    r"本(?:政策|措施|通知|意见|实施意见|若干|办法|规定|细则|方案|文件|公告)|以上|上述|特此|附件|附:|中央、|国家、|国家出台|其他未尽"
    r"|政策解读|(?:\(此件|分享:|扫一扫|相关(?:解读|链接|附件)|【|联系(?:人|电话)|抄送|主办单位|来源:|责任编辑|上一|下一)|各(?:地|单位|部门)(?:要|应)"
)
_SIGNATURE = re.compile(r"[^。,，;:]{0,60}?\s*\d{4}年\s*\d{0,2}月\s*\d{0,2}日?\s*$")
_ISSUER = re.compile(r"[^。,，;:\d]{2,40}(?:政府|办公室|办公厅|委员会|局|厅|部|委|银行|管委会|中心|总局|营业管理部)$")
_UNITS = re.compile(r"\(?\s*(?:责任单位|牵头单位|责任部门|配合单位|牵头部门|对接部门|实施单位)\s*:")


def closing_from(text: str, lines: tuple[Line, ...], starts: Sequence[int], headings: frozenset[Style]) -> int:
    """The index of the first line that belongs to the document again, `len(lines)` where there is none.

    An article has as many paragraphs as its fellows; what follows beyond that, or looks like a closing, is the document's.
    """
    if not starts:
        return len(lines)
    annex = next((at for at in range(starts[0], len(lines)) if _ANNEX.fullmatch(lines[at].of(text).strip())), None)
    if annex is not None:
        return annex
    usual = _usual_paragraphs(text, lines, starts, headings)
    seen = 1
    for at in range(starts[-1] + 1, len(lines)):
        said = shadow(lines[at].of(text))
        if not _UNITS.match(said):
            seen += 1
            if lines[at].label is None and (seen > usual or _is_closing(said)):
                return at
    return len(lines)


def _is_closing(said: str) -> bool:
    return any(pattern.match(said) for pattern in (_CLOSING, _SIGNATURE, _ISSUER))


def _usual_paragraphs(text: str, lines: tuple[Line, ...], starts: Sequence[int], headings: frozenset[Style]) -> int:
    counts = [1]
    for start, after in pairwise(starts):
        inside = lines[start:after]
        counts.append(
            sum(
                1
                for line in inside
                if not _UNITS.match(shadow(line.of(text))) and not (line.label and line.label.style in headings)
            )
        )
    return max(counts)
