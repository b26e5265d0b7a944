"""Names 名称: how to sort them, what remains when the usual parts are taken off, and how alike two of them are.

Names are attributes, never keys (Appendix G 15). A likeness only proposes two rows for a person to look at.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin import lazy_pinyin

KEY_LENGTH = 200
ALIKE = 0.72  # cores that share this part of their character pairs are proposed as one

_FORM = re.compile(
    r"(?:股份合作公司|集团股份有限公司|股份有限公司|有限责任公司|集团有限公司|有限公司|分公司|总公司|公司|"
    r"[（(](?:有限合伙|普通合伙|特殊普通合伙|个人独资|个体工商户)[)）]|合伙企业|农民专业合作社|专业合作社|合作社|集团)+$"
)
# Words a trade adds without telling one firm from another; taken off at the end only, and only while two characters stay.
_TRADE = re.compile(r"(?:发展|实业|投资|控股|集团|股份|企业|管理|贸易|商贸|科技|技术|服务|咨询)+$")
_PLACE = re.compile(r"^(?:中国|[一-鿿]{2,3}?省)?(?:[一-鿿]{2,3}?市)?(?:[一-鿿]{2,4}?(?:区|县))?")
_PLACES = ("河南", "郑州", "中牟", "巩义", "荥阳", "新密", "新郑", "登封", "北京", "上海", "深圳", "广东", "中国")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_NOISE = re.compile(r"[\s·•,，.。、\"“”'‘’\-—_]+")


def tidy(name: str) -> str:
    """A name as kept: half width but for brackets, which are the full-width ones of Chinese texts, and no blanks within."""
    half = unicodedata.normalize("NFKC", name)
    return re.sub(r"\s+", "", half).replace("(", "（").replace(")", "）")


def core_of(name: str) -> str:
    """The part of a name that tells it from others: no place, no form of company, no trade word, no brackets.

    郑州深国际综合物流港发展有限公司 → 深国际综合物流港. Where nothing would remain, the whole name does.
    """
    plain = _NOISE.sub("", tidy(name))
    text = _without_end(plain, _FORM)
    text = _BRACKETS.sub("", text) or text
    text = _without_place(text)
    return _without_end(text, _TRADE) or plain


def likeness(left: str, right: str) -> float:
    """How alike two cores are, 0 … 1: twice the shared character pairs over all pairs (Dice)."""
    if left == right:
        return 1.0
    pairs_left, pairs_right = _pairs(left), _pairs(right)
    return 2 * len(pairs_left & pairs_right) / max(1, len(pairs_left) + len(pairs_right))


def key_of(name: str) -> str:
    """The sort key of a name: its syllables with a blank between, so that databases sort it alike whatever their collation."""
    return " ".join(_syllable(one) for one in tidy(name) if one.isalnum())[:KEY_LENGTH]


@cache
def _syllable(character: str) -> str:
    """One character's most usual reading. Cached by character: a phrase dictionary is a hundred times slower."""
    return "".join(lazy_pinyin(character)).lower()


def _without_end(text: str, pattern: re.Pattern[str]) -> str:
    shorter = pattern.sub("", text)
    return shorter if len(shorter) > 1 else text


def _without_place(text: str) -> str:
    shorter = _PLACE.sub("", text, count=1) or text
    for place in _PLACES:
        if shorter.startswith(place) and len(shorter) > len(place) + 1:
            return shorter[len(place) :]
    return shorter if len(shorter) > 1 else text


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}
