"""Rule drafts 规则草稿: a condition phrase becomes rule text only where the whole phrase is understood; else it stays open.

A wrong rule is worse than an open question: every word must be accounted for (`phrase_grammar`), names must be in the caller's
catalogue, and a draft that does not parse is not offered. Bare 以上 / 以下 stay open, unless the document says that they include.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from weakref import WeakKeyDictionary

from songda.engines.reading.document import Condition, Document, Doubt, Measure
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.terms.amount_drafts import amount_rule
from songda.engines.reading.terms.condition_phrases import is_held
from songda.engines.reading.terms.phrase_grammar import Grammar
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show

_INCLUDING = re.compile(
    r"[“\"']以上[”\"'][^。\n]{0,24}?(?:均|都)?(?:包[括含]|含)(?:本数|本级|本身)|以上[^。\n]{0,8}?(?:均|都)(?:包[括含]|含)本数"
)
_BARE = re.compile(r"(?<=[元人名户台件项家%亩米吨时年月])(?=以[上下](?!\())")
_PERSON = re.compile(
    r"(?:人员|人才|毕业生|职工|学生|子女|劳动者|劳动力|创业者|经营者|司机|工作者|患者|人群|个人|家庭|居民|投资人|负责人|高管|法人代表|代表人|客户)$"
)
_PERSONAL = re.compile(r"子女|高管|本人|周岁|户籍|落户|配偶|借款人|患者")
_HOME = re.compile(r"(?:[\u4e00-\u9fa5]{2,7}?[省市区县])+")
_HOMES = re.compile(r"[\u4e00-\u9fa5]{2,7}?[省市区县]")
_PREMISES = re.compile(r"(?:用房|房屋|房产|物业)对$")  # 国有用房对承租企业…: whose premises is a condition too
_TAKES_ON = re.compile(r"(?:企业|单位|机构|工商户)(?:新)?(?:招用|吸纳|聘用|录用|招收|组织|安置|接收)")
_MEMO: WeakKeyDictionary[Catalogue, dict[str, str]] = WeakKeyDictionary()
_JOINT = 4
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of its own words: that 以上 and 以下 include the number, and which place 本市 or 我区 is.

    `homes` are the places in its title and of its issuers that the catalogue does not know: 在临江市注册 is then 在本市注册.
    """

    including: bool = False
    place: str = ""
    homes: tuple[str, ...] = ()


NOTHING = Said()


def draft_rules(document: Document, catalogue: Catalogue) -> Document:
    """The document with rule text on all that is wholly understood under `catalogue`, and a doubt for each 以上 of two readings."""
    said = Said(bounds_include(document.text), own_place(document, catalogue), _homes(document, catalogue))
    articles = tuple(
        replace(article, measures=tuple(_drafted(measure, catalogue, said) for measure in article.measures))
        for article in document.articles
    )
    conditions = (one for article in articles for measure in article.measures for one in measure.conditions)
    unsure = {one.quote: doubt for one in conditions if not one.rule and (doubt := _bound_doubt(one, catalogue))}
    return replace(document, articles=articles, doubts=(*document.doubts, *unsure.values()))


def bounds_include(text: str) -> bool:
    """Does the text itself say that 以上 and 以下 include the number (附则 “以上”包含本数)?"""
    return _INCLUDING.search(shadow(text)) is not None


def own_place(document: Document, catalogue: Catalogue) -> str:
    """The place a document speaks for (本市, 我区), where its title or issuers name one of the catalogue; else nothing."""
    area = catalogue.by_name.get("注册地")
    known = catalogue.code_lists.get(area.code_list) if area else None
    named = "".join(one.value for one in (document.title, *document.issuers) if one)
    return max((name for name in known.names.values() if name in named), key=len, default="") if known else ""


def _homes(document: Document, catalogue: Catalogue) -> tuple[str, ...]:
    """The places a title or an issuer begins with (温州市鹿城区…) that the catalogue does not know."""
    area = catalogue.by_name.get("注册地")
    known = catalogue.code_lists.get(area.code_list) if area else None
    heads = (_HOME.match(one.value) for one in (document.title, *document.issuers) if one)
    named = (place for head in heads if head for place in _HOMES.findall(head.group()))
    return tuple(dict.fromkeys(place for place in named if known is None or place not in known.names.values()))


