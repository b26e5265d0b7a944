"""Reading a bulletin 读简报: plain text, figures, their words, relations, suspicions, in this order."""

from __future__ import annotations

import re
from itertools import chain

from songda.engines.figures.blocked import dates
from songda.engines.figures.bulletin import Bulletin, CheckedRelation, Figure, Flag
from songda.engines.figures.checks import Check
from songda.engines.figures.context import Scope, scopes, with_context
from songda.engines.figures.mentions import Mention
from songda.engines.figures.plain import Plain, make_plain
from songda.engines.figures.relations import relations
from songda.engines.figures.scan import scan
from songda.engines.figures.suspicions import Reading, Suspicion, suspicions

_RATES = re.compile(r"(?:[一-龥]{2,12}率[、和及与])+[一-龥]{2,12}率(?:双双|均|都|全部)?(?:达到?|为|是|保持在?)?(?:了)?$")


def read_figures(text: str) -> Bulletin:
    """All figures of `text`, the relations it states and what looks wrong. Never fails; time grows in proportion to length."""
    plain = make_plain(text)
    found = with_context(plain, scan(plain.text))
    areas = scopes(plain, found)
    checks = relations(plain, found)
    doubts = suspicions(Reading(found, areas, checks))
    read = [_figures(plain, one, area) for one, area in zip(found, areas, strict=True)]
    ordered = sorted(chain(chain.from_iterable(read), _days(plain)), key=lambda one: one.span)
    return Bulletin(tuple(ordered), tuple(_relation(plain, one) for one in checks), tuple(_flag(plain, one) for one in doubts))


def _figures(plain: Plain, one: Mention, area: Scope) -> list[Figure]:
    """The figure; as many as there are rates named before it (甲率、乙率均达100%)."""
    named = _RATES.search(one.lead) if one.is_percent else None
    subjects = re.findall(r"[一-龥]{2,12}?率", named.group()) if named else [one.subject]
    return [_figure(plain, one, area, subject) for subject in subjects]


def _figure(plain: Plain, one: Mention, area: Scope, subject: str) -> Figure:
    unit = one.unit + (f"/{one.per}" if one.per and one.is_money and _is_rate(plain, one) else "")
    clause = (one.before + plain.text[one.start : one.end] + one.after).strip()
    return Figure(
        plain.quote(one.start, one.end), plain.span(one.start, one.end), one.value, one.scale_word + unit, one.base,
        one.upto, one.precision, one.kind, subject, area.area, area.as_of, one.per, clause,
    )  # fmt: skip


def _is_rate(plain: Plain, one: Mention) -> bool:
    """元/亩, 每人次100元: the unit itself is for one of something, in so many words."""
    return "/" in plain.text[one.start : one.end] or (one.before.endswith("每" + one.per) and "平均" not in one.before)


def _days(plain: Plain) -> list[Figure]:
    return [
        Figure(plain.quote(start, end), plain.span(start, end), value, "日期", None, None, "exact", "date", "", "", value, "", plain.text[start:end])
        for start, end, value in dates(plain.text)
    ]  # fmt: skip


def _relation(plain: Plain, check: Check) -> CheckedRelation:
    ordered = (check.result, *(one for one in check.figures if one is not check.result))
    return CheckedRelation(
        check.kind, tuple(one.base for one in ordered), tuple(plain.span(one.start, one.end) for one in ordered),
        tuple(plain.quote(one.start, one.end) for one in ordered), check.computed, check.result.base, check.holds, check.note,
    )  # fmt: skip


def _flag(plain: Plain, one: Suspicion) -> Flag:
    start, end = one.figure.start, one.figure.end
    return Flag(plain.quote(start, end), plain.span(start, end), one.severity, one.sort, one.reason)
