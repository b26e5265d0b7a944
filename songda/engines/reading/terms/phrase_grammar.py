"""A small grammar of policy language 政策用语: a condition phrase to a tree of rule texts, only where every word of it is understood.

Words that only introduce (面临, 坚持, 确实 …) are taken off; 的 joins a quality to its holder, 且 and 但 join qualities, 、 and 和 join
classes of holders (any of them) or, between qualities, mean 且; 不含, 除…外, 非, 未 take away. Anything else leaves the phrase open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.reading.terms.phrase_classes import SIZED, classes, place_rule, size_rule
from songda.engines.reading.terms.phrase_dates import dated
from songda.engines.reading.terms.phrase_numbers import comparisons
from songda.engines.reading.terms.phrase_places import place_before, placed
from songda.engines.reading.terms.phrase_titles import titles
from songda.engines.reading.terms.wording import wording
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError

LONGEST_PHRASE = 80
_DEEPEST = 7
_MOST_KEPT = 20_000
_HOLDER = re.compile(
    r"(?:企业|单位|工商户|户|机构|项目|公司|主体|载体|旅行社|纳税人|合作社|农场|空间|孵化器|园区|基地|行业|名单|白名单|中心|工厂|车间|实验室|示范社|平台|租户|农户|渔民|大户|院|店|(?<!有)市场|超市|商场|业主|站"
    r"|养殖场|景区|场馆|场所|学校|幼儿园|银行|事务所|商会|协会|组织|综合体|楼宇|民宿|农家乐|典当行|科技园|创业园|特色园|海外仓)$"
)
# 获得资格后, 获得资格的: that it happened is the condition; not after a day or a number.
_ENDS = re.compile(r"(?:的|(?<![日年月\d最以之事])(?:之|以)?后)?的?$")
# 获评绿色工厂, 列入名单, 承担科技项目 say what someone did, though they end in a thing.
_WINS = re.compile(
    r"(?:首次|初次|新|已|被|当年度?|年度|成功)*(?:获|评为|评定为|评选为|认定为|列入|纳入|入选|入围|通过|荣获|取得|备案为)"
)
_DOES = re.compile(r"承担|实施|参加|开展|完成|拥有|招用|使用|购置|发行|运输|签订|减免|进入|办理")
_ANYONE = re.compile(r"(?:各类|相关|有关|该)?(?:企业|用人单位|单位|市场主体|经营主体)")
_LEADS = re.compile(
    r"(?:对于?|凡是?|其中|同时|并且?|坚持|确实|确|面临|遇到|出现|处于|属于|系|是|已经|已|均|应当|应|须|必须|需|具有|具备|在(?=疫情|境|新三板|区域性)|各类|所有|全部|导致|造成|经认定的"
    r"|成功|获得|荣获|获评为?|被?(?:认定为|评为|评定为|评选为|确定为|命名为)"
    r"|(?:企业|单位|用人单位|市场主体|纳税企业|纳税人)(?=[\u4e00-\u9fa5]{3})|申请时|申请(?:企业|单位)(?=[\u4e00-\u9fa5]{3}))"
)
_DETERMINED = re.compile(r"(?:经|依据|按|由)[^的，,;。省市区县国]{1,24}(?:认定|确定|核准|备案|评定|公布)的")
_CAUSE = re.compile(r"(受疫情影响(?:较大|严重)?)(?:的)?[，,、]?(?:而|且|并)?(?:导致|造成|引起)?(?!的|较|严)")
_PLACE = re.compile(r"([\u4e00-\u9fa5]{2,8}?[省市区县])(?:域内|内|范围内)?的?")
_HARM = re.compile(r"困难|无法|不能|难以|失去|损失|受到|无力|需")
_BRACKET = re.compile(r"(?P<body>[^()]+)\((?P<note>[^()]+)\)(?P<tail>(?:的)?(?:企业|单位)?)")
_OUT_BEFORE = re.compile(r"^(?:不含|不包括|不包含|除)(?P<what>[^的]+?)(?:除外|以外|之外|外)?$")
_OUT_AFTER = re.compile(r"^(?P<what>[^的]+?)(?:除外|不在此列)$")
_EXCEPT = re.compile(r"^除(?P<what>[^，,的]{2,24}?)(?:以外|之外|外)(?:的)?[，,]?(?P<rest>.+)$")
_NOT = re.compile(r"^(?:未|没有|不存在|不属于|不是|非)(?P<what>.+)$")
_BARE_HOLDER = re.compile(r"(.+[^、和或及与])(?:企业|单位|市场主体)")
_CLASS_END = re.compile(r"企业|工商户|单位|旅行社|项目")
_STEADY = re.compile(r"(?:尽量)?不裁员(?:、|或|或者|,|，)?少[裁减]员")
_WON = re.compile(r"(?:获得|荣获|获评|获)(?=[\u4e00-\u9fa5])")
_DOING = re.compile(r"从事(?P<what>[\u4e00-\u9fa5]{2,8}?)(?:经营|业务|服务|活动|生产经营)?")
_STANDINGS = {
    "参保": "参保企业",
    "民营": "民营企业",
    "国有": "国有企业",
    "规上": "规模以上",
    "规模以上": "规模以上",
    "在保": "在保企业",
}
_STANDING = re.compile(r"参保|民营(?!企业)|国有(?!企业|控股)|规上(?!企业)|规模以上(?!企业)|在保(?!企业)")
_HIT = re.compile(r"(?P<state>受疫情影响(?:较大|严重)?)(?!的|较|严)(?P<holders>.+)")
_RANK = re.compile(r"(?:国家|省|市|区|县)级")
_AWARD = re.compile(r"(?:奖|称号|商标|认证)$")
_GOT = re.compile(r"(?:通过|获得|取得)(?=[^、和或及]{2,20}(?:奖|认证)(?:、|和|或|及))")
_SHARED = re.compile(r"(?:企业|单位|机构)$")
_BOTH = re.compile(r"并且|而且|同时|且|但是|但|并|而|[，,；;]")
_EITHER = re.compile(r"或者|或")
_LISTING = re.compile(r"以及|、|和|及|与")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a rule text or a group of them. `flat` is the joiner of a group that stands without brackets of its own."""

    items: tuple[Meaning, ...] = ()
    text: str = ""
    joiner: str = ""
    holder: bool = False
    flat: bool = False

    def rule(self, *, inside: bool = False) -> str:
        """Rule text, in brackets where it is a group inside another."""
        if not self.items:
            return f"({self.text})" if inside and (" 且 " in self.text or " 或 " in self.text) else self.text
        said = f" {self.joiner} ".join(one.rule(inside=True) for one in self.items)
        return f"({said})" if inside else said


