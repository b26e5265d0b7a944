"""What an article is for 条款性质: measures for enterprises, or organisation, definition, conditions, general rules."""

from __future__ import annotations

import re

from songda.engines.reading.benefits import benefit_of, has_holder, promises
from songda.engines.reading.document import Article, Document
from songda.engines.reading.headings import is_administrative
from songda.engines.reading.numerals import shadow

_TO_AUTHORITIES = re.compile(
    r"(?:对|由)?各(?:乡|镇|街道|县|区县|市县|区|地区|级政府|省级政府|地|部门|有关部门)[^，。]{0,30}(?P<duty>招商|要|应|负责|可根据)"
)
_OPENING = 120
_DEFINITION = re.compile(r"^(?:[^，。]{0,24})(?:所称|是指|系指|名词|界定|定义)")
_CONDITIONS = re.compile(
    r"(?:须|应当?|应)(?:同时)?(?:满足|具备|符合)(?:以下|下列)|(?:下列|以下)条件(?:之一)?(?:的)?:|提交(?:下列|以下)(?:材料|资料)|程序如下|主要职责(?:为|是)|有下列(?:行为|情形)之一"
)
_ABOUT = re.compile(
    r"^\s*(?:本|以上|上述)(?:政策|措施|若干|通知|意见|实施意见|办法|规定|细则|方案|条例|公告)[^。]{0,60}(?:解释|施行|实施|执行|有效|不一致|抵触|同一)"
)
_GIVES = re.compile(
    r"给予|奖励|补助|补贴|资助|贴息|减免|免征|免收|免除|返还|退还|享受|优惠|优先|缓缴|减按|加计扣除|税前扣除|减半|减征|延期缴纳|风险补偿|免费|免于|配套资金"
)
_RULES_ONLY = re.compile(r"^(?:第[^条]{1,8}条)?\s*(?:各级|县级以上|省|市|区|国家|任何|禁止)[^。]{0,40}(?:应当|不得|可以|负责)")


def purpose(document: Document, article: Article, *, regulation: bool) -> str:
    """`measures`, or why the article has none: `admin`, `definition`, `conditions`, `general`."""
    said = shadow(document.text[article.label.end : article.body.end]).strip()
    if _ABOUT.match(said):
        return "general"
    if _DEFINITION.match(said):
        return "definition"
    if _CONDITIONS.search(said) and not _GIVES.search(said[:_OPENING]):
        return "conditions"
    if _is_administrative(article, said) or _is_for_authorities(said):
        return "admin"
    if regulation and not _GIVES.search(said):
        return "admin"
    return "measures" if _speaks_of_benefit(said) else "general"


def _is_administrative(article: Article, said: str) -> bool:
    gives = _GIVES.search(said) is not None
    if article.section and is_administrative(article.section.text):
        return not (gives and article.departments)
    return bool(article.title and is_administrative(article.title.text)) and not gives


def _is_for_authorities(said: str) -> bool:
    """Does the article open with a duty of lower authorities and give firms nothing? What towns get for 招商 is theirs."""
    opening = _TO_AUTHORITIES.match(said)
    return opening is not None and (opening["duty"] == "招商" or not _GIVES.search(said))


def _speaks_of_benefit(said: str) -> bool:
    parts = re.split(r"[。\n]", said)
    return any(_GIVES.search(part) or (has_holder(part) and (promises(part) or benefit_of(part))) for part in parts)
