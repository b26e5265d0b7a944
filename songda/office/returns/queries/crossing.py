"""Checks across returns 表间核对: child sum against parent, two departments on one figure, exactly 100 % everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from songda.office.indicators.states import Precision
from songda.office.returns.models import Entry, Return
from songda.office.returns.rules.entries import Entry as Number
from songda.office.returns.rules.entries import shown
from songda.office.returns.rules.forms import Place, Rule
from songda.office.returns.rules.validation import Breach, Filled, breach_of
from songda.office.returns.states import RuleKind

COMPLETE = ("submitted", "approved", "accepted")
FULL, SEVERAL = Fraction(100), 3  # so many units, all of them exactly 100 %
Look = Callable[[Return, Rule, Number], str]


def crossing(return_: Return, filled: Filled) -> Iterator[Breach]:
    """What other returns of the same period say against this one. Nothing where they have not come."""
    for rule in filled.form.rules:
        own = filled.entries.get(Place(rule.indicator)) if rule.indicator else None
        if rule.kind not in LOOKS or own is None or own.precision != Precision.EXACT:
            continue
        if text := LOOKS[rule.kind](return_, rule, own):
            yield breach_of(rule, text, filled.explanations)


def _said(rows: list[Return], code: str) -> dict[int, Number]:
    """The exact figure by return, of the versions at work."""
    at_work = {one.pk: one.number for one in rows}
    found = Entry.objects.filter(version__of_return__in=at_work, code=code, cell="", precision=Precision.EXACT)
    return {
        one.version.of_return_id: Number(Fraction(one.number, 10**one.scale))
        for one in found.select_related("version")
        if one.version.number == at_work[one.version.of_return_id]
    }


def _beside(return_: Return, code: str) -> list[Return]:
    """Complete returns of a form for the same period, but this one."""
    rows = Return.objects.filter(code=code, last=return_.last, state__in=COMPLETE).exclude(pk=return_.pk)
    return list(rows.select_related("organisation", "about"))


def _children(return_: Return, rule: Rule, own: Number) -> str:
    """All units right below owe the lower form; only when every one of them is complete can their sum be held against the figure."""
    owed = Return.objects.filter(code=rule.form, last=return_.last, about__parent_id=return_.about_id)
    rows = list(owed.filter(state__in=COMPLETE))
    if not rows or len(rows) < owed.count():
        return ""
    said = _said(rows, rule.indicator)
    total = sum((one.exact for one in said.values()), Fraction(0))
    if len(said) < len(rows) or total == own.exact:
        return ""
    return _("%(n)d个下级单位合计%(total)s，本表填%(own)s，相差%(gap)s。") % {
        "n": len(said), "total": shown(Number(total)), "own": shown(own), "gap": shown(Number(own.exact - total)),
    }  # fmt: skip


def _agree(return_: Return, rule: Rule, own: Number) -> str:
    rows = [one for one in _beside(return_, rule.form) if one.about_id == return_.about_id]
    said = _said(rows, rule.indicator)
    others = [f"{one.organisation.short_name} {shown(said[one.pk])}" for one in rows if one.pk in said and said[one.pk] != own]
    if not others:
        return ""
    return _("同一时点本单位填%(own)s，%(others)s：请会商后统一。") % {"own": shown(own), "others": "、".join(others)}


def _everywhere(return_: Return, rule: Rule, own: Number) -> str:
    said = _said(_beside(return_, return_.code), rule.indicator)
    if own.exact != FULL or len(said) + 1 < SEVERAL or any(one.exact != FULL for one in said.values()):
        return ""
    return _("已报的%(n)d个单位全部恰为100%%：请逐户核实分母，列明例外。") % {"n": len(said) + 1}


LOOKS: dict[str, Look] = {RuleKind.CHILDREN: _children, RuleKind.AGREE: _agree, RuleKind.EVERYWHERE: _everywhere}
