"""Titles 称号: what someone was recognised as (首次获得市级绿色工厂称号), which standards someone wrote. Whole phrases only.

A title is a fact 〈称号〉级别 of the catalogue, or a 是/否 fact of that name; the occasion of winning it is the fact 〈称号〉获评情形.
首次 is the first time ever, 新 any new one of the year, 当年获得 a new one or one renewed that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from songda.engines.reading.terms.wording import wording
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind

_LEVEL, _OCCASION = "级别", "获评情形"
_WON = (
    r"(?:获得认定为|获认定为|获得|获评为?|获批|荣获|获|取得|(?:被|获)?(?:评为|评定为|认定为|确定为|评选为|命名为|列为|授予|列入)|入选|入围"
    r"|(?:成功)?备案为|成功创建(?:为)?|创建成为?|(?:认定|评定|获评|备案|获批|获得|授予|评选)的)"
)
_HEAD = re.compile(
    rf"(?:企业|单位|项目)?(?P<year>当年度?|本年度|年度内?)?(?:被)?(?P<time>首次|初次|第一次|新增|新)?(?P<won>通过|{_WON})?"
    r"(?P<later>首次|初次)?(?:认定)?(?:的|为)?(?:\((?:不含|不包括)重新认定(?:的)?\))?"
)
_ONE = r"(?:国家|全国|省|市|区|县)"
_AND = r"(?:、|和|或者|或|及|与|以及)"
_RANKS = re.compile(rf"(?P<ranks>{_ONE}级?(?:{_AND}?{_ONE}级)*)(?P<up>(?:及|或)?以上)?(?:的)?")
# 浙江省专利奖, 重庆市绿色工厂: the place that gives a title says its level.
_GIVER = re.compile(r"(?P<wide>[\u4e00-\u9fa5]{2,3}省|(?:北京|上海|天津|重庆)市)|[\u4e00-\u9fa5]{2,4}?[市区县]")
_AFTER = r"(?:示范)?(?:企业|单位|项目|产品|装备|基地|试点)?(?:\((?:企业|项目|产品)\))?"
_HELD = re.compile(_AFTER)
_JOIN = re.compile(_AND)
_TAIL = re.compile(r"(?:荣誉称号|荣誉|称号|资质|资格|奖项|(?P<passed>认定|评定|鉴定|评审|验收)|认证|名单|证书)?(?:的)?")
_NAMES = {"国家": "国家级", "全国": "国家级", "省": "省级", "市": "市级", "区": "区级", "县": "县级"}
_ORDER = ("国家级", "省级", "市级", "区级", "县级")
_MOST = 8
_STANDARD = re.compile(
    r"(?P<role>牵头|主导|主持|参与|参加)(?:制定|制订|起草|编制)(?P<kinds>(?:国际|国家|行业|地方|团体)(?:标准)?(?:[、和或及](?:国际|国家|行业|地方|团体)(?:标准)?){0,4}?)(?<!标准)标准|"
    r"(?P<role2>牵头|主导|主持|参与|参加)(?:制定|制订|起草|编制)(?P<kinds2>(?:国际|国家|行业|地方|团体)标准(?:[、和或及](?:国际|国家|行业|地方|团体)标准){1,4})"
)


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of one catalogue: by name the fact of its level, or the 是/否 fact, and a pattern for all names."""

    ranked: dict[str, FactKind]
    plain: dict[str, FactKind]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Titles:
        """All facts 〈称号〉级别, and the plain facts that have an occasion."""
        ranked: dict[str, FactKind] = {}
        plain: dict[str, FactKind] = {}
        for name, fact in catalogue.by_name.items():
            if fact.kind is Kind.CODE and name.endswith(_LEVEL) and _labels(fact, catalogue) >= {"国家级", "省级"}:
                ranked[wording(name.removesuffix(_LEVEL))] = fact
            elif fact.kind is Kind.BOOL and f"{fact.name}{_OCCASION}" in catalogue.by_name:
                plain[wording(name)] = fact
        names = sorted({*ranked, *plain}, key=lambda one: (-len(one), one))
        return cls(ranked, plain, re.compile("|".join(map(re.escape, names)) or r"(?!)"))


_KNOWN: WeakKeyDictionary[Catalogue, Titles] = WeakKeyDictionary()


