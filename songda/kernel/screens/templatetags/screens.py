"""How values look: money in the unit people speak, figures with thousands marks, answers as words with a shape."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from songda.kernel import clock

register = template.Library()

SHAPES = {  # the engine's word → kind, icon, word in the reader's language
    "是": ("yes", "circle-check", gettext_lazy("是")),
    "否": ("no", "circle-x", gettext_lazy("否")),
    "待核": ("unknown", "help-circle", gettext_lazy("待核")),
}


@register.filter
def fen(value: int | None) -> str:
    """Fen as 元, 万元 or 亿元, exact to what is shown: 7140_0000_00 → 7,140万元."""
    if value is None:
        return "—"
    for size, unit in ((10_000_000_000, _("亿元")), (1_000_000, _("万元"))):
        if abs(value) >= size and value * 100 % size == 0:
            return f"{trimmed(value * 100 // size)}{unit}"
    return f"{trimmed(value)}{_('元')}"


def trimmed(hundredths: int) -> str:
    """Hundredths as a decimal without trailing zeros: 714000 → 7,140; 150 → 1.5."""
    whole, rest = divmod(abs(hundredths), 100)
    tail = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if hundredths < 0 else ''}{whole:,}{tail}"


@register.filter
def count(value: int | None) -> str:
    """A whole number with thousands marks, — where there is none."""
    return "—" if value is None else f"{value:,}"


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A local day as people write it here: 2020年3月17日."""
    if value is None:
        return "—"
    on = clock.day_of(value) if isinstance(value, dt.datetime) else value
    return _("%(y)d年%(m)d月%(d)d日") % {"y": on.year, "m": on.month, "d": on.day}


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A local moment to the minute."""
    return "—" if value is None else value.astimezone(clock.place()).strftime("%Y-%m-%d %H:%M")


@register.filter
def percent(part: int | None, whole: int | None) -> str:
    """part ÷ whole in per cent with two places; — without a whole (a rate without a denominator is withheld)."""
    return "—" if part is None or not whole else f"{part * 100 / whole:.2f}%"


@register.simple_tag
def answer(value: object) -> SafeString:
    """是 / 否 / 待核 as a word with its own shape (colour is kept for clocks)."""
    return _answered(str(getattr(value, "value", value)), get_language() or "")


@lru_cache(maxsize=16)
def _answered(word: str, _language: str) -> SafeString:
    kind, icon, said = SHAPES.get(word, SHAPES["待核"])
    return format_html('<span class="answer answer-{}"><i class="ti ti-{}" aria-hidden="true"></i>{}</span>', kind, icon, said)


@register.simple_tag
def state(machine_states: dict[str, str], value: str) -> SafeString:
    """A state's label as a badge."""
    return format_html('<span class="state state-{}">{}</span>', value, machine_states.get(value, value))
