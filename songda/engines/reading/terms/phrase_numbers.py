"""Comparisons 数值条件 in policy words: a fact, how it compares, a number with its unit; shares, growth, age, windows of years.

Each function takes a whole phrase in half width and gives rule text to try, or nothing. A bare 以上 / 以下 says nothing certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.reading.language.numerals import arabic
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind

_MORE, _LESS, _OVER, _UNDER = (
    r"达到|达|不低于|不少于|不小于",
    r"不超过|不高于|不大于|不多于",
    r"超过|高于|大于|多于",
    r"低于|少于|小于|不足",
)
_COMPARISON = rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<over>{_OVER})|(?P<under>{_UNDER})|在|为|满)?"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二两三四五六七八九十百千]{1,6})"
_UNIT = r"(?P<unit>亿美元|万美元|美元|亿元|百万元|万元|千元|元/亩|万元/亩|元|人次|人|名|户|台|件|项|家|%|亩|万平方米|平方米|㎡|吨|万千瓦时|千瓦时)(?P<per>/亩)?(?:人民币)?"
_BOUND = (
    r"(?P<bound>\(含(?:本数|\d[^()]{0,8})?\)以上|及以上|或以上|以上\(含(?:本数|\d[^()]{0,8})?\)|以上\(不含(?:本数)?\)|\(不含(?:本数)?\)以上"
    r"|\(含(?:本数|\d[^()]{0,8})?\)以[下内]|及以下|以[下内]\(含(?:本数|\d[^()]{0,8})?\)|以[下内]\(不含(?:本数)?\)|\(不含(?:本数)?\)以[下内])?"
)
_LITERAL = rf"{_NUMBER}\s*{_UNIT}{_BOUND}"
_COMPARED = re.compile(rf"(?P<name>[\u4e00-\u9fa5]{{2,20}}?){_COMPARISON}{_LITERAL}")
_SHARE = re.compile(
    rf"(?P<part>[\u4e00-\u9fa5]{{2,14}}?)占(?:企业|其|同期|当年|上年度|本年度|年度)*(?P<whole>[\u4e00-\u9fa5]{{2,10}}?)(?:的)?(?:比例|比重){_COMPARISON}{_LITERAL}"
)
_GROWTH = re.compile(
    rf"(?P<name>[\u4e00-\u9fa5]{{2,14}}?)(?:同比|较上年度?|比上年度?|较上一年度?)(?:增长|增加)(?:率|幅度)?{_COMPARISON}{_LITERAL}"
)
_AGAINST = re.compile(
    rf"(?P<name>[\u4e00-\u9fa5]{{2,12}}?)(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<over>{_OVER})|(?P<under>{_UNDER}))(?P<other>[\u4e00-\u9fa5]{{3,20}})"
)
_TERM = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?P<unit>年|个月)"
_AGED = re.compile(
    rf"(?:企业)?(?P<deed>[\u4e00-\u9fa5]{{2,14}}?)(?P<full>满|不满|未满|不足)?{_TERM}(?P<bound>及以上|\(含\)以上|以上\(含[^()]{{0,6}}\)|以上)?"
)
# Since which date of the catalogue a time is counted, by what was done.
_SINCE = {
    "成立日期": r"(?:依法)?(?:注册登记|登记注册|注册成立|成立|注册|登记)(?:时间|年限)?(?:在)?",
    "经营起始日期": r"(?:实际|持续|正常|连续)?(?:经营|运营)(?:时间|年限)?(?:在)?",
    "连续参保起始日期": r"(?:按时|依法|正常|足额)*连续(?:按时|依法|正常|足额)*缴纳(?:职工)?(?:社会保险费?|社保费?|五险)",
    "失业保险连续缴费起始日期": r"(?:按时|依法|正常|足额)*连续(?:按时|依法|正常|足额)*缴纳失业保险费?",
    "租赁起始日期": r"(?:连续)?租(?:赁|用)(?:时间|期限)?(?:在)?",
}
_WINDOW = re.compile(
    rf"(?:最近|近){_TERM}(?:以?来|之?内)?(?P<no>无|没有|未发生过?|未出现过?|未有|无发生)(?:过)?(?P<event>[\u4e00-\u9fa5]{{4,16}}?)(?:记录)?"
)
_SIGNS = {">": "over", "<": "under", "≥": "more", "≤": "less"}
_PLAIN_UNITS = {"名": "人", "㎡": "平方米"}


def comparisons(said: str, catalogue: Catalogue) -> Iterator[str]:
    """Rule texts of a phrase that compares a fact with a number, or with another fact."""
    yield from _compared(said, catalogue)
    yield from _against(said, catalogue)
    yield from _shared(said, catalogue)
    yield from _grown(said, catalogue)
    yield from _aged(said)
    yield from _free_of(said, catalogue)


def fact_called(name: str, catalogue: Catalogue) -> FactKind | None:
    """The number a phrase names: as it stands, with 额 or 数 added, or without the year, the firm or 总 around it."""
    bare = re.sub(
        r"^(?:企业|单位|项目|其)?(?:的)?(?:上年度|上一年度|上年|年度|当年|年)?(?:实际)?(?:完成|实现|拥有|具有|取得)?", "", name
    )
    tried = [one + tail for one in (name, bare) for tail in ("", "额", "数", "人数", "总额")]
    found = (catalogue.by_name.get(one) for one in tried)
    return next((one for one in found if one is not None and one.kind is Kind.NUM), None)


def sign_of(match: re.Match[str]) -> str:
    """The one comparison a phrase makes, or an empty string where it makes none or two (不低于1000万元以下)."""
    bound = match["bound"] or ""
    outside = "不含" in bound
    said = [sign for sign, group in _SIGNS.items() if match[group]]
    if "上" in bound:
        said.append(">" if outside else "≥")
    elif bound:
        said.append("<" if outside else "≤")
    return said[0] if len(set(said)) == 1 else ""


def _literal(match: re.Match[str], fact: FactKind | None) -> str:
    value = arabic(match["number"])
    unit = _PLAIN_UNITS.get(match["unit"], match["unit"]) + (match["per"] or "")
    per = "/亩" if fact is not None and fact.unit == "元/亩" and not unit.endswith("/亩") else ""
    return f"{value}{unit}{per}"


def _compared(said: str, catalogue: Catalogue) -> Iterator[str]:
    match = _COMPARED.fullmatch(said)
    fact = fact_called(match["name"], catalogue) if match else None
    if match and fact and (sign := sign_of(match)):
        yield f"{fact.name} {sign} {_literal(match, fact)}"


def _against(said: str, catalogue: Catalogue) -> Iterator[str]:
    """裁员率低于上年度城镇登记失业率: two numbers of the catalogue."""
    match = _AGAINST.fullmatch(said)
    one, other = (catalogue.by_name.get(match[part]) for part in ("name", "other")) if match else (None, None)
    if match and one and other and one.kind is other.kind is Kind.NUM:
        yield f"{one.name} {next(sign for sign, group in _SIGNS.items() if match[group])} {other.name}"


def _shared(said: str, catalogue: Catalogue) -> Iterator[str]:
    match = _SHARE.fullmatch(said)
    if match is None or match["unit"] != "%" or not (sign := sign_of(match)):
        return
    part, whole = fact_called(match["part"], catalogue), fact_called(match["whole"], catalogue)
    if part and whole:
        yield f"{part.name} ÷ {whole.name} {sign} {_literal(match, None)}"


def _grown(said: str, catalogue: Catalogue) -> Iterator[str]:
    """A rate of growth needs the figures by year; a sum of growth its own fact (年产值增加额)."""
    match = _GROWTH.fullmatch(said)
    if match is None or not (sign := sign_of(match)):
        return
    if match["unit"] == "%":
        name = match["name"]
        series = catalogue.by_name.get(f"历年{name}") or catalogue.by_name.get(
            f"历年{re.sub('^(?:当年|上年度|年度|年)', '', name)}"
        )
        if series and series.kind is Kind.SERIES:
            yield f"同比增长率({series.name}, 1年) {sign} {_literal(match, None)}"
        return
    fact = catalogue.by_name.get(f"{match['name']}增加额")
    if fact:
        yield f"{fact.name} {sign} {_literal(match, fact)}"


def _aged(said: str) -> Iterator[str]:
    """成立满2年, 正常经营6个月及以上, 连续缴纳社会保险费满一年: how long since a date of the catalogue."""
    match = _AGED.fullmatch(said)
    if match is None or not (match["full"] or match["bound"] not in (None, "以上")):
        return
    name = next((fact for fact, deed in _SINCE.items() if re.fullmatch(deed, match["deed"])), "")
    short = match["full"] not in (None, "满")
    if name and not (short and match["bound"]):
        yield f"{name} {'不满' if short else '满'} {arabic(match['number'])}{match['unit']}"


def _free_of(said: str, catalogue: Catalogue) -> Iterator[str]:
    """近三年内未发生重大安全生产事故: no event of that very name in the window."""
    match = _WINDOW.fullmatch(said)
    fact = catalogue.by_name.get(match["event"]) if match else None
    if match and fact and fact.kind is Kind.EVENT:
        yield f"近 {arabic(match['number'])}{match['unit']} 内 无 {fact.name}"
