"""What an article is for 条款性质: measures for enterprises, or organisation, definition, conditions, general rules."""

from __future__ import annotations

import re

from songda.engines.reading.document import Article, Document
from songda.engines.reading.language.benefits import benefit_of, has_holder, promises, serves, without_titles
from songda.engines.reading.language.headings import is_administrative
from songda.engines.reading.language.numerals import shadow

_TO_AUTHORITIES = re.compile(
    r"(?:对|由)?各(?:乡|镇|街道|县|区县|市县|区|地区|级政府|省级政府|省|地|部门|有关部门)[^，。]{0,30}(?P<duty>招商|要|应|负责|可?根据|结合)"
)
_OPENING = 120
_FIGURE = re.compile(r"\d\s*(?:万?元|%|亿元)")
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
# 减免范围, 减免企业对象: the words of giving name something else here.
_NAMES_ONLY = re.compile(r"(?:减免|补贴|补助|奖励)(?:范围|时限|情况|企业对象|对象)")
_NOT_NOW = re.compile(r"不予受理|不再受理")
_WATCHES = re.compile(r"^[^。]{0,4}(?:加强|强化|加大|严格)[^。]{0,8}(?:监管|监测|检查|防控|执法力度|整治)")
_ENTITLES = re.compile(r"(?:企业|单位|机构|人员)[^。]{0,120}(?<!已)享受[^，。；;]{0,12}(?:优惠|补贴|补助|奖励|政策)")
_TAKES_BACK = re.compile(r"追缴|追回|取消|享受完|享受过|不[予得再]")


def purpose(document: Document, article: Article, *, regulation: bool) -> str:
    """`measures`, or why the article has none: `admin`, `definition`, `conditions`, `general`."""
    said = without_titles(shadow(document.text[article.label.end : article.body.end]).strip())
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
    if _NOT_NOW.search(said) and not _FIGURE.search(said):
        return "general"
    return "measures" if _speaks_of_benefit(said) else "general"


def _is_administrative(article: Article, said: str) -> bool:
    gives = _GIVES.search(said) is not None
    if article.section and is_administrative(article.section.text):
        return not (gives and article.departments) and not _entitles(said)
    if article.title and _WATCHES.match(article.title.text):
        return not gives
    return bool(article.title and is_administrative(article.title.text)) and not gives


def _entitles(said: str) -> bool:
    """Does a rule of procedure still say that firms enjoy something (企业获得资格后…享受优惠)?"""
    return _ENTITLES.search(said) is not None and not _TAKES_BACK.search(said)


def _is_for_authorities(said: str) -> bool:
    """Does the article open with a duty of lower authorities and give firms nothing? What towns get for 招商 is theirs."""
    opening = _TO_AUTHORITIES.match(said)
    return opening is not None and (opening["duty"] == "招商" or not _GIVES.search(_NAMES_ONLY.sub("", said)))


def _speaks_of_benefit(said: str) -> bool:
    parts = re.split(r"[。\n]", said)
    return any(_GIVES.search(part) or _serves_someone(part) for part in parts)


def _serves_someone(said: str) -> bool:
    return (has_holder(said) and (promises(said) or bool(benefit_of(said)))) or (serves(said) and "对" in said)
