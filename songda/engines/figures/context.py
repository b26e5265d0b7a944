"""Words around a figure 上下文: its clause, subject, kind, what it is for one of, scope, and as of when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from songda.engines.figures.blocked import dates
from songda.engines.figures.mentions import Mention
from songda.engines.figures.plain import Plain
from songda.engines.figures.units import DURATIONS, RATES

_MARKS = re.compile(r"[,、;；:：。！？!?()\n“”]")
_EDGES = re.compile(
    r"^(?:目前|截至|截止|其中|以及|同时|共计|共有|共|合计|累计|已经?|全部|现有|有|约|近|为|并|及|和|与|达到?|实现|完成|分别|各|的)+|"
    r"(?:[:：]|共计|共有|共|合计|总计|累计|达到?了?|均?达|为|是|有|约|近|超过?|逾|不低于|突破|分别|均|各|了|的)+$"
)
_VERB = re.compile(r"^(?:的|已|均|全|获|被|实|正|将|进|参|完|复|开|达|占|较|比|同|环|增|减|下|上|以|左|不|中|等|分|在|和|及|与)")
_MEASURES = re.compile(r"政策|措施|举措|条款|细则|办法|意见|制度|机制|类别|任务清单|要求|方面")
_PER = re.compile(
    r"(?P<one>人|户|家|企|店|车|项目|笔|亩|件|场|村|校|班|台|套|单|吨)均|平均每个?(?P<each>[一-龥])$|每(?P<group>[队场期组车镇村班站校批栋])[^,。;；\d]{0,10}$|每(?P<of>人次|人|户|家|个|名|亩|台|辆|件|平方米)[^,。;；\d]{0,8}$|各(?P<all>)(?:(?:发放|给予|补[贴助]|奖励|拨付|获得?|安排|投入|贷款|授信|支持|捐赠|配[备发])[^,。;；\d]{0,6})?$|单价"
)
_PER_UNITS = {"企": "家", "店": "家", "车": "辆", "项目": "个"}
_PLACE = re.compile(r"全[国省市区县镇乡街]|本[市区县]|辖区|[一-龥]{2,5}?(?:省|市|区|县|镇|街道|办事处|园区)(?!场|级|域|别|内外)")
_WHOLE_PLACE = re.compile(r"^[一-龥]+(?=全[国省市区县镇乡街])")  # 今年以来全区 is 全区
_EXCEPT = re.compile(r"除[^,。;；()]{2,12}外")
_FAR = 400  # no words further away belong to a figure
_HOUR = re.compile(r"(?<=[日号])(?P<hour>\d{1,2})(?:时|点|:(?=\d{2}))(?!间)(?:(?P<minute>\d{1,2})分?)?")
_AS_OF = re.compile(r"截[至止]到?(?P<when>目前|今[日天]|昨[日天]|(?=[\d]))|(?P<now>目前|至今|迄今)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure covers (`area`: 全区, 除…外, 其中) and the moment it holds for, as written or as a date."""

    area: str = ""
    as_of: str = ""


def with_context(plain: Plain, found: list[Mention]) -> list[Mention]:
    """The same figures with their sentence, the words on both sides, subject, kind and per."""
    spans = plain.sentences()
    told: list[Mention] = []
    number = 0
    for place, one in enumerate(found):
        while number + 1 < len(spans) and spans[number][1] <= one.start:
            number += 1
        left = max(spans[number][0], found[place - 1].end if place else 0, one.start - _FAR)
        right = min(one.end + _FAR, spans[number][1], found[place + 1].start if place + 1 < len(found) else len(plain.text))
        told.append(_told(replace(one, sentence=number), plain.text[left : one.start], plain.text[one.end : right]))
    return told


def _told(one: Mention, lead: str, rest: str) -> Mention:
    marks = [match.end() for match in _MARKS.finditer(lead.rstrip(":："))]
    before = lead[marks[-1] :] if marks else lead
    cut = _MARKS.search(rest)
    after = rest[: cut.start()] if cut else rest
    per = one.per or _per(one, before)
    return replace(
        one, lead=lead, before=before, after=after, kind=_kind(one, before, after), per=per, subject=_subject(one, before, after)
    )


def _per(one: Mention, before: str) -> str:
    match = _PER.search(before)
    if not match or one.is_percent:
        return ""
    unit = match["one"] or match["each"] or match["group"] or match["of"] or "各"
    return _PER_UNITS.get(unit, unit) if match["one"] else unit


def _kind(one: Mention, before: str, after: str) -> str:
    if one.unit in RATES or one.unit == "倍":
        return "rate"
    if one.is_money:
        return "money"
    if one.unit in ("条", "项", "类", "章", "个", "款") and (
        _MEASURES.match(after) or (one.unit in ("条", "类", "款") and _MEASURES.search(after[:8]))
    ):
        return "structure"
    return "structure" if before in ("省", "市", "国", "区") and one.unit == "条" else "measure"


def _subject(one: Mention, before: str, after: str) -> str:
    own = before
    while (shorter := _EDGES.sub("", own)) != own:
        own = shorter
    if one.unit in RATES or one.unit in DURATIONS or not after or _VERB.match(after):
        return own or after
    return after[:14] if len(own) < 2 or not one.is_money else own


def scopes(plain: Plain, found: list[Mention]) -> list[Scope]:
    """Scope and as-of of each figure: the nearest words before it in its sentence, carried over inside a paragraph."""
    days = {start: value + _hour(plain.text, end) for start, end, value in dates(plain.text)}
    told: list[Scope] = []
    for one in found:
        head = max(plain.text.rfind("\n", 0, one.start) + 1, one.start - _FAR)
        sentence = plain.text[max(head, plain.text.rfind("。", head, one.start) + 1) : one.start]
        places = _PLACE.findall(sentence) or _PLACE.findall(plain.text[head : one.start])
        parts = [
            _WHOLE_PLACE.sub("", places[-1]) if places else "",
            *_EXCEPT.findall(sentence),
            "其中" if "其中" in sentence else "",
        ]
        told.append(Scope("；".join(filter(None, parts)), _as_of(plain.text, head, one.start, days)))
    return told


def _hour(text: str, end: int) -> str:
    """T17:00 where an hour stands right after a whole day (3月23日17时); nothing else."""
    told = _HOUR.match(text, end)
    return f"T{told['hour'].zfill(2)}:{(told['minute'] or '0').zfill(2)}" if told and int(told["hour"]) < 24 else ""


def _as_of(text: str, head: int, end: int, days: dict[int, str]) -> str:
    told = list(_AS_OF.finditer(text, head, end))
    if not told:
        return ""
    last = told[-1]
    return days.get(last.end()) or last["when"] or last["now"] or ""