def titles(said: str, catalogue: Catalogue) -> Iterator[str]:
    """Rule texts to try for a phrase (in wording form) that speaks of titles won or standards written."""
    standard = _STANDARD.fullmatch(said)
    if standard:
        yield _standards(standard)
    head = _HEAD.match(said)
    if head is None:
        return
    known = _KNOWN.get(catalogue)
    if known is None:
        known = _KNOWN[catalogue] = Titles.of(catalogue)
    found = list(_named(said, head.end(), known)) if known.pattern.search(said) else []
    tail = _TAIL.fullmatch(said, found[-1][2]) if found else None
    if tail is None or (head["won"] == "通过" and not tail["passed"]) or len(found) > _MOST:
        return
    occasion = _occasion(head)
    if not (occasion or head["won"] or all(ranks for _, ranks, _ in found)) or (head["year"] and not occasion):
        return
    rules = [_rule(name, ranks, occasion, known, catalogue) for name, ranks, _ in found]
    if all(rules):
        yield rules[0] if len(rules) == 1 else " 或 ".join(f"({one})" if " 且 " in one else one for one in rules)


def _named(said: str, at: int, known: Titles) -> Iterator[tuple[str, str, int]]:
    """The titles listed from `at` on: name, level words (carried along the list), and where each ends."""
    ranks = ""
    while True:
        level, name = _ranked(said, at, known)
        if name is None:
            return
        ranks = level or ranks
        after = _HELD.match(said, name.end())
        end = after.end() if after else name.end()
        yield name.group(), ranks, end
        join = _JOIN.match(said, end)
        if join is None:
            return
        at = join.end()


def _ranked(said: str, at: int, known: Titles) -> tuple[str, re.Match[str] | None]:
    """The level words and the title that begin here; the place that gives it counts as its level."""
    level = _RANKS.match(said, at)
    name = known.pattern.match(said, level.end()) if level else None
    if level and name:
        return level["ranks"] + ("以上" if level["up"] else ""), name
    giver = _GIVER.match(said, at)
    name = known.pattern.match(said, giver.end()) if giver else None
    if giver and name:
        return "省" if giver["wide"] else giver.group()[-1], name
    return "", known.pattern.match(said, at)


def _occasion(head: re.Match[str]) -> str:
    """Which occasions the words allow: {首次获评}, {新获评}, {新获评；重新认定}, or nothing said of it."""
    if head["later"] or head["time"] in ("首次", "初次", "第一次"):
        return "{首次获评}"
    if head["time"]:
        return "{新获评}"
    return "{新获评；重新认定}" if head["year"] and head["won"] else ""


def _rule(name: str, ranks: str, occasion: str, known: Titles, catalogue: Catalogue) -> str:
    fact = known.ranked.get(name)
    parts: list[str] = []
    title = ""
    if fact is not None and (ranks or name not in known.plain):
        labels = _labels(fact, catalogue)
        wanted = _levels(ranks) if ranks else [one for one in _ORDER if one in labels]
        if not wanted or not set(wanted) <= labels:
            return ""
        parts, title = [f"{fact.name} 属于 {{{'；'.join(wanted)}}}"], fact.name.removesuffix(_LEVEL)
    elif name in known.plain:
        plain = known.plain[name]
        if (ranks and f"国家{plain.name}" not in plain.aliases) or ranks not in ("", "国家", "国家级"):
            return ""
        parts, title = [] if occasion else [plain.name], plain.name
    if occasion:
        parts.append(f"{title}{_OCCASION} 属于 {occasion}")
    return " 且 ".join(parts) if not occasion or f"{title}{_OCCASION}" in catalogue.by_name else ""


def _levels(ranks: str) -> list[str]:
    """国家、省级 → both; 市级以上 → the city and all above it."""
    wanted = {_NAMES[one] for one in re.findall(_ONE, ranks)}
    if ranks.endswith("以上"):
        lowest = max((_ORDER.index(one) for one in wanted), default=-1)
        wanted |= set(_ORDER[: lowest + 1])
    return [one for one in _ORDER if one in wanted]


def _labels(fact: FactKind, catalogue: Catalogue) -> set[str]:
    known = catalogue.code_lists.get(fact.code_list)
    return set(known.names.values()) if known else set()


def _standards(match: re.Match[str]) -> str:
    role = "参与" if (match["role"] or match["role2"]).startswith("参") else "牵头"
    kinds = dict.fromkeys(re.findall("国际|国家|行业|地方|团体", match["kinds"] or match["kinds2"]))
    return " 或 ".join(f"{role}制定{kind}标准" for kind in kinds)