def rule_for(phrase: str, catalogue: Catalogue, told: Said = NOTHING) -> str:
    """Rule text for a condition phrase in its canonical print, or an empty string where it is not certain.

    `told` is what the document says elsewhere of its words.
    """
    said = shadow(phrase).strip(" 。,，;")
    if told.including:
        said = _BARE.sub("(含)", said)
    if told.place:
        said = re.sub(rf"(?:本|我){told.place[-1]}", told.place, said)
    for home in told.homes:
        said = re.sub(
            rf"{re.escape(home)}(?=内|境|的|企业|行政|辖区|区域|范围|依法|工商|登记|注册|缴纳|纳税)", f"本{home[-1]}", said
        )
    memo = _MEMO.setdefault(catalogue, {})
    if said not in memo:
        if len(memo) > _MOST_KEPT:
            memo.clear()
        memo[said] = _drawn(said, catalogue)
    return memo[said]


def whole_rule(measure: Measure, catalogue: Catalogue) -> str:
    """All conditions of a measure joined by 且; empty where one is open, none says whom it is for, or they belong to several promises."""
    rules = list(dict.fromkeys(one.rule for one in measure.conditions))
    who = measure.who
    named = who is not None and any(one.quote.start < who.end and who.start < one.quote.end for one in measure.conditions)
    if not rules or not all(rules) or not named or not _in_one_breath(measure):
        return ""
    return _printed(" 且 ".join(f"({one})" for one in rules), catalogue)


def _in_one_breath(measure: Measure) -> bool:
    """Do the conditions inside the measure's own words follow each other with no more than a joint between them?"""
    whole = measure.quote
    inside = [one.quote for one in measure.conditions if whole.start <= one.quote.start and one.quote.end <= whole.end]
    gaps = [whole.text[one.end - whole.start : other.start - whole.start] for one, other in pairwise(inside)]
    # 国有企业减免租金，对符合定位的…: a second object after a holder is someone else
    if _PREMISES.search(whole.text[: max(0, inside[0].start - whole.start)] if inside else ""):
        return False
    others = any("对" in gap and any(is_held(one.text) for one in inside[: at + 1]) for at, gap in enumerate(gaps))
    return not others and all(len(gap.strip()) <= _JOINT and not re.search("[。；;]", gap) for gap in gaps)


def _bound_doubt(condition: Condition, catalogue: Catalogue) -> Doubt | None:
    """The two readings of a bare 以上 or 以下, where each would be a rule."""
    said = shadow(condition.quote.text)
    readings = [rule_for(_BARE.sub(mark, said), catalogue) for mark in ("(含)", "(不含)")] if _BARE.search(said) else []
    if not all(readings) or len(set(readings)) < 2:
        return None
    message = f"原文未说明“以上”“以下”是否含本数：{' 还是 '.join(readings)}？请按文件附则或向起草单位核实后选定。"
    return Doubt("condition", 4, message, condition.quote)


def _drawn(said: str, catalogue: Catalogue) -> str:
    meaning = _grammar_of(catalogue).read(said)
    return _printed(meaning.rule(), catalogue) if meaning else ""


def _printed(text: str, catalogue: Catalogue) -> str:
    try:
        return show(parse_condition(text, catalogue), catalogue)
    except RuleError:
        return ""


_GRAMMARS: WeakKeyDictionary[Catalogue, Grammar] = WeakKeyDictionary()


def _grammar_of(catalogue: Catalogue) -> Grammar:
    found = _GRAMMARS.get(catalogue)
    if found is None:
        found = _GRAMMARS[catalogue] = Grammar(catalogue)
    return found


def _drafted(measure: Measure, catalogue: Catalogue, told: Said) -> Measure:
    """Rules speak of firms: where a person gets the benefit, every condition stays open."""
    who = measure.who.text if measure.who else ""
    if _PERSONAL.search(measure.quote.text) or (_PERSON.search(who) and not _TAKES_ON.search(who)):
        return measure
    conditions = tuple(_with_rule(one, catalogue, told) for one in measure.conditions)
    drafted = replace(measure, conditions=conditions, amount_rule=amount_rule(measure, catalogue))
    return replace(drafted, rule=whole_rule(drafted, catalogue))


def _with_rule(condition: Condition, catalogue: Catalogue, told: Said) -> Condition:
    return replace(condition, rule=rule_for(condition.quote.text, catalogue, told))
