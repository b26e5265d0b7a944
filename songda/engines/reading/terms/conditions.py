"""Who and under which conditions 对象与条件: verbatim phrases of a measure. Their rule text is drafted in `rule_drafts`.

A sentence names its object (对…, 为…提供, …的企业) and what must hold, then promises. What stands before the promise is cut into
phrases that a person can answer one by one; what follows it counts only where it says 须, 应 or 除外.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from songda.engines.reading.document import Condition, Quote
from songda.engines.reading.language.clauses import Span, parts_at
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.terms.condition_phrases import HOLDER, is_held, phrases_of

_FOR = re.compile(
    r"(?<![应面绝相反核校比配结派针一])(?:对于|针对(?!性)|对(?!外(?![商资贸]))(?![接口象比应标账策手付待抗冲调内称话决立照于]))(?=[^，,;。]{2})"
)
_BEFORE_FOR = re.compile(
    r"^(?:同时|其中|此外|另外|并且?|具体|继续|积极|优先|重点|依法|统一|在[^，]{0,10}范围内|按照?[^，]{0,12}|[^，的]{2,14}(?:用房|房屋|房产|物业)|疫情(?:防控)?期间|鼓励[^，]{0,16}|支持[^，]{0,16}|引导[^，]{0,16}|[^，]{0,20}(?:银行|机构|部门|公司|集团|财政|单位|局|委|区|市|县|级|政府|可|将|加[大强]|强化))?\s*$"
)
_URGED = re.compile(r"(?:支持|鼓励|引导|推动|要求)")  # whoever is urged to serve others may be the one rewarded
# 加大对小微企业的信贷支持: the holder, not what it gets.
_FAVOUR = re.compile(
    rf"[^，,的]{{0,20}}(?:的[^，,的]{{0,16}})?{HOLDER}(?=的?[^，,的]{{0,12}}(?:力度|支持|服务|倾斜|扶持|帮扶|保障|融资|信贷)$)"
)
_SERVED = re.compile(
    rf"(?:^|(?<=[^认作成因称以面]))(?:为|向)(?P<who>[^，,;。为向]{{0,40}}?{HOLDER})(?=提供|办理|发放|开通|减免|给予|减收|免收|免费)"
)
_SUBJECT = re.compile(
    rf"^(?:其中|同时|此外)?(?P<who>[^，,;。]{{0,50}}?{HOLDER})(?=可以?(?:按|申|享|依|向|免|根|获|在|延|缓|凭)|按照?(?:规定|有关|国家|标准|不|\d)|额外|另行|免征|免收|免缴|免予|减半|减征|暂缓|缓缴|享受|给予|予以)"
)
# 省级认定的，给予奖励; 获评示范项目的给予奖励: what was done, straight before the giving.
_DOER = re.compile(
    r"^(?!给予|予以|按|可|再|分别|每|最高|奖励|补助|补贴|享受|减|免|实行|一次性)(?P<who>[^，,;。]{4,60}的)(?=(?:分别|再|可|一次性|最高|每家|均|按规定)*(?:给予|予以|实行|奖励|补助|补贴|享受|减免|免收))"
)
# 国内发明专利授权后每件资助5000元: what each of something is given for.
_EACH = re.compile(
    r"^(?!给予|予以|按|可|再|分别|最高|奖励|补助|补贴)(?P<who>[^，,;。\d]{4,40}?)(?=每[件家个户项人台辆亩][^，,;。]{0,4}(?:资助|奖励|补助|补贴|给予))"
)
_GIVES = re.compile(r"(?:资助|奖励|奖补|补助|补贴|给予)[^，。]{0,8}\d")
_GIVEN_TO = re.compile(
    rf"^(?:再|可|均|按规定)?给予(?:每[家个户])?(?P<who>[^，,;。\d]{{2,24}}?{HOLDER})(?=[^，,;。的]{{0,14}}(?:\d|奖励|补贴|补助|支持|资助|优惠|贴息))"
)
# Ways a clause names its object, each with a sign without which it cannot.
_SUBJECTS = (("", _SUBJECT), ("", _SERVED), ("的", _DOER), ("给予", _GIVEN_TO), ("每", _EACH))
# 银行机构予以贷款支持: who gives is not who benefits.
_LENDER = re.compile(r"银行|金融机构|担保机构|担保公司|保险公司|保险机构|财政|主管部门")
_GIVER = re.compile(r"给予|予以|减|免|提供|办理|发放|暂缓|按")
# 鼓励屠宰企业拓展渠道: who is urged. Lenders, owners and authorities are urged for the sake of others.
_URGED_HOLDER = r"(?:企业|公司|主体|工商户|商户|合作社|农场|养殖场|[^，,;。、]户|旅行社|机构|基地|孵化器|众创空间)"
_URGES = re.compile(
    rf"^(?:[^，,;。]{{0,6}}(?:重点|优先|积极|大力|进一步|用于|全力|继续))?(?:支持|鼓励|引导|扶持|帮助|推动)(?:和?(?:支持|鼓励|引导|帮助))?"
    rf"(?P<who>[^，,;。的]{{0,24}}?{_URGED_HOLDER}(?:(?:、|和|或|及|以及)[^，,;。的]{{1,16}}?{_URGED_HOLDER})*)(?!加速器)(?=[^的、和或及与以，,;。数家间内用孵技研工重服总集联单园协标]|以[^及])"
)
_URGED_FOR_OTHERS = re.compile(
    r"银行|金融|保险|担保|租赁公司|证券|基金|电网|供电|通信|运营|业主|平台|部门|国有企业|监管|大型企业|服务机构|中介|社会组织|协会"
)
_DEED = re.compile(r"被?(?:评为|认定为|评定为|获得|获评|荣获|通过|列入|入选|晋升为)|^(?:新设立|股票上市|成功|首次)|上市$|挂牌$")
_HELD_AFTER = re.compile(rf"^(?:经|向|由|在|从|以).+的[^的，]{{0,20}}{HOLDER}$")
_ENCOURAGED = re.compile(
    r"^(?:各|支持|建设|打造|加大|鼓励|引导|推动|加[强快大]|发挥|充分|积极|建立|完善|落实|优化|开展|组织|实施|推进|设立|统筹|协调|确保|确定|严格|依托|搭建|深化|进一步|全面|提[高升供]|做好|健全|启动|开通|帮助|协助|督促|指导|要求|争取|力争|实现|保持|推出|扩大|降低|简化|强化|减轻|安排|启用|推行|为|由|向|将|从|以(?!及)|按|根据|特别是|尤其是|依据|围绕|结合|通过|利用|凡|本|上述|以上|具体|经|自|至|截至)"
)
_GIVING = re.compile(
    r"(?:可以?|再|按规定|依法|分别|一次性|优先|最高|均|适当|酌情|全额|直接|由[^，]{2,12})*(?:给予|予以|免收|免征|实行|实施|返还|退还|奖励|补助|补贴|减免|停征|降低|下调|提供|办理|开通|不得|不抽贷|不断贷|不压贷|不盲目|加大|简化|开辟|适度|减半|缓缴|延期)"
)
_ATTRIBUTE = re.compile(rf"的[^，,]{{0,40}}{HOLDER}等?$")  # 为租户减免租金的园区等: the giving only describes the holder
_PROMISE = re.compile(
    r"^(?!未|没有|不重复)(?:可以?|再|按|分别|一次性|最高|优先|经[^，]{0,12}后?)?[^，]{0,6}(?:给予|予以|奖励|补助|补贴|资助|免收|免征|减半|返还|缓缴|实行|享受|不得|提供|准予|允许|延期)"
)
_WHEN = re.compile(
    r"(?:的|期间|(?:万|亿|百)?(?:元|人|家|亩|件|台|项|年|月|%)(?:\((?:不)?含\))?(?:及以上|以上|以下|以内)|后|时|除[^，]{1,30}外)$"
)
_JOINER = re.compile(r"^(?:同时|其中|此外|另外|即|并|且|具体|届时)$")
_ASIDE = re.compile(r"^(?:为|根据|依据|按照?|经|由|自|在[^，]{0,20}(?:前提|基础)上|结合|参照|凭|至)")
_PROVISO = re.compile(
    r"^(?:但|但是)?(?:须|必须|需|应当?|要求)[^，]{0,4}(?:具备|符合|满足|为|是|在|达到|已|不低于|不少于)|(?:除外|不在此列|不享受(?:本|该|上述)[^，]{0,8})$"
)
_OPENS = re.compile(r"(?:并|同时|其中|此外)?(?:对|针对)")
_LEAD = re.compile(r"^(?:同时|其中|此外|另外|并且?|具体|凡是?|\(?\d{1,2}[).、．]|[一二三四五六七八九十]是)[,，]?\s*")
_QUALIFIED = re.compile(rf"^(?!并?对|针对|为|向).+的[^的]*{HOLDER}$")
_AIM = re.compile(r"降至|降到|下降|提高[至到]|提升|不得|鼓励|力争|应续尽续")
_PERIOD = re.compile(r"^(?:在)?疫情(?:防控)?期[间内](?!的|受|新增|产生|出险|发生|[^，,;。]{0,12}的)")
_LONGEST_HOLDER = 60
_ITEM = re.compile(r"\s*[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[).、]|\s*[①-⑳]")
_ONE_OF = re.compile(r"之一[^。;\n]{0,60}:")
_CASE = re.compile(r"的(?:企业|单位|项目|机构|主体)?$|^(?:如|若|其中)")
_TIMED = re.compile(
    r"(?:[(]?[\d一二三四五六七八九十]{1,3}[).、．])?\s*(?:最?近|连续|过去|自|截至|申请(?:之日|时|前)|申报(?:之日|时|前))"
)
_GAP = 2
_FAR = 400
_MOST = 24


def beneficiary(text: str, start: int, end: int) -> Quote | None:
    """Who benefits, as written: the object of 对…， at the head of the measure, else the first clause that ends in a holder."""
    for left, right in _clauses(text, start, end)[:4]:
        found = _object(text, left, right)
        if found and (
            found[2] or is_held(text[found[0] : found[1]]) or shadow(text[found[0] : found[1]]).rstrip().endswith("的")
        ):
            return Quote.of(text, found[0], found[1])
        said = shadow(text[left:right]).strip()
        if found is None and _names_holder(said):
            return Quote.of(text, left + _skipped(text[left:right]), right)
    return None


def conditions(text: str, start: int, end: int) -> tuple[Condition, ...]:
    """The phrases that limit the measure, in order, verbatim; all open questions here."""
    found: dict[Span, Quote] = {}
    for left, right in _sentences(text, start, end):
        if _is_choice(text, left):
            found.setdefault((left, right), Quote.of(text, left, right))
            continue
        for span in _merged(text, _limiting(text, left, right)):
            for quote in phrases_of(text, *span):
                found.setdefault((quote.start, quote.end), quote)
    return tuple(Condition(quote) for quote in found.values())[:_MOST]


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences; the items of a list of which one is enough (下列情形之一) stay together."""
    held: Span | None = None
    for left, right in parts_at(text, start, end, "。！；;"):
        if _is_choice(text, left):
            held = (held or (left, right))[0], right
            continue
        if held:
            yield held
            held = None
        yield left, right
    if held:
        yield held


