"""Where the articles end 结尾: the closing paragraphs, signature, attachments and site debris after the last article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from songda.engines.reading.language.headings import is_annex
from songda.engines.reading.language.lines import Line, Style
from songda.engines.reading.structure.levels import is_heading

_CLOSING = re.compile(
    r"本(?:政策|措施|通知|意见|实施意见|若干|办法|规定|细则|方案|文件|公告)|以上|上述|特此|附件|附:|中央、|国家、|国家出台|其他未尽"
    r"|政策解读|(?:\(此件|分享:|扫一扫|相关(?:解读|链接|附件)|【|联系(?:人|电话)|抄送|主办单位|来源:|责任编辑|上一|下一)|各(?:地|单位|部门)(?:要|应)"
)
_SIGNATURE = re.compile(r"[^。,，;:]{0,60}?\s*\d{4}年\s*\d{0,2}月\s*\d{0,2}日?\s*$")
_ISSUER = re.compile(r"[^。,，;:\d]{2,40}(?:政府|办公室|办公厅|委员会|局|厅|部|委|银行|管委会|中心|总局|营业管理部)$")
_CONTACT = re.compile(r"联\s*系|电\s*话|地\s*址|邮\s*[编箱]|传\s*真|网\s*址|(?!附)[^:]{1,12}:")
_HEAD, _FAMILIAR = 20, 4
_UNITS = re.compile(r"\(?\s*(?:责任单位|牵头单位|责任部门|配合单位|牵头部门|对接部门|实施单位)\s*:")


def closing_from(text: str, lines: tuple[Line, ...], starts: Sequence[int], headings: frozenset[Style]) -> int:
    """The index of the first line that belongs to the document again, `len(lines)` where there is none.

    An article has as many paragraphs as its fellows; what follows beyond that, or looks like a closing, is the document's.
    """
    if not starts:
        return len(lines)
    annex = next((at for at in range(starts[-1], len(lines)) if is_annex(lines[at].said(text))), None)
    if annex is not None:
        return annex
    usual = _usual_paragraphs(text, lines, starts, headings)
    opening = lines[starts[-1]]
    contacts = "联系" in opening.of(text)[:_HEAD]
    between = lines[starts[0] : starts[-1]]
    familiar = {
        line.plain(text)[:_FAMILIAR] for line in between if line.label is None
    }  # articles with labelled lines of their own
    bare = is_heading(text, opening) and not opening.of(text).endswith("。")  # 六、其他: what follows at once is its own
    seen = 1 + bare
    for at in range(starts[-1] + 1 + bare, len(lines)):
        said = lines[at].plain(text)
        if not _UNITS.match(said):
            seen += 1
            own = said[:_FAMILIAR] in familiar or (contacts and _CONTACT.match(said))
            if lines[at].label is None and not own and (seen > usual or _is_closing(said)):
                return at
    return len(lines)


def _is_closing(said: str) -> bool:
    return any(pattern.match(said) for pattern in (_CLOSING, _SIGNATURE, _ISSUER))


def _usual_paragraphs(text: str, lines: tuple[Line, ...], starts: Sequence[int], headings: frozenset[Style]) -> int:
    counts = [1]
    for start, after in pairwise(starts):
        inside = lines[start:after]
        counts.append(
            sum(1 for line in inside if not _UNITS.match(line.plain(text)) and not (line.label and line.label.style in headings))
        )
    return max(counts)
