"""Parting 拆分: an article into its promises, one span each: at 。 and ；, at a new 对…, and at units named in between.

Each piece has a weight. What only goes on (其中, 最高…, 不重复享受) stays with the promise before it, what only leads up
(支持…发展。) with the promise after it; services told one after another are one promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from songda.engines.reading.document import Article, Field
from songda.engines.reading.language.benefits import benefit_of, has_holder, promises, serves
from songda.engines.reading.language.clauses import Span, parts_at
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.promises.departments import Block
from songda.engines.reading.promises.stacking import speaks_of_stacking

_PENALTY = re.compile(r"严肃查处|依法(?:查处|处罚|追究)|追回|取消其|追缴")
_SEQUEL = re.compile(
    r"^(?:其中|上述|以上|具体|所需|返还金额|补贴(?:标准|期限)|奖励(?:额度|金额)|资助申请|最高|最长|期限|缓缴期|同一|单个|每[家户年个]"
    r"|全年|累计|超[过出]部分|之前|此前|此外享受|补[办缴]|逾期|(?:缓缴|延期|延迟|延长|减免|补贴|奖励|贴息)[^，。；、]{0,6}(?:期间|期内|期满|最[长高多])"
    r"|[(\[〔【]|(?:办理|申[报请]|审核|兑现)(?:程序|流程|材料|手续|工作)|[^，。；]{0,12}参照执行)"
)
_REFUSED = re.compile(
    r"(?:停止|未能?)享受[^，。；;]{0,20}|不(?:予|再(?!实行)|重复|得(?:再|重复|享受|申报|同时|减免)|给予|享受|纳入|能(?:再|重复|享受))[^，。；;]{0,30}"
)
_FOR = re.compile(
    r"^\s*(?:\(?[\d一二三四五六七八九十]{1,3}[)、.]\s*)?(?:同时|其中|此外|另外)?[，,]?(?:或者|或|并|同时)?\s*(?:对于?|针对(?!性))(?!其|此|该|上述|[^，。；;]{0,4}同一|以上|不予|各)"
)
_AGAIN = re.compile(
    r"[，,](?=(?:或者|或|并|同时)?(?:对于?|针对)(?!其|此|该|同一|企业发展|不)[^，。；;]{3,120}?[，,]?[^。；;]{2}"
    r"|(?:由)?[^，。；;、对]{1,16}(?:政府|财政|委|局|部门|机构|公司|集团|管委会)对(?!其|此|该)[^，。；;]{3})"
)
# 落实减免政策, 建立补偿机制: the word of giving belongs to a name, and nothing is given yet.
_NAMED_ONLY = re.compile(
    r"(?:返还|减免|优惠|补贴|补助|奖励|奖补|扶持|贴息|免征|补偿)[^，。；;、]{0,8}(?:政策|机制|措施|制度|程序|办法|资金|方案|活动|工作)"
)
_HANDS = re.compile(r"给予|予以|免[收征除]|减[半征收免按]|不得|不[抽断压]贷|取消|提供|优惠|可(?!能|行)|按|补助$")
_HOLDER_FIRST = re.compile(
    r"^(?!支持|鼓励|引导|加大|组织|推动|推进|建立|完善|加强|动员|各)[^，。；;]{4,80}(?:的|企业|单位|工商户|机构|项目|经营者|商户|物品)[，,][^。；;]*(?:可(?!能|行)|凭|均|经[^，。；;]{1,12}(?:申请|批准|认定|审核)|先)"
)
_FAR = 400  # characters looked at around a cut
_NUMBER = re.compile(r"^(?:(?:\(?[一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.](?!\d)|[①-⑳])\s*)?")
_SUM = re.compile(r"\d\s*(?:%|‰|万|元|亿|个?百分点|个?基点|倍|折)")
_TIER = re.compile(r"([\u4e00-\u9fa5]{2})\d+\s*(?:人|名|亩|户|家|台|件|个|辆|㎡|平方米)(?:\([^)]*\))?(?:及?以[上下]|以内|至|-)")


_HEADING = re.compile(r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳])\s*[^，,。\d]{2,14}[。:]")  # （1）贷款贴息。
_FOR_OTHERS = re.compile(r"(?:支持)?(?:鼓励|支持)")  # …；支持其他企业…
_HOW = re.compile(r"按照?(?!规定)|采[取用]")  # 按照投资额的5%给予补助, after a promise without a figure


class Weight(IntEnum):
    """What a piece is worth: nothing of its own, an aim, a service, or a promise."""

    NONE = 0
    AIM = 1
    SERVICE = 2
    PROMISE = 3


def promised_spans(
    text: str, start: int, article: Article, blocks: tuple[Block, ...], fields: tuple[Field, ...]
) -> Iterator[Span]:
    """The spans of the promises of an article from `start` on; the `blocks` of units are left out and part promises.

    Where `fields` inside the article say what is given (补贴标准：…), only they are parted.
    """
    given = [field.quote for field in fields if kind_of_label(field.label) == "substance"]
    if given and len(fields) > 1:
        found = [span for quote in given for span in _gathered(text, tuple(_pieces(text, quote.start, quote.end)))]
        yield from found if len(found) > 1 else [(start, max(field.quote.end for field in fields))]
        return
    stops = [*((block.start, block.end) for block in blocks), (article.body.end, article.body.end)]
    headless = article.title is None
    for low, high in stops:
        if start < low:
            yield from _gathered(text, tuple(_pieces(text, start, low)), headless=headless)
        start, headless = max(start, high), False


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences and ；-parts, cut again where a new 对… begins after a promise."""
    plain = shadow(text)
    for left, right in parts_at(text, start, end, "。！；;"):
        at = left
        for mark in _AGAIN.finditer(plain, left, right):
            before = plain[max(at, mark.start() - _FAR) : mark.start()]
            after = plain[mark.end() : min(right, mark.end() + _FAR)]
            if before.count("(") == before.count(")") and _gives(before) and _gives(after):
                yield at, mark.end()
                at = mark.end()
        yield at, right


