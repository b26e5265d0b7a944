"""Values 取值: from what a person writes to what is stored, and back to words. Literals are those of the rule language.

Stored: numbers as integers (base units × `Unit.scale`: fen, millionths), yes/no and membership 1/0, days since 1970-01-01;
codes as text. A bare number counts in the fact's own unit, since a column of a table has its unit in its head.
"""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from songda.engines.rules.catalogue import CodeList, Kind
from songda.engines.rules.days import EPOCH, day_number, spell_day
from songda.engines.rules.lexicon import half_width
from songda.engines.rules.tell import tell_number
from songda.engines.rules.units import Unit, spell, unit
from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _

YES = frozenset({"是", "有", "在", "√", "1", "Y", "y", "YES", "yes", "true", "TRUE", "True"})
NO = frozenset({"否", "无", "不在", "没有", "×", "0", "N", "n", "NO", "no", "false", "FALSE", "False"})
NEVER_HAPPENED = frozenset({"无", "否", "从未", "从未发生", "没有", "0"})
LARGEST = 2**62
_NUMBER = re.compile(r"^([+\-−]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(.*)$")
_DAY = re.compile(r"^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:[ T]00:00:00)?$|^(\d{4})(\d{2})(\d{2})$")


def stored(kind: Kind, unit_name: str, text: str, codes: CodeList | None = None) -> tuple[int | None, str | None]:
    """What is kept of a written value: (num, text), one of the two. Invalid says what is wrong with it.

    `codes` is the code list of a CODE fact: its codes and its names are understood. An event may be written as the day it
    happened on (see `day_of_event`) or as 有 / 无.
    """
    plain = half_width(text).strip()
    match kind:
        case Kind.BOOL | Kind.LIST:
            return _yes_or_no(plain), None
        case Kind.NUM | Kind.SERIES:
            return number(plain, known_unit(unit_name)), None
        case Kind.DATE:
            return day_number(day(plain)), None
        case Kind.CODE:
            return None, code(text.strip(), codes)
        case Kind.EVENT:
            return _happened(plain), None


def in_words(kind: Kind, unit_name: str, num: int | None, text: str | None, codes: CodeList | None = None) -> str:
    """A stored value as a person would write it: 1250.5万元, 是, 2020年3月17日, 通用设备制造业. Empty where there is none."""
    if kind is Kind.CODE:
        return (codes.names.get(text or "") if codes else None) or text or ""
    if num is None:
        return ""
    if kind is Kind.DATE:
        return spell_day(EPOCH + dt.timedelta(days=num))
    if kind in (Kind.BOOL, Kind.LIST, Kind.EVENT):
        return _("是") if num else _("否")
    measure = known_unit(unit_name)
    return tell_number(Fraction(num, measure.scale), measure)


def known_unit(name: str) -> Unit:
    """The unit of a fact; Invalid where nobody knows it."""
    found = unit(name)
    if found is None:
        raise Invalid(_("计量单位“%(name)s”未登记。") % {"name": name})
    return found


def number(text: str, measure: Unit) -> int:
    """A number with or without a unit, in stored integers: 1,250.5 under 万元 is 1250500000 fen. Nothing is rounded away."""
    found = _NUMBER.match(text.replace(" ", ""))
    if found is None:
        raise Invalid(_("“%(text)s”不是数值，应如 1250.5%(unit)s。") % {"text": text, "unit": measure.name})
    sign, digits, written = found.groups()
    own = known_unit(written) if written else measure
    if own.dimension != measure.dimension:
        raise Invalid(_("单位应为%(right)s，现为“%(wrong)s”。") % {"right": spell(measure.dimension), "wrong": written})
    exact = Fraction(digits.replace(",", "")) * own.factor * measure.scale
    if exact.denominator != 1 or exact >= LARGEST:
        raise Invalid(_("“%(text)s”小数位过多或数值过大，请核对单位。") % {"text": text})
    return -int(exact) if sign in ("-", "−") else int(exact)


def day(text: str) -> dt.date:
    """A day as written in tables: 2020-03-17, 2020/3/17, 2020.3.17, 2020年3月17日, 20200317."""
    found = _DAY.match(half_width(text).strip())
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        return dt.date(*parts)
    except (TypeError, ValueError) as cause:
        raise Invalid(_("“%(text)s”不是日期，应如 2020-03-17。") % {"text": text}) from cause


def day_of_event(text: str) -> dt.date | None:
    """The day an event happened on, where the value names it; None for a mere 有 or 无."""
    try:
        return day(text)
    except Invalid:
        return None


def code(text: str, codes: CodeList | None) -> str:
    """A code by itself or by its name; a name that several codes bear is refused."""
    if codes is None or text in codes.names:
        return text
    found = [one for one, name in codes.names.items() if name == text]
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid(_("“%(text)s”对应多个代码（%(codes)s），请填写代码。") % {"text": text, "codes": "、".join(found)})
    raise Invalid(_("“%(text)s”不在代码表中。") % {"text": text})


def _yes_or_no(text: str) -> int:
    if text in YES:
        return 1
    if text in NO:
        return 0
    raise Invalid(_("“%(text)s”应填“是”或“否”。") % {"text": text})


def _happened(text: str) -> int:
    if text in NEVER_HAPPENED:
        return 0
    if text in YES or day_of_event(text):
        return 1
    raise Invalid(_("“%(text)s”应填发生日期（如 2020-03-17），从未发生的填“无”。") % {"text": text})
