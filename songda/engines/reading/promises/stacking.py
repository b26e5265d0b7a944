"""Stacking 重复与叠加: what a measure says of other benefits for the same thing (就高不重复, 不重复享受, 可叠加, 从优 …)."""

from __future__ import annotations

import re

from songda.engines.reading.document import Quote
from songda.engines.reading.language.clauses import parts_at
from songda.engines.reading.language.numerals import shadow

_SAYS = re.compile(
    r"就高|从高|从优|不(?:得|予|能|可|再)?(?:重复|叠加|同时)(?:享受|奖励|补助|补贴|资助|支持|申报|计算|兑现|领取)?|不累加|不重复"
    r"|(?:可以?|允许|予以)(?:同时|叠加|累计|累加|重复|合并)(?:享受|执行|计算|奖励|补助)?|叠加(?:享受|执行|奖励|补助)|累计享受|重复享受"
    r"|(?:只|仅)(?:能|可)?(?:奖励?|补|享受|选择)[^，。；]{0,8}(?:差额|一[级项次档]|其一|其中)|差额部分|[按以](?:最高|就高)(?:级别|标准|额|奖项|奖励|补助)?(?:的)?(?:奖励|执行|为准|兑现|补助)|执行最高额|最高额执行"
    r"|除享受[^，。；]{2,20}外|不再(?:重复|另行|给予|享受|补助|奖励)|择(?:高|优)(?:执行|享受|不重复)"
)
_ONLY = re.compile(
    r"^(?:对)?(?:同时|同一|企业在|符合|已|涉及|专利|本|上述|以上)?[^，。；;]{0,40}?[，,]?[^，。；;]{0,24}(?:就高|从高|从优|最高(?:级别|奖励|标准)?(?:奖励|为准|执行)|不(?:可|得|能|予)?重复|不叠加|重复享受|叠加享受|叠加执行|不累加|差额)"
)
_GIVES = re.compile(r"给予|\d\s*(?:万元|元|%|亿元)")


def stacking(text: str, start: int, end: int) -> Quote | None:
    """The clauses of the span that speak of other benefits, from the first to the last of one sentence."""
    plain = shadow(text)
    if not _SAYS.search(plain, start, end):
        return None
    for left, right in parts_at(text, start, end, "。；;"):
        if _SAYS.search(plain, left, right):
            clauses = [span for span in parts_at(text, left, right, "，,") if _SAYS.search(plain, *span)]
            low = clauses[0][0] if clauses else left
            high = clauses[-1][1] if clauses else right
            return Quote.of(text, low, high - (plain[high - 1] in "，,。；;"))
    return None


def speaks_of_stacking(said: str) -> bool:
    """Does the sentence speak of other benefits only, and give none itself?"""
    return _ONLY.match(said) is not None and not _GIVES.search(said)
