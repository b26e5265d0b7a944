"""Condition phrases 条件短语: a limiting clause cut into pieces that say one thing each; brackets and lists of holders stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.reading.document import Quote
from songda.engines.reading.language.clauses import Span
from songda.engines.reading.language.numerals import shadow

HOLDER = (
    r"(?:企业|单位|个体工商户|工商户|商户|机构|项目|公司|主体|园区|基地|载体|合作社|农户|农场|人员|团队|业主|旅行社|户|平台|协会"
    r"|纳税人|中心|孵化器|众创空间|人才|场所|行业|场馆|景区|影院|超市|酒店|饭店|民宿|医院|学校)"
)
_HELD = re.compile(rf"{HOLDER}(?:\([^()]*\))?等?$")
_SEVERAL = re.compile(rf"{HOLDER}(?:\([^()]*\))?(?:和|、|以及|及|或|与)")
_QUALIFIED = re.compile(r"^(?P<rest>.+)的(?P<holder>[^的]{3,40})$")
_PERIOD = re.compile(r"^(?:在)?疫情(?:防控)?期间(?=受)")
_QUALITY = r"坚持|面临|有(?!限|关|机|色|效)|不(?!同|限)|受|因|确|具|恢复|符合|暂|未|无|遇|信|经营|诚信|依法|按|且"
_STARTS = re.compile(rf"(?:{_QUALITY}|受)")
_JOINTS = re.compile(rf"(?:并且?|同时|而|、)?且(?!又)|但是?(?={_QUALITY})|并(?={_QUALITY}|在|已|与|取|签|缴|通)|、(?={_QUALITY})")
_STEADY = re.compile(r"不裁员(?:、|或|或者)?(?:少裁员)")
_OUT = re.compile(r"[(〔](?!不(?:含|包括)重新认定)(?P<note>(?:不含|不包括|除)[^()]{2,}|[^()]{2,}除外)[)〕]")
_CUT = re.compile(
    rf"(?<=[^，,]){HOLDER}(?=在(?!建)|因|由于|受(?=疫情|灾)|组织(?=员工|职工|开展|参加)|新(?!区|兴|材|能|型)|年(?:度|产|销|营|纳|实)|当年|上一?年|取得|获得|采购|购置|招用|吸纳|完成|投资|承租|租赁|申请(?!方式|流程|材料|条件|时间|渠道|程序|表)|面临|固定资产|营业收入|销售|产值|缴纳|参加|到期|首次|租用|被|经(?!营|济)|达到|单[台个户项]|列入|纳入|成功|捐赠|引进|可|按|给予|由|开展|实施)"
)
_NOT_SUBJECT = re.compile(r"从[^的，]{1,8}$|(?:^|的|，)(?:为|向|与|给|由|从|帮助|支持|承租|符合|首次从|首次由)[^的，]*$")
_NOT_A_CONDITION = re.compile(r"^(?:在(?:原|现)|可|按|给予|由|与)")
_ANYONE = re.compile(
    r"(?:各类|各|每[家户个]|相关|有关|该|上述|本)?(?:企业|用人单位|单位|租户|市场主体|经营主体|机构|项目|人员)的?"
)
_FRESH = re.compile(
    r"^[^，的]{0,8}新(?:上|建|引进|增|设|成立|注册|开办)$|(?:新|首次|初次|当年度?|年度)[^，的]{0,8}(?:认定|评定|获评|评选|备案|获批|获得|授予|列入|入选|增|纳入统计)(?:\([^()]*\))?$"
)
_LISTS = re.compile(rf"{HOLDER}[,，、](?:以?及)?")
_OR_ELSE = re.compile(r"[,，]\s*(?:或|以及|及)")
_SIDE = re.compile(r"^[\s(（]*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.、．]|[①-⑳])\s*")


def is_held(said: str) -> bool:
    """Does it end in someone or something that can hold a benefit (企业, 机构, 项目 …)?"""
    return _HELD.search(shadow(said).strip()) is not None


def phrases_of(text: str, left: int, right: int) -> Iterator[Quote]:
    """The pieces of `[left, right)`, in order."""
    said = shadow(text[left:right]).rstrip()
    lead = _SIDE.match(said)
    left += lead.end() if lead else 0
    for start, end in _apart(text, left, left + len(said) - (lead.end() if lead else 0)):
        for quote in _pieces(text, start, end):
            if len(quote.text) > 1 and not _ANYONE.fullmatch(quote.text):
                yield quote


def _apart(text: str, left: int, right: int) -> Iterator[Span]:
    """What a bracket leaves out stands by itself, and so does what follows it."""
    said = shadow(text[left:right])
    at = left
    for match in _OUT.finditer(said) if not _LISTS.search(_OUT.sub("", said)) else ():
        yield at, left + match.start()
        yield left + match.start("note"), left + match.end("note")
        at = left + match.end()
    yield at, right


def _pieces(text: str, left: int, right: int) -> Iterator[Quote]:
    said = shadow(text[left:right])
    period = _PERIOD.match(said)
    if period:
        yield Quote.of(text, left, left + period.end())
        left += period.end()
        said = said[period.end() :]
    cut = _subject_end(said)
    if cut:
        yield from _parts(text, left, left + cut)
        if not _NOT_A_CONDITION.match(said[cut:]) or said.rstrip().endswith("的"):
            yield from _joined(text, left + cut, right)
        return
    yield from _parts(text, left, right)


def _subject_end(said: str) -> int:
    """Where the subject of a clause ends and what it does begins, or 0 (规上工业企业｜年产值…的)."""
    for match in _CUT.finditer(said):
        before = said[: match.start()]
        if before.count("(") == before.count(")") and before.count("“") == before.count("”"):
            return 0 if _NOT_SUBJECT.search(before) or len(before) < 1 else match.end()
    return 0


def _parts(text: str, left: int, right: int) -> Iterator[Quote]:
    """The holder parted from the qualities before its 的; several holders with qualities of their own stay together."""
    said = shadow(text[left:right]).rstrip().removesuffix("的")
    match = _QUALIFIED.match(said)
    if not match or not _parts_cleanly(match["rest"], match["holder"]):
        yield from _joined(text, left, right)
        return
    yield from _joined(text, left, left + match.end("rest"))
    yield Quote.of(text, left + match.start("holder"), left + match.end("holder"))


def _parts_cleanly(rest: str, holder: str) -> bool:
    """May a holder stand apart from what is said of it? Not where either side lists holders, or the left lists things."""
    if _SEVERAL.search(rest) or _SEVERAL.search(holder) or not _HELD.search(holder) or _ANYONE.fullmatch(holder):
        return False
    if _FRESH.search(rest) or _OR_ELSE.search(rest):
        return False
    listed = rest.split("、")
    return len(listed) == 1 or all(_STARTS.match(one) for one in listed)


def _joined(text: str, left: int, right: int) -> Iterator[Quote]:
    """Qualities joined by 且, 但, 并 or, where each says something whole, by 、."""
    said = shadow(text[left:right])
    if _OR_ELSE.search(said):
        yield Quote.of(text, left, right)
        return
    kept = [match.span() for match in _STEADY.finditer(said)]
    at = left
    depth = 0
    joints = {match.start(): match for match in _JOINTS.finditer(said)}
    for place, sign in enumerate(said):
        depth += (sign in "(〔“") - (sign in ")〕”")
        match = joints.get(place)
        if match and depth == 0 and not any(low <= place < high for low, high in kept):
            yield Quote.of(text, at, left + match.start())
            at = left + match.end()
    yield Quote.of(text, at, right)
