"""Classes of subjects 对象类别 in policy words: sizes, forms, industries, markets, projects, lists. Whole phrases only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.rules.catalogue import Catalogue, CodeList, Kind

_SIZES = (
    (r"中小微|中小型?|中型、小型、微型|中、小、微型?", "{中型；小型；微型}"),
    (r"小微型?|小型微型|小型、微型|小型和微型", "{小型；微型}"),
    (r"大中型|大型、中型", "{大型；中型}"),
    (r"大型", "{大型}"),
    (r"中型", "{中型}"),
    (r"小型", "{小型}"),
    (r"微型", "{微型}"),
)
_SIZE_WORDS = "|".join(pattern for pattern, _ in _SIZES)
SIZED = re.compile(
    rf"(?P<before>[^的]{{0,16}}?)(?P<size>{_SIZE_WORDS})(?P<after>[^的、和或及]{{0,10}}?)(?P<holder>企业|租户|承租户|承租方)"
)
_FIXED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), rules)
    for pattern, rules in (
        (r"个体工商户|个体经营户", ("组织形式 属于 {个体经营}", "组织形式 属于 {个体工商户}", "主体类型 属于 {个体工商户}")),
        (r"农民(?:专业)?合作社", ("组织形式 属于 {农民专业合作社}",)),
        (r"规模以上企业|规上企业|四上企业", ("规模以上",)),
        (
            r"规模以上工业企业|规上工业企业",
            ("规上状态 属于 {规模以上工业}", "规模以上 且 行业 属于 {采矿业；制造业；「电力、热力、燃气及水生产和供应业」}"),
        ),
        (r"规模以上服务业企业|规上服务业企业", ("规上状态 属于 {规模以上服务业}",)),
        (r"(瞪羚企业|独角兽企业|潜在独角兽企业)", ("瞪羚梯度 属于 {%s}",)),
        (r"(住宿|餐饮|批发|零售|建筑|制造)业?企业", ("行业 属于 {%s业}",)),
        (r"批发零售业?(?:企业|行业)", ("行业 属于 {批发和零售业}",)),
        (r"住宿餐饮业?(?:企业|行业)", ("行业 属于 {住宿和餐饮业}",)),
        (r"不裁员", ("裁员率 = 0%",)),
        (r"(?:已)?复工复产", ("复工状态 属于 {已复工；持续生产}",)),
        (
            r"承租(?:全[市省县区]|本[市省县区]|辖区内?)?国有(?:资产类|企业|房屋|企业或国有控股企业)?(?:的)?(?:经营性?)?(?:用房|房屋|房产|房源)?",
            ("承租国有房屋",),
        ),
        (r"(?:已)?纳入规(?:模以)?上(?:企业)?统计(?:入库|范围|库)?", ("规模以上",)),
        (r"(?:建筑业|施工|建筑施工)?(?:总承包)?(?:企业)?资质晋升为特级[、或和及]一级", ("资质晋升为特级 或 资质晋升为一级",)),
        (r"(境[内外])(?:\([^()]{1,6}\))?(?:各)?(?:资本市场|证券市场|证券交易所|交易所)?(?:成功)?(?:首发)?上市", ("%s上市",)),
        (r"境内外(?:各)?(?:资本市场|证券市场|证券交易所|交易所)?(?:成功)?(?:首发)?上市", ("境内上市 或 境外上市",)),
        (
            r"纳税信用(?:等级|级别|评级)?(?:为|是|评定为|达到)?([ABCDM])级(?:企业|纳税人)?",
            ("纳税信用等级 属于 {%s}", "纳税信用等级 属于 {%s级}"),
        ),
        (r"获(?:得|取)?美国、日本[、或和及]?(?:者)?欧(?:盟|洲)(?:国家)?发明专利授权", ("获得美国日本欧盟发明专利授权",)),
        (
            r"通过PCT(?:途径)?(?:进行|提出|提交)?(?:国际)?专利申请|通过PCT(?:途径)?申请(?:国际|境外)?(?:发明)?专利",
            ("通过专利合作条约途径申请专利",),
        ),
        (r"新(?:增|纳入)(?:的)?(?:规模以上|规上)(工业|服务业)企业", ("新增规模以上企业 且 规上状态 属于 {规模以上%s}",)),
        (r"新购置?(?:生产)?设备", ("新购设备投资额 > 0元",)),
    )
)
_GRADED = re.compile(
    r"(?:企业)?纳税信用(?:等级|级别|评级)?(?:为|是|评定为|达到)?(?P<grades>[ABCDM]级?(?:[、和或及][ABCDM]级?){0,3})(?<=级)(?:企业|纳税人)?"
)
_NOT_ON_LIST = re.compile(r"未(?:被)?(?:[\u4e00-\u9fa5]{2,12}?)?(?:列入|纳入)|不在|未在")
_ON_LIST = re.compile(r"(?:已)?(?:被)?(?:列入|纳入|在|属于)")
_AND = re.compile(r"、|以及|和|及|或者|或")
_LIST_NAME = re.compile(r"(?:国家|省|市|全国)?(?P<name>[\u4e00-\u9fa5]{3,20}?)(?:的|内|中)?(?:企业)?")
_MARKET = re.compile(
    r"(?:在)?(?P<names>[\u4e00-\u9fa5]{1,4}(?:板|所)(?:[、和或及][\u4e00-\u9fa5]{1,4}(?:板|所)){0,4})(?:成功)?(?:首发|首次公开发行(?:股票)?并?)?(?:上市|挂牌)(?:的)?(?P<holder>企业)?"
)
_PROJECT = re.compile(
    r"(?P<key>重点产业)?(?P<new>新上|新建|新引进)?(?:的)?(?P<kinds>[\u4e00-\u9fa5]{2,8}?类?(?:[、和或及][\u4e00-\u9fa5]{2,8}?类?){0,4})?项目"
)
_INDUSTRY = re.compile(
    r"(?:从事|属于)?(?P<names>[\u4e00-\u9fa5]{2,20}业(?:、[\u4e00-\u9fa5]{2,20}业){0,6})(?P<tail>行业|企业|行业企业|的企业)?"
)
_LEAST_INDUSTRY = 3
_REGISTERED = re.compile(
    r"(?:企业)?(?:(?:工商)?(?:登记)?注册地(?:址)?(?:在|为|位于)|在)(?P<name>[\u4e00-\u9fa5]{3,12}?)(?:行政区域|辖区|区域|范围|境)?(?:内)?"
    r"(?P<deed>(?:依法)?(?:登记注册|注册登记|工商注册|注册|登记)(?:成立)?)?"
)


def classes(said: str, catalogue: Catalogue) -> Iterator[str]:
    """Rule texts to try for a phrase (in wording form) that names a class or a standing; the caller parses them."""
    for pattern, rules in _FIXED:
        match = pattern.fullmatch(said)
        if match:
            named = match[1] if pattern.groups else ""
            yield from (rule.replace("%s", named) for rule in rules)
    yield from _graded(said)
    yield from _registered(said, catalogue)
    yield from _listed(said, catalogue)
    yield from _markets(said, catalogue)
    yield from _projects(said, catalogue)
    yield from _industries(said, catalogue)


def size_rule(word: str) -> str:
    """中小微 → 企业规模 属于 {中型；小型；微型}. 中小企业 are 中型、小型、微型 by 工信部联企业〔2011〕300号."""
    codes = next(codes for pattern, codes in _SIZES if re.fullmatch(pattern, word))
    return f"企业规模 属于 {codes}"


def place_rule(name: str, catalogue: Catalogue) -> str:
    """郑州市 → 注册地 属于 {郑州市}, or nothing where the catalogue does not know the place."""
    known = _codes("注册地", catalogue)
    return f"注册地 属于 {{{name}}}" if known and name in known.names.values() else ""


def _graded(said: str) -> Iterator[str]:
    """纳税信用等级为A级、B级的: the grades named, no 及以上."""
    match = _GRADED.fullmatch(said)
    if match:
        yield f"纳税信用等级 属于 {{{'；'.join(f'{one}级' for one in re.findall('[ABCDM]', match['grades']))}}}"


def _registered(said: str, catalogue: Catalogue) -> Iterator[str]:
    """在…注册, 注册地在…: a place of the code list. Being somewhere without being registered there is left open."""
    match = _REGISTERED.fullmatch(said)
    if match and (match["deed"] or "注册" in said[: match.start("name")]) and (rule := place_rule(match["name"], catalogue)):
        yield rule


def _listed(said: str, catalogue: Catalogue) -> Iterator[str]:
    """未列入经营异常名录, 在重点项目名单内; the list must be one of the catalogue."""
    for pattern, word in ((_NOT_ON_LIST, "不在"), (_ON_LIST, "在")):
        head = pattern.match(said)
        named = _LIST_NAME.fullmatch(said, head.end()) if head else None
        names = (
            [named["name"]] if named and _list_name(named["name"], catalogue) else _AND.split(said[head.end() :]) if head else []
        )
        lists = [_list_name(one, catalogue) for one in names]
        if lists and all(lists):
            yield (" 且 " if word == "不在" else " 或 ").join(f"{word} {one}" for one in lists)
            return
    named = _LIST_NAME.fullmatch(said)
    if named and (name := _list_name(said, catalogue) or _list_name(named["name"], catalogue)):
        yield f"在 {name}"


def _list_name(name: str, catalogue: Catalogue) -> str:
    fact = catalogue.by_name.get(name)
    return fact.name if fact is not None and fact.kind is Kind.LIST else ""


def _codes(fact_name: str, catalogue: Catalogue) -> CodeList | None:
    fact = catalogue.by_name.get(fact_name)
    return catalogue.code_lists.get(fact.code_list) if fact is not None and fact.kind is Kind.CODE else None


def _markets(said: str, catalogue: Catalogue) -> Iterator[str]:
    match, known = _MARKET.fullmatch(said), _codes("上市板块", catalogue)
    if match and known:
        names = re.split(r"[、和或及]", match["names"])
        if set(names) <= set(known.names.values()):
            yield f"上市板块 属于 {{{'；'.join(names)}}}"


def _projects(said: str, catalogue: Catalogue) -> Iterator[str]:
    """重点产业新上的工业类项目: kinds by the code list, the rest by facts of their own."""
    match, known = _PROJECT.fullmatch(said), _codes("项目类别", catalogue)
    if match is None or known is None or not any(match.groupdict().values()):
        return
    parts = ["重点产业项目"] if match["key"] else []
    if match["new"]:
        parts.append("新引进项目" if match["new"] == "新引进" else "新建项目")
    if match["kinds"]:
        kinds = [one.removesuffix("类") for one in re.split(r"[、和或及]", match["kinds"])]
        if not set(kinds) <= set(known.names.values()):
            return
        parts.append(f"项目类别 属于 {{{'；'.join(kinds)}}}")
    yield " 且 ".join(parts)


def _industries(said: str, catalogue: Catalogue) -> Iterator[str]:
    """制造业企业, 从事住宿业的企业: names of the industry table to the letter. 农业, 林业, 渔业 mean more in policies than there."""
    match, known = _INDUSTRY.fullmatch(said), _codes("行业", catalogue)
    if match is None or known is None or not (match["tail"] or said.startswith(("从事", "属于"))):
        return
    names = match["names"].split("、")
    if set(names) <= set(known.names.values()) and all(len(name) >= _LEAST_INDUSTRY for name in names):
        yield f"行业 属于 {{{'；'.join(names)}}}"
