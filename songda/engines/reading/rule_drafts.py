"""Rule drafts 规则草稿: a condition phrase becomes rule text only where the whole phrase is understood; else it stays open.

A wrong rule is worse than an open question: patterns match whole phrases, names must be in the caller's catalogue,
and a draft that does not parse is not offered. Bare 以上 / 以下 stay open: texts use them with and without the bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Condition, Document, Measure
from songda.engines.reading.numerals import arabic, shadow
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show

_SMES = "企业规模 属于 {中型；小型；微型}"
_SMALL = "企业规模 属于 {小型；微型}"
_SELF_EMPLOYED = ("组织形式 属于 {个体经营}", "组织形式 属于 {个体工商户}", "主体类型 属于 {个体工商户}")
_AND = "(?:、|和|及|以及|与)"
# Whole phrases of policy language and the rule texts to try, in order. 中小企业 are 中型、小型、微型 by 工信部联企业〔2011〕300号.
_PHRASES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), rules)
    for pattern, rules in (
        (r"中小微(?:型)?企业|中小企业|中型、小型、微型企业", (_SMES,)),
        (r"小微(?:型)?企业|小型微型企业|小型、微型企业|小型企业和微型企业", (_SMALL,)),
        (r"个体工商户|个体经营户", _SELF_EMPLOYED),
        (rf"中小(?:微)?企业{_AND}个体工商户", tuple(f"{_SMES} 或 {one}" for one in _SELF_EMPLOYED)),
        (rf"小微企业{_AND}个体工商户", tuple(f"{_SMALL} 或 {one}" for one in _SELF_EMPLOYED)),
        (r"(?:失业保险)?参保企业|参加失业保险的企业", ("参保企业",)),
        (r"规模以上企业|规上企业|“?四上”?企业", ("规模以上",)),
        (
            r"规模以上工业企业|规上工业企业",
            ("规上状态 属于 {规模以上工业}", "规模以上 且 行业 属于 {采矿业；制造业；「电力、热力、燃气及水生产和供应业」}"),
        ),
        (r"(?:国家)?高新技术企业", ("高新技术企业",)),
        (r"科技型中小企业", ("科技型中小企业",)),
        (r"“?专精特新”?(?:中小)?企业", ("专精特新企业",)),
        (r"疫情防控重点保障企业|重点保障企业", ("在 疫情防控重点保障企业", "疫情防控重点保障企业", "重点保障企业")),
        (
            r"承租(?:全[市省县区]|本[市省县区]|辖区内?)?国有(?:资产类|企业|房屋)?(?:的)?(?:经营性?)?(?:用房|房屋|房产|房源)?",
            ("承租国有房屋",),
        ),
        (r"生产(?:疫情)?防[控疫](?:急需|重点|紧缺)?物资|生产防疫物资", ("生产防疫物资",)),
        (r"转产(?:疫情)?防[控疫]物资", ("转产防疫物资",)),
        (r"(?:面临)?暂时性(?:的)?生产经营困难", ("暂时性生产经营困难",)),
        (r"恢复有望|有望恢复", ("恢复有望",)),
        (r"(?:面临)?暂时性生产经营困难且恢复有望", ("暂时性生产经营困难 且 恢复有望",)),
        (r"受(?:本次|新冠肺炎)?疫情影响", ("受疫情影响",)),
        (r"不裁员", ("裁员率 = 0%",)),
        (r"具有独立法人资格|独立法人(?:企业)?", ("独立法人",)),
    )
)
_MORE, _LESS, _OVER, _UNDER = r"达到|不低于|不少于|不小于", r"不超过|不高于|不大于", r"超过|高于|大于", r"低于|少于|小于"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COMPARED = re.compile(
    rf"(?P<name>[\u4e00-\u9fa5]{{2,20}}?)(?:的比例|比例)?(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<over>{_OVER})|(?P<under>{_UNDER})|在|为)?"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>万元|亿元|元|人|户|台|件|项|家|%|亩|平方米|吨|千瓦时)(?P<bound>\(含\)以上|及以上|以上\(含\)|\(含\)以下|及以下|以下\(含\))?"
)
_AGE = re.compile(
    r"(?:企业)?(?:依法)?(?P<event>注册成立|成立|注册|登记)(?:时间)?满\s*(?P<number>\d+|[一二三四五六七八九十]+)\s*(?P<unit>年|个月)(?:以上)?"
)
_LISTED = re.compile(
    r"(?P<no>未(?:被)?(?:列入|纳入)|不在)?(?:已?(?:被)?(?:列入|纳入)|在|属于)?(?:国家|省|市)?[“《]?(?P<name>[\u4e00-\u9fa5]{3,20}?)[”》]?(?:的|内|中)?"
)


def draft_rules(document: Document, catalogue: Catalogue) -> Document:
    """The document with rule text on every condition that is wholly understood under `catalogue`."""
    articles = tuple(
        replace(article, measures=tuple(_drafted(measure, catalogue) for measure in article.measures))
        for article in document.articles
    )
    return replace(document, articles=articles)


def rule_for(phrase: str, catalogue: Catalogue) -> str:
    """Rule text for a condition phrase in its canonical print, or an empty string where it is not certain."""
    said = shadow(phrase).strip(" 。,，;")
    said = re.sub(r"^(?:对于?|凡)|的$", "", said)
    for text in _candidates(said, catalogue):
        try:
            return show(parse_condition(text, catalogue), catalogue)
        except RuleError:
            continue
    return ""


def _drafted(measure: Measure, catalogue: Catalogue) -> Measure:
    return replace(measure, conditions=tuple(_with_rule(one, catalogue) for one in measure.conditions))


def _with_rule(condition: Condition, catalogue: Catalogue) -> Condition:
    return replace(condition, rule=rule_for(condition.quote.text, catalogue))


def _candidates(said: str, catalogue: Catalogue) -> Iterator[str]:
    for pattern, rules in _PHRASES:
        if pattern.fullmatch(said):
            yield from rules
    yield from _named(said, catalogue)
    yield from _compared(said, catalogue)
    age = _AGE.fullmatch(said)
    if age:
        yield f"成立日期 满 {arabic(age['number'])}{age['unit']}"


def _named(said: str, catalogue: Catalogue) -> Iterator[str]:
    """A phrase that is a catalogue name, or a membership of a catalogue list."""
    fact = catalogue.by_name.get(said)
    if fact and fact.kind is Kind.BOOL:
        yield fact.name
    listed = _LISTED.fullmatch(said)
    fact = catalogue.by_name.get(listed["name"]) if listed else None
    if listed and fact and fact.kind is Kind.LIST:
        yield f"{'不在' if listed['no'] else '在'} {fact.name}"


def _compared(said: str, catalogue: Catalogue) -> Iterator[str]:
    """Name, comparison, literal; the comparison must be said in words or by （含）."""
    match = _COMPARED.fullmatch(said)
    fact = _fact_called(match["name"], catalogue) if match else None
    if match and fact and fact.kind is Kind.NUM:
        sign = _sign(match)
        if sign:
            yield f"{fact.name} {sign} {match['number'].replace(',', '')}{match['unit']}"


def _sign(match: re.Match[str]) -> str:
    """The one comparison a phrase makes, or an empty string where it makes none or two (不低于1000万元以上)."""
    bound = match["bound"] or ""
    said = {
        "≥": match["more"] or "以上" in bound,
        "≤": match["less"] or "以下" in bound,
        ">": match["over"],
        "<": match["under"],
    }
    chosen = [sign for sign, found in said.items() if found]
    return chosen[0] if len(chosen) == 1 else ""


def _fact_called(name: str, catalogue: Catalogue) -> FactKind | None:
    """The fact a phrase names: as it stands, with 额 added (固定资产投资 → 固定资产投资额), or without 年度 before it."""
    bare = re.sub(r"^(?:上年度|上一年度|年度|年)", "", name)
    return next((catalogue.by_name[one] for one in (name, f"{name}额", bare) if one in catalogue.by_name), None)