class Grammar:
    """Reads phrases under one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.names: dict[str, str] = {}
        clashing: set[str] = set()
        for name, fact in catalogue.by_name.items():
            if fact.kind in (Kind.BOOL, Kind.LIST):
                form, rule = wording(name), fact.name if fact.kind is Kind.BOOL else f"在 {fact.name}"
                if self.names.setdefault(form, rule) != rule:
                    clashing.add(form)
        for form in clashing:
            del self.names[form]
        self._known: dict[str, Meaning | None] = {}
        self._parsed: dict[str, bool] = {}

    def read(self, phrase: str) -> Meaning | None:
        """The meaning of a whole phrase, or None where any part of it is not understood."""
        said = wording(_ENDS.sub("", phrase))
        if not said or len(said) > LONGEST_PHRASE:
            return None
        self._known.clear()
        return self._read(said, 0)

    def _read(self, said: str, depth: int) -> Meaning | None:
        said = said.removesuffix("的")
        if not said or depth > _DEEPEST:
            return None
        if said not in self._known:
            self._known[said] = None  # a phrase is never read inside itself
            ways = (
                self._atom,
                self._placed,
                self._noted,
                self._attributed,
                self._hit,
                self._stated,
                self._joined,
                self._caused,
                self._taken_away,
                self._sized,
                self._begun,
                self._led,
            )
            found = (way(said, depth + 1) for way in ways)
            self._known[said] = next((one for one in found if one is not None), None)
        return self._known[said]

    def _atom(self, said: str, depth: int) -> Meaning | None:
        del depth
        text = next((one for one in self._texts(said) if self._parses(one)), "")
        held = (
            _HOLDER.search(said) is not None and not _WINS.match(said) and not (_DOES.match(said) and not said.endswith("企业"))
        )
        return Meaning(text=text, holder=held) if text else None

    def _parses(self, text: str) -> bool:
        known = self._parsed.get(text)
        if known is None:
            if len(self._parsed) > _MOST_KEPT:
                self._parsed.clear()
            try:
                parse_condition(text, self.catalogue)
                known = True
            except RuleError:
                known = False
            self._parsed[text] = known
        return known

    def _texts(self, said: str) -> Iterator[str]:
        if said in self.names:
            yield self.names[said]
        won = _WON.match(said)
        if won and said[won.end() :] in self.names:
            yield self.names[said[won.end() :]]
        if _STEADY.fullmatch(said):
            yield "符合不裁员少裁员标准"
        yield from classes(said, self.catalogue)
        yield from titles(said, self.catalogue)
        yield from placed(said)
        yield from dated(said, self.catalogue)
        yield from comparisons(said, self.catalogue)

    def _placed(self, said: str, depth: int) -> Meaning | None:
        """郑州市中小企业: a place of the code list before a class."""
        match = _PLACE.match(said)
        rule = place_rule(match[1], self.catalogue) if match else ""
        found = [(rule, said[match.end() :])] if match and rule else list(place_before(said))
        for rule, rest in found:
            place = Meaning(text=rule, holder=True)
            if _ANYONE.fullmatch(rest):
                return place if self._parses(rule) else None
            holder = self._read(rest, depth)
            if holder and holder.holder and self._parses(rule):
                return _all(place, holder)
        return None

    def _noted(self, said: str, depth: int) -> Meaning | None:
        """A bracket after the phrase: what it leaves out, or the measure of what stands before it."""
        match = _BRACKET.fullmatch(said)
        if match is None:
            return None
        body, note = match["body"] + match["tail"], match["note"]
        out = _OUT_BEFORE.match(note) or _OUT_AFTER.match(note)
        if out:
            kept, gone = self._read(body, depth), self._read(out["what"], depth)
            return _all(kept, _not(gone)) if kept and gone else None
        return self._read(note, depth) if _STEADY.fullmatch(body.removeprefix("坚持")) and "裁员率" in note else None

    def _attributed(self, said: str, depth: int) -> Meaning | None:
        """…的…: a quality and its holder; the quality of several holders is told of each."""
        at = said.rfind("的")
        if at < 1:
            return None
        head, tail = said[:at], said[at + 1 :]
        doing = _DOING.fullmatch(head) if _ANYONE.fullmatch(tail) else None
        quality = (self._atom(f"{doing['what']}企业", depth) if doing else None) or self._read(head, depth)
        if doing and quality and quality.holder:
            return quality
        if quality is None or quality.holder:
            return None
        if _ANYONE.fullmatch(tail):
            return Meaning(quality.items, quality.text, quality.joiner, holder=True)
        holder = self._read(tail, depth)
        return _all(quality, holder) if holder and holder.holder else None

    def _joined(self, said: str, depth: int) -> Meaning | None:
        for pattern in (_BOTH, _EITHER, _LISTING):
            for mark in pattern.finditer(said):
                left, right = said[: mark.start()], said[mark.end() :]
                one = self._read(left, depth) if left and right and not _unsure(left, pattern) else None
                other = self._read(right, depth) or self._gained(said, right, depth) if one else None
                if one is None and pattern is not _BOTH:
                    one, other = self._sharing(left, right, depth)
                if one and other:
                    named = pattern is _LISTING and _AWARD.search(left) and _AWARD.search(right)
                    if named and _RANK.search(left) and not _RANK.search(right):
                        return None
                    return _combined(one, other, "或" if named else _joiner(mark.group(), one, other))
        return None

    def _gained(self, said: str, right: str, depth: int) -> Meaning | None:
        """通过甲认证、乙认证: the verb is told of each."""
        got = _GOT.match(said)
        return self._read(got.group() + right, depth) if got and not right.startswith(got.group()) else None

    def _sharing(self, left: str, right: str, depth: int) -> tuple[Meaning | None, Meaning | None]:
        """饲料、兽药企业: the first also ends in 企业; 生猪养殖、屠宰企业: the second also begins with 生猪, where that is a name."""
        last = _SHARED.search(right)
        # 先进制造业、软件服务业中小企业: whether the size is told of both is not certain
        plain = last and not _HOLDER.search(left) and not SIZED.fullmatch(right)
        one = self._atom(left + last.group(), depth) if left and last and plain else None
        if one is None or not one.holder:
            return None, None
        begun = (self._atom(left[:length] + right, depth) for length in range(len(left) - 1, 1, -1))
        return one, next((two for two in begun if two is not None), None) or self._read(right, depth)

    def _caused(self, said: str, depth: int) -> Meaning | None:
        """受疫情影响 with what came of it: both hold."""
        match = _CAUSE.match(said)
        if match is None or not _HARM.search(said, match.end()):
            return None
        cause, effect = self._read(match[1], depth), self._read(said[match.end() :], depth)
        return _combined(cause, effect, "且") if cause and effect and not effect.holder else None

    def _taken_away(self, said: str, depth: int) -> Meaning | None:
        match = _EXCEPT.match(said)
        if match:
            gone, kept = self._read(match["what"], depth), self._read(match["rest"], depth)
            return _all(kept, _not(gone)) if gone and kept else None
        match = _OUT_BEFORE.match(said) or _OUT_AFTER.match(said) or _NOT.match(said)
        gone = self._read(match["what"], depth) if match else None
        return _not(gone) if gone else None

    def _sized(self, said: str, depth: int) -> Meaning | None:
        """小微企业, 科技型中小企业, 小微外贸企业, 受疫情影响中小企业: a size, with a class or a quality beside it."""
        match = SIZED.fullmatch(said)
        if match is None:
            return None
        size = Meaning(text=size_rule(match["size"]), holder=True)
        if not self._parses(size.text):
            return None
        kind = match["before"] + match["after"]
        tenant = self._atom(match["holder"], depth) if match["holder"] != "企业" else None
        if not kind:
            return _all(size, tenant) if tenant else size if match["holder"] == "企业" else None
        named = self._atom(f"{kind}{match['holder']}", depth) or (None if match["after"] else self._read(match["before"], depth))
        return _all(named, size) if named else None

    def _begun(self, said: str, depth: int) -> Meaning | None:
        """参保外贸企业, 规上农产品加工企业: a standing straight before one class; before several it is not certain whose it is."""
        match = _STANDING.match(said)
        state = self._atom(_STANDINGS[match.group()], depth) if match else None
        holder = self._read(said[match.end() :], depth) if match and state else None
        return _all(state, holder) if state and holder and holder.holder and holder.joiner != "或" else None

    def _hit(self, said: str, depth: int) -> Meaning | None:
        """受疫情影响较大餐饮企业、外贸企业: a state straight before its holders is told of each."""
        match = _HIT.fullmatch(said)
        state = self._read(match["state"], depth) if match else None
        holder = self._read(match["holders"], depth) if match and state else None
        return _all(state, holder) if state and holder and holder.holder else None

    def _stated(self, said: str, depth: int) -> Meaning | None:
        """A class and what is said of it (中小企业｜受疫情影响), or a quality straight before 企业 without 的."""
        bare = _BARE_HOLDER.fullmatch(said)
        quality = self._read(bare[1], depth) if bare else None
        if quality and not quality.holder and not said.endswith("期间企业"):
            return Meaning(quality.items, quality.text, quality.joiner, holder=True)
        for mark in _CLASS_END.finditer(said):
            left, right = said[: mark.end()], said[mark.end() :]
            subject = self._read(left, depth) if right else None
            told = self._read(right, depth) if subject and subject.holder else None
            if subject and told and not told.holder:
                return _all(subject, told)
        return None

    def _led(self, said: str, depth: int) -> Meaning | None:
        """The phrase without a word that only introduces it."""
        match = _DETERMINED.match(said) or _LEADS.match(said)
        return self._read(said[match.end() :], depth) if match and match.end() < len(said) else None


def _unsure(left: str, pattern: re.Pattern[str]) -> bool:
    """规上外贸企业、物流企业: does 规上 speak of the first or of all?"""
    return pattern is not _BOTH and _STANDING.match(left) is not None


def _joiner(mark: str, one: Meaning, other: Meaning) -> str:
    """Which of 且 and 或 a word between two meanings stands for, or nothing where that is not certain."""
    if _EITHER.fullmatch(mark):
        return "或" if one.holder == other.holder else ""
    if _BOTH.fullmatch(mark):
        return "" if other.holder else "且"
    if one.holder != other.holder:
        return ""
    return "或" if one.holder else "且" if mark == "、" else ""


def _combined(one: Meaning, other: Meaning, joiner: str) -> Meaning | None:
    """Two meanings on one level; 且 and 或 side by side without brackets are not certain."""
    if not joiner or any(part.flat and part.joiner != joiner for part in (one, other)):
        return None
    items = tuple(item for part in (one, other) for item in (part.items if part.flat else (part,)))
    return Meaning(items, joiner=joiner, holder=one.holder and other.holder, flat=True)


def _all(one: Meaning, other: Meaning) -> Meaning:
    items = tuple(item for part in (one, other) for item in (part.items if part.joiner == "且" else (part,)))
    return Meaning(items, joiner="且", holder=one.holder or other.holder)


def _not(one: Meaning) -> Meaning:
    return Meaning(text=f"非 {one.rule(inside=True)}")
