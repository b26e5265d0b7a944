"""Amount drafts 金额草稿: the formula of a measure where the text leaves no choice; else none.

Two forms: one fixed sum (给予20万元奖励), and a share of a fact of the catalogue (按研发费用的10%给予补助，最高不超过50万元).
"""

from __future__ import annotations

import re

from songda.engines.reading.document import Figure, Measure
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.terms.phrase_numbers import fact_called
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.parse import parse_amount
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show

_BASE = r"(?:按照?|返还|给予)(?:其|企业|该企业)?(?P<base>[\u4e00-\u9fa5]{3,20}?)的(?:比例)?"
_ONE_FIRM = re.compile(r"(?:单个|每个|每家|每户|单户|同一|一次性|对)?(?:企业|单位|家|户|主体)?$")
_GIVEN = re.compile(
    r"(?:给予|予以|发放)[^，。\d]{0,16}\d[\d,.]*\s*万?元|\d[\d,.]*\s*万?元[^，。\d]{0,6}(?:奖励|补助|补贴|奖补|资助)"
)
_MORE = re.compile(r"每|各|分别|再|追加|增加|提高|额外|累计|总计|共计|标准|差额")
_MONEY = ("元", "万元")


def amount_rule(measure: Measure, catalogue: Catalogue) -> str:
    """The drafted formula in its canonical print, or an empty string."""
    if len({figure.tier for figure in (*measure.amounts, *measure.rates)} - {None}) > 1:
        return ""
    text = _share(measure, catalogue) if measure.rates else _sum(measure)
    try:
        return show(parse_amount(text, catalogue), catalogue) if text else ""
    except RuleError:
        return ""


def _sum(measure: Measure) -> str:
    """The one fixed sum of a measure that speaks of no other money and of no period or count."""
    if len(measure.amounts) != 1 or measure.durations or measure.counts:
        return ""
    figure = measure.amounts[0]
    said = shadow(figure.quote.text)
    plain = figure.role == "fixed" and _is_for_one_firm(figure) and _GIVEN.search(said) and not _MORE.search(said)
    return _money(figure) if plain else ""


def _share(measure: Measure, catalogue: Catalogue) -> str:
    if len(measure.rates) != 1 or len(measure.amounts) > 1 or measure.durations:
        return ""
    rate = measure.rates[0]
    if rate.high is not None or rate.role != "rate" or rate.unit != "%":
        return ""
    said = shadow(measure.quote.text)
    at = rate.mark.start - measure.quote.start
    match = re.search(_BASE + r"$", said[:at])
    fact = fact_called(match["base"], catalogue) if match else None
    if fact is None or fact.unit != "元":
        return ""
    cap = measure.amounts[0] if measure.amounts else None
    if cap is not None and not (cap.role == "cap" and _is_for_one_firm(cap) and _money(cap)):
        return ""
    return f"{fact.name} × {rate.low.normalize():f}%{f' 上限 {_money(cap)}' if cap else ''}"


def _money(figure: Figure) -> str:
    return f"{figure.low.normalize():f}{figure.unit}" if figure.high is None and figure.unit in _MONEY else ""


def _is_for_one_firm(figure: Figure) -> bool:
    return _ONE_FIRM.fullmatch(figure.scope) is not None
