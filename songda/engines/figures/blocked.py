"""Numerals that are not figures 非数据: numbers of documents, telephones, ordinals, slogans, names, dates and times of day."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "零〇一二三四五六七八九十百千两"
_NUMBER = rf"(?:\d{{1,12}}|[{_HAN}]{{1,8}})"  # bounded, here and below, so that time grows in proportion to length
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[〔\[(]\d{4}[〕\])](?:第)?\d*号?",  # 〔2020〕7号
        rf"第{_NUMBER}(?:[-、至到]第?{_NUMBER}){{0,9}}(?:个?[一-龥])?",  # 第一批, 第3季度
        r"(?<!\d)0\d{2,3}-\d{7,8}(?:-\d+)?|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}",
        r"(?<!\d)\d{3,6}(?=(?:服务|政务|企业)?(?:热线|专线|平台|短信|便民))",
        r"(?:热线|电话|传真|邮编|QQ|微信号?)(?:号码?)?(?:为|是)?[::]?\d[\d-]{4,24}(?![.\d]*[万亿个余多人次件])",
        r"\d{1,6}(?:\+\d{1,6}){1,6}(?:[>=<]\d{1,6})?(?:\+[A-Za-zN])?|\d{1,6}\+[A-Za-z]",  # 5+2, 1+1>2, 1+N
        r"(?<![A-Za-z])[A-Za-z]{1,20}-?\d{1,12}(?:\.\d{1,9})?(?![\d.,]*(?:%|万|亿))|(?<!\d)\d{1,12}(?:\.\d{1,9})?(?!kWh|kW|MW|TEU|m[23²³])[A-Za-z]{1,20}",  # A4, 5G
        rf"“[^”\d]{{0,14}}[{_HAN}][^”\d]{{0,14}}(?:”|$)",  # “三送一强”
        rf"{_NUMBER}(?:号)(?![召])(?:楼|院|线|地|仓|馆|路|文|公告|令|厂房)?",
        rf"(?<![{_HAN}\d])[{_HAN}]{{1,3}}(?:是|要|、)(?!\d)",  # 一是, 二要
        r"(?:^|(?<=\n))\d{1,2}[、.](?!\d)",
        r"[(][一二三四五六七八九十\d]{1,3}[)](?=[^,。；]{2})",
        r"《[^》]{0,60}》",
        rf"(?:十[一二三四五])(?:五)(?:规划|期间|末|时期)|[{_HAN}]中全会|[{_HAN}]届",
        r"(?:\d{1,2}):(?:\d{2})(?::\d{2})?(?:-\d{1,2}:\d{2})?(?![\d.])(?!的?比)",
        rf"三番[五两]次|[{_HAN}]位一体|[{_HAN}]套班子|八项规定|\d{{1,6}}[×*xX]\d{{1,6}}(?:小时)?",
        r"\d{2,4}(?=消毒|国道|省道|高速)|[GS]\d{2,4}",
        r"(?:三|二)次产业|一二三产业?|(?:一|二|三)产(?=业|,|、)",
    )
)
_DATES = re.compile(
    r"(?P<year>(?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2})年(?:度)?(?:(?P<month>\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬)?(?:(?P<day>\d{1,2})[日号])?)?"
    r"|(?P<month2>\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬)?(?:(?P<day2>\d{1,2})[日号])?"
    r"|(?<![\d.个第])(?P<day3>\d{1,2})日(?!(?:内|之内|以内|办结|游|均))"
    r"|(?P<iso>(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})"
)
_SPANS_OF_TIME = re.compile(
    r"(?:(?:19|20)\d{2}|\d{1,2})-(?=(?:(?:19|20)\d{2}|\d{1,2})(?:年(?!内)|月|日(?!内)))|(?<=[日月年午晨晚上])\d{1,2}(?:时|点)(?:\d{1,2}分|半|整|许)?(?!间)|\d{1,2}时(?=[,。至-])"
)


def blocked_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the plain text in which no figure is to be read, dates apart."""
    return [match.span() for pattern in (*_PATTERNS, _SPANS_OF_TIME) for match in pattern.finditer(text)]


def dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Calendar dates with their value: 2020-03-18, --03-18 where the text gives no year, 2020 or 2020-03; wrong days are left out."""
    year = month = ""
    for match in _DATES.finditer(text):
        told = match.groupdict()
        if told["iso"]:
            year, month, day = (part.zfill(2) for part in re.split(r"[-./]", told["iso"]))
        elif told["day3"]:
            day = told["day3"]
        else:
            year = _arabic_year(told["year"]) if told["year"] else ""
            month, day = told["month"] or told["month2"] or "", told["day"] or told["day2"] or ""
        if _is_date(month, day) and (year or month):
            yield match.start(), match.end(), _spelt(year, month, day)


def _arabic_year(text: str) -> str:
    return (
        text
        if text.isdecimal() and text.isascii()
        else "".join(str("〇一二三四五六七八九".find(sign.replace("零", "〇"))) for sign in text)
    )


def _is_date(month: str, day: str) -> bool:
    return (not month or 1 <= int(month) <= 12) and (not day or 1 <= int(day) <= 31)


def _spelt(year: str, month: str, day: str) -> str:
    parts = [part.zfill(2) for part in (month, day) if part]
    return "-".join([year or "-", *parts]) if parts else year
