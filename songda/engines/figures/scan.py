"""Numbers with units 数与单位: Arabic, Chinese and mixed numerals, ranges, parts of a hundred, ratios, sums without a numeral (超亿元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from songda.engines.figures.blocked import blocked_spans
from songda.engines.figures.mentions import Mention
from songda.engines.figures.units import DURATIONS, KINDS_OF, MONEY, SCALES, pattern
from songda.engines.reading.language.numerals import arabic

_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}(?![\d])|\d{1,15})(?:\.\d{1,9})?"
_SIGNS = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
_HAN = rf"[{_SIGNS}]{{1,9}}(?:[万亿][{_SIGNS}]{{1,7}}){{0,2}}(?:点[{_SIGNS}]{{1,4}})?"
_NUMBER = rf"(?:{_ARABIC}|{_HAN})"
_SCALE = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百"
_UNIT = pattern()
_FIGURE = re.compile(
    rf"(?<![\d.第])(?:(?=\d)|(?<![{_SIGNS}]))(?:(?P<low>{_NUMBER})(?P<lowscale>{_SCALE})?(?:{_UNIT})?(?:-|至))?"
    rf"(?P<number>{_NUMBER})(?P<some>[余多来]|几十)?(?P<scale>{_SCALE})?(?P<more>[余多])?(?:人民币)?(?P<unit>{_UNIT})"
    r"(?P<people>户籍|人口)?(?:/(?P<slash>人次|人|户|家|亩|月|年|天|日|吨|台|套|个|次|件|平方米))?(?P<past>以上|以下|以内|左右|上下|余|有余)?"
)
_COMPOUND = re.compile(
    r"(?<![\d.])(?P<large>\d{1,9})(?P<first>亿|万)(?:零)?(?P<small>\d{1,9})(?P<second>万|千)?(?P<unit>美元|元|人次|人|家|户|吨|亩)"
)
_PARTS = re.compile(rf"(?P<base>百|千)分之(?P<number>{_NUMBER})")
_TENTHS = re.compile(r"(?P<number>[一二三四五六七八九])成(?P<half>半)?(?P<past>以上|左右|多)?(?![员功为立果就绩熟本长])")
_RATIO = re.compile(r"(?<![\d.:])(?P<left>\d{1,9}(?:\.\d{1,6})?):(?P<right>\d{1,9}(?:\.\d{1,6})?)(?![\d:])")
_RATIO_WORDS = re.compile(r"[配例]比?|比(?!赛)")
_WORDLESS = re.compile(rf"(?<=[超近逾破达])(?P<scale>[十百千]?[亿万]|[百千])(?P<more>余)?(?P<unit>{_UNIT})")
_LISTED = re.compile(rf"(?<![\d.A-Za-z第])(?:{_ARABIC}[、和及]){{1,12}}$")
_LEADING = re.compile(
    r"(约|大约|大概|近|将近|接近|超过?|逾|突破|不低于|不少于|至少|高于|多于|不超过|不高于|不多于|不足|不到|少于|低于|最多|至多)(?:人民币)?$"
)
_PER_BEFORE = re.compile(r"每(人次|人|户|家|亩|月|年|天|日|吨|台|套|个|次|件|平方米|名)(?:人民币)?(?:补贴|补助|奖励|发放|给予)?$")
_LEAST = frozenset(
    ("余", "多", "来", "有余", "以上", "超", "超过", "逾", "突破", "不低于", "不少于", "至少", "高于", "多于", "几十")
)
_LESS = frozenset(("近", "将近", "接近", "不足", "不到", "少于", "低于", "以下", "以内"))
_MOST = frozenset(("不超过", "不高于", "不多于", "最多", "至多"))
_ABSTRACT = re.compile(
    r"方面|确保|意识|自信|维护|一批|结合|转变|层面|环节|坚持|统筹|更加|必须|突出|到位|聚焦|导向|体系|带头|抓手|着力|阶段|清单|服务包|问题"
    r"|不|最|好|强|化|新|早|快|提|加|全(?!年)|严"
)
_NAMELESS = frozenset("十百千万")  # alone these are sizes, not numbers: 百家, 千户; with 余, 近, 上 they are read
_HAN_UNITS_NOT = frozenset(
    (
        "期",
        "批",
        "层",
        "点",
        "道",
        "面",
        "方",
        "门",
        "本",
        "席",
        "包",
        "天",
        "把",
        "度",
        "级",
        "双",
        "季",
        "路",
        "款",
        "章",
        "线",
        "年",
        "周",
    )
)


def scan(text: str) -> list[Mention]:
    """All figures of the plain text with value, unit and precision, in order; context is added later."""
    blocked = bytearray(len(text))
    for start, end in blocked_spans(text):
        blocked[start:end] = b"\1" * (end - start)
    return _apart([one for one in _all(text) if blocked.find(1, one.start, one.end) < 0])


def _all(text: str) -> Iterator[Mention]:
    yield from _ratios(text)
    for match in _COMPOUND.finditer(text):
        small = Decimal(match["small"]) * SCALES.get(match["second"] or "", Decimal(1))
        value = Decimal(match["large"]) + small / SCALES[match["first"]]
        yield Mention(match.start(), match.end(), value, match["unit"], SCALES[match["first"]], match["first"])
    for match in _FIGURE.finditer(text):
        if one := _figure(text, match):
            yield one
            yield from _sharing(text, one)
    for match in _PARTS.finditer(text):
        if (part := arabic(match["number"])) is not None:
            yield Mention(
                match.start(), match.end(), part, "%" if match["base"] == "百" else "‰", precision=_precision(text, match)
            )
    for match in _TENTHS.finditer(text):
        tenths = (arabic(match["number"]) or Decimal(0)) * 10 + (5 if match["half"] else 0)
        yield Mention(match.start(), match.end(), tenths, "%", precision=_precision(text, match) if match["past"] else "approx")
    for match in _WORDLESS.finditer(text):
        word = match["scale"]
        yield Mention(match.start(), match.end(), *_worded(word, match["unit"]), precision=_precision(text, match))


def _sharing(text: str, one: Mention) -> Iterator[Mention]:
    """1.2、0.8、0.5个百分点: numerals of a list that has its unit at the end."""
    listed = _LISTED.search(text, max(0, one.start - 60), one.start)
    if listed and text[one.start].isdigit() and one.upto is None:
        for match in re.finditer(_ARABIC, listed.group()):
            start = listed.start() + match.start()
            yield replace(
                one, start=start, end=listed.start() + match.end(), value=arabic(match.group()) or Decimal(0), precision="exact"
            )


def _worded(word: str, unit: str) -> tuple[Decimal, str, Decimal, str]:
    return Decimal(1), unit, SCALES[word], word


def _figure(text: str, match: re.Match[str]) -> Mention | None:
    value = arabic(match["number"])
    if value is None or not _is_figure(text, match):
        return None
    low = arabic(match["low"]) if match["low"] else None
    word = match["scale"] or ""
    scale = SCALES.get(word, Decimal(1))
    if low is not None and match["lowscale"]:
        low = low * SCALES[match["lowscale"]] / scale
    start, per = match.start(), match["slash"] or ""
    if leading := _PER_BEFORE.search(text, max(0, start - 10), start):
        per = leading.group(1) if match["unit"] in MONEY else per
    return Mention(
        start, match.end(), value if low is None else low, KINDS_OF.get(match["unit"], match["unit"]), scale, word, upto=None if low is None else value,
        precision=_precision(text, match), per=per,
    )  # fmt: skip


def _is_figure(text: str, match: re.Match[str]) -> bool:
    number, unit = match["number"], match["unit"]
    inexact = match["some"] or match["more"] or match["past"] or _LEADING.search(text, max(0, match.start() - 8), match.start())
    if unit in ("年", "周", "季", "天", "度") and (
        len(number) > 3 or text[match.start() - 1 : match.start()] in ("近", "每", "这", "前")
    ):
        return False
    if number[0].isascii():
        return True
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 4]
    if before in ("每", "某", "这", "那", "各", "同", "之", "统", "万", "数", "几", "唯") or (
        len(number) > 1 and not set(number) & set("十百千万亿点拾佰仟")
    ):
        return False
    if number in ("一", "两") and not match["scale"] and (number == "一" or (unit in DURATIONS and not _is_limit(text, match))):
        return False
    if number in _NAMELESS and not match["scale"] and number != "十":
        return bool(inexact)
    return _is_counted(unit, after, number=number, scaled=bool(match["scale"]), inexact=bool(inexact)) and not (
        unit in DURATIONS and inexact and not _is_limit(text, match)
    )


def _is_counted(unit: str, after: str, *, number: str, scaled: bool, inexact: bool) -> bool:
    """Whether a Chinese numeral counts: a long one does, a single sign only before a plain measure word and a thing."""
    if len(number) > 2 or scaled or inexact or unit in MONEY or unit in ("%", "百分点", "个百分点"):
        return True
    return unit not in _HAN_UNITS_NOT and not _ABSTRACT.match(after) and not (number == "十" and unit in ("分钟", "次"))


def _is_limit(text: str, match: re.Match[str]) -> bool:
    return bool(re.match(r"以?内|之内|办结|期限|以上", text[match.end() : match.end() + 3])) or text[
        max(0, match.start() - 1) : match.start()
    ] in ("满", "限")


def _precision(text: str, match: re.Match[str]) -> str:
    told = match.groupdict()
    leading = _LEADING.search(text, max(0, match.start() - 8), match.start())
    words = {told.get("some"), told.get("more"), told.get("past"), leading.group(1) if leading else None} - {None}
    if words & _LEAST:
        return "at_least"
    if words & _LESS:
        return "less_than"
    if words & _MOST:
        return "at_most"
    return "approx" if words else "exact"


def _ratios(text: str) -> Iterator[Mention]:
    for match in _RATIO.finditer(text):
        near = text[max(0, match.start() - 8) : match.start()] + text[match.end() : match.end() + 4]
        if _RATIO_WORDS.search(near):
            yield Mention(match.start(), match.end("left"), Decimal(match["left"]), "份", per="比例")
            yield Mention(match.start("right"), match.end(), Decimal(match["right"]), "份", per="比例")


def _apart(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