def _gives(said: str) -> bool:
    left = _REFUSED.sub("", _NAMED_ONLY.sub("", said))
    return _HANDS.search(left) is not None and promises(left)


def _gathered(text: str, pieces: tuple[Span, ...], *, headless: bool = False) -> Iterator[Span]:
    plain = shadow(text)
    held: Span | None = None
    strength = Weight.NONE
    for piece in pieces:
        said = plain[slice(*piece)].strip()
        weight = weigh(said)
        if held is None and weight is Weight.NONE and _SEQUEL.match(said) and _gives(said):
            weight = Weight.PROMISE  # there is nothing before it to go on from
        if headless and piece is pieces[0] and len(pieces) > 1 and not re.search(r"[，,\d]", said):
            weight = min(weight, Weight.AIM)  # the first sentence of an article without a heading is its heading
        if held is not None and _parts(strength, weight, plain[max(held[0], held[1] - _FAR) : held[1]], said):
            yield held
            held, strength = None, Weight.NONE
        held = (held or piece)[0], piece[1]
        strength = max(strength, weight)
    if held is not None and strength is not Weight.NONE:
        yield held


def _parts(strength: Weight, weight: Weight, held: str, said: str) -> bool:
    """Does a piece begin a promise of its own after what is held?"""
    if strength is Weight.PROMISE and _HEADING.fullmatch(said):
        return True
    if strength is not Weight.NONE and held.endswith((";", "；")) and _FOR_OTHERS.match(said) and has_holder(said):
        return True
    if _HOW.match(said) and not _SUM.search(held):
        return False
    anew = (strength is Weight.PROMISE and weight >= Weight.SERVICE) or (strength is Weight.SERVICE and weight is Weight.PROMISE)
    return anew and not _same_scale(held, said)


def _same_scale(held: str, said: str) -> bool:
    """Are both tiers of one scale: 招用3人以下的…；招用4人以上的…?"""
    before, now = _TIER.findall(held), _TIER.search(said)
    return bool(before and now and before[-1] == now.group(1))


def weigh(said: str) -> Weight:
    """The weight of a piece of text (in half-width signs)."""
    said = said.strip()
    if _HEADING.fullmatch(said):
        return Weight.AIM
    said = _NUMBER.sub("", said, count=1)
    left = _REFUSED.sub("", said)
    if _SEQUEL.match(said) or _PENALTY.search(said) or speaks_of_stacking(left):
        return Weight.NONE
    benefit = benefit_of(left)
    if promises(left) or _opens_with_holder(said) or (benefit not in ("", "service", "other") and _SUM.search(left)):
        return Weight.PROMISE
    if not benefit:
        return Weight.NONE
    return Weight.SERVICE if serves(left) else Weight.AIM


def _opens_with_holder(said: str) -> bool:
    """对…企业，… or …的企业，可…: what follows is for them, whatever its words."""
    return (_FOR.match(said) is not None and re.search("[，,]", said[3:]) is not None) or _HOLDER_FIRST.match(said) is not None
