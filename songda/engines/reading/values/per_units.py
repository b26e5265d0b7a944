"""What a sum is per 计量: 每人, 每亩每年, 元/吨, 亩均, 全年最高. A firm (每家) is a scope of the sum, not its unit."""

from __future__ import annotations

import re

from songda.engines.reading.language.numerals import HAN
from songda.engines.reading.values.quantity import Quantity

# Longest first: 人次 before 人, 千瓦时 before 千瓦.
_THING = (
    "立方米|平方米|标准箱|千瓦时|生产线|平方|平米|人次|公斤|千克|公里|公顷|千瓦|兆瓦|标箱|批次|班次|场次|架次|课时|学时|户(?!小微|中小|企业|商|个体|市场主体|法人)"
    "|人|名|亩|吨|件|项|台|套|次|场|笔|辆|班|列|箱|车|头|只|艘|羽|株|棵|座|口|栋|间|张|篇|集|部|条|款|枚|单|度|批|㎡|斤"
)
_PERIOD = "季度|学期|月|天|日|年|夜|晚"
_HOLDER = "标准展位|企业|单位|机构|项目|产品"
_PER_AFTER = re.compile(
    rf"\s*[/／]\s*((?:每?(?:{_HOLDER}|{_THING}|{_PERIOD}|[\u4e00-\u9fa5])\s*)"
    rf"(?:[/／·•・.．]\s*每?(?:{_HOLDER}|{_THING}|{_PERIOD}|[\u4e00-\u9fa5])\s*)*)"
)
_PER_BEFORE = re.compile(
    rf"每\s*(\d*)\s*(?:({_THING}|{_PERIOD})(?:\s*每?\s*({_PERIOD})(?![{HAN}\d]))?|个?[^，。；;\d每的]{{0,4}}?([展床车工泊摊铺岗学机]位))|(亩|人)均"
)
_PER_DEED = re.compile(r"每[^，。；;\d每]{1,10}?(?:1|一)\s*(个月|名|人|家|户|亩|台|件|项|吨|年|月)")
_YEARLY = re.compile(
    r"(?:全年|(?<![上当近同前每首该本\d\s一二两三四五六七八九十])年度?)(?!度?(?:销售|营业|产值|纳税|税收|利润|用电|主营))[^，。；、\d]{0,10}"
    r"(?:不(?:得)?(?:超过|高于)|最高|上限|封顶|限额)[^，。；、\d]{0,4}$"
    r"|年(?:薪|度?(?:报酬|工资薪金|工资|薪酬|薪资))[^，。；、\d]{0,8}$"
)
_TOTAL = re.compile(r"总额|累计|合计|总计")
_LIMIT = re.compile(r"不(?:得)?(?:超过|高于|超)|最高|最多|上限|封顶|限额|至多|不大于")
_NAMES = {"名": "人", "天": "日", "㎡": "平方米", "平米": "平方米", "平方": "平方米", "晚": "夜", "个月": "月"}
_REACH = 45  # a deed (每招用1名…) governs the sums of the clauses next to it


def per(plain: str, one: Quantity, clause: int, begin: int, low: int) -> str:
    """What the sum `one` is per, or an empty string.

    `clause` is where its clause starts, `begin` where the words since the sum before it start, `low` where the span starts.
    """
    after = _PER_AFTER.match(plain, one.end)
    found = list(_PER_BEFORE.finditer(plain, begin, one.start))
    if after:
        return _holder(found, after.group(1)) + re.sub(r"\s", "", after.group(1))
    if found:
        return _before(found)
    return _per_deed(plain, one, max(low, one.start - _REACH), clause) or _yearly(plain, one, begin)


def _holder(found: list[re.Match[str]], after: str) -> str:
    # 每人100元/天: the head stands before, the period after.
    thing = found[-1].group(2) if found else None
    if thing and re.fullmatch(_PERIOD, after) and re.fullmatch(_THING, thing):
        return _NAMES.get(thing, thing)
    return ""


def _before(found: list[re.Match[str]]) -> str:
    number, thing, period, place, mean = found[-1].groups()
    if mean or place:
        return str(mean or place)
    if len(found) > 1 and found[-2].end() == found[-1].start() and re.fullmatch(_PERIOD, found[-2].group(2) or ""):
        period = found[-2].group(2)  # 每年每人
    return (number if number != "1" else "") + "".join(_NAMES.get(part, part) for part in (thing, period) if part)


def _per_deed(plain: str, one: Quantity, low: int, clause: int) -> str:
    """每招用1名…，给予1000元: per head, unless a later clause caps the total."""
    deeds = list(_PER_DEED.finditer(plain, low, one.start))
    if not deeds or "。" in plain[deeds[-1].end() : one.start]:
        return ""
    capped = deeds[-1].end() <= clause and (_LIMIT.search(plain, clause, one.start) or _TOTAL.search(plain, clause, one.start))
    return "" if capped else _NAMES.get(deeds[-1].group(1), deeds[-1].group(1))


def _yearly(plain: str, one: Quantity, begin: int) -> str:
    """年补助金额不超过20万元, 年薪30万元: per year though no 每年 is said."""
    return "年" if _YEARLY.search(plain[max(begin, one.start - 30) : one.start]) else ""