def _is_choice(text: str, left: int) -> bool:
    """Does an item of a list begin here that is headed 之一：?"""
    if not _ITEM.match(shadow(text[left : left + 12])):
        return False
    return _ONE_OF.search(shadow(text[max(0, left - _FAR) : left])) is not None


def stated(text: str, start: int, end: int) -> Iterator[Condition]:
    """The phrases of a stretch that only states conditions (an item of 应符合下列条件), clause by clause.

    An item that speaks of a case (成立不满两年的企业，…) or of a time (近三年…，无…) says one thing as a whole.
    """
    clauses = _clauses(text, start, end)
    said = [shadow(text[slice(*span)]).strip() for span in clauses]
    if any(_CASE.search(one) for one in said[:-1]) or any(_TIMED.match(one) for one in said[:-1]):
        yield Condition(Quote.of(text, start, end))
        return
    for span in _merged(text, iter(clauses)):
        for quote in phrases_of(text, *span):
            yield Condition(quote)


def _merged(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """Neighbours that each name a holder, or are joined by 或, are alternatives, and one phrase (甲行业，以及乙企业)."""
    held: Span | None = None
    for span in spans:
        if held and span[0] - held[1] <= _GAP and _alternative(text[slice(*held)], text[slice(*span)]):
            held = held[0], span[1]
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _alternative(one: str, other: str) -> bool:
    return (is_held(one) and is_held(other)) or other.lstrip().startswith("或")


def _limiting(text: str, left: int, right: int) -> Iterator[Span]:
    """The stretches of one sentence that limit it: up to its promise, and provisos after it."""
    clauses = _clauses(text, left, right)
    last = next((at for at, span in enumerate(clauses) if _promises(text, *span)), len(clauses))
    chain = _chain(text, clauses[:last])
    for at, (begin, end) in enumerate(clauses):
        found = _object(text, begin, end)
        said = shadow(text[begin:end]).strip()
        period = _PERIOD.match(shadow(text[begin:end])) if not found else None
        if period and begin + period.end() < end:
            yield begin, begin + period.end()
        if found and (at <= last or found[2] or _OPENS.match(said) or is_held(text[found[0] : found[1]])):
            yield found[0], found[1]
        elif at < last and (
            _limits(said) or (at in chain and not _ASIDE.match(said)) or (at == last - 1 and last < len(clauses) and _done(said))
        ):
            yield begin + _skipped(text[begin:end]), end
        elif found is None and (urged := _urged(text, begin, end)):
            yield urged
        elif at > last and _PROVISO.search(said):
            yield begin, end


def _done(said: str) -> bool:
    """A deed straight before the giving (被评为示范项目，给予奖励)."""
    away = _ASIDE.match(said) or _URGED.match(said) or _AIM.search(said) or _GIVES.search(said)
    return _DEED.search(said) is not None and not away


def _urged(text: str, left: int, right: int) -> Span | None:
    """Who is supported or encouraged to do something (鼓励｜屠宰企业｜拓展渠道)."""
    match = _URGES.match(shadow(text[left:right]))
    if match is None or _URGED_FOR_OTHERS.search(match["who"]):
        return None
    return left + match.start("who"), left + match.end("who")


def _chain(text: str, clauses: tuple[Span, ...]) -> range:
    """The clauses that lead up to one that ends in 的 or a holder, from the last that speaks of something else (甲企业｜产值增长｜达标的)."""
    said = [shadow(text[slice(*span)]).strip() for span in clauses]
    stop = max((at for at, one in enumerate(said) if one.endswith("的") or _QUALIFIED.search(one)), default=-1)
    start = max((at + 1 for at in range(stop) if _ENCOURAGED.match(said[at]) or _AIM.search(said[at])), default=0)
    return range(start, stop)


def _promises(text: str, begin: int, end: int) -> bool:
    said = shadow(text[begin:end]).strip()
    found = _object(text, begin, end)
    return _PROMISE.match(said) is not None or (found is not None and found[2])


def _object(text: str, left: int, right: int) -> tuple[int, int, bool] | None:
    """Where the object of a clause begins and ends, and whether the clause goes on to give it something; None without one."""
    found = _object_in(text[left:right])
    return (left + found[0], left + found[1], found[2]) if found else None


@lru_cache(maxsize=2048)
def _object_in(clause: str) -> tuple[int, int, bool] | None:
    said = shadow(clause).rstrip()
    opening = _FOR.search(said) if "对" in said else None
    if opening and _BEFORE_FOR.match(said[: opening.start()]):
        begin, rest = opening.end(), said[opening.end() :]
        # 为租户减免租金的企业 names a holder and gives it nothing: only a clause that does not end in its holder is cut.
        favour = _FAVOUR.match(rest)
        if favour:
            return begin, begin + favour.end(), True
        giving = None if rest.endswith("的") or is_held(rest) else _giving(said, begin)
        return begin, giving.start() if giving else len(said), giving is not None
    if said.endswith("的") or is_held(said):
        return None
    for sign, pattern in _SUBJECTS[:1] if _URGED.match(said) else _SUBJECTS:
        match = pattern.search(said) if sign in said else None
        gives = match and pattern is _SUBJECT and _LENDER.search(match["who"]) and _GIVER.match(said, match.end("who"))
        if match and not gives and not _ENCOURAGED.match(match["who"]):
            return match.start("who"), match.end("who"), True
    return None


def _giving(said: str, begin: int) -> re.Match[str] | None:
    """What a clause gives its object: after the holder where one is named (采取减免措施的企业｜给予), else the first."""
    found = [one for one in _GIVING.finditer(said, begin + 1) if not _ATTRIBUTE.search(said, one.end())]
    return next((one for one in found if is_held(said[begin : one.start()])), found[0] if found else None)


def _names_holder(said: str) -> bool:
    if _PROMISE.match(said) or _ENCOURAGED.match(said) or len(said) > _LONGEST_HOLDER:
        return False
    return is_held(said)


def _limits(said: str) -> bool:
    if said.startswith("或"):
        return True
    if (_ENCOURAGED.match(said) and not said.endswith("的") and not _HELD_AFTER.match(said)) or _AIM.search(said):
        return False
    return (_WHEN.search(said) is not None or is_held(said)) and not _JOINER.match(said)


def _skipped(said: str) -> int:
    lead = _LEAD.match(shadow(said))
    return lead.end() if lead else 0


def _clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    spans = parts_at(text, start, end, "，,；;。")
    return tuple((left, right - (text[right - 1] in "，,；;。")) for left, right in spans)
