"""What keeps a figure from being printed 能否发布 (Appendix G 1 and 6 of the mission)."""

from __future__ import annotations

from collections.abc import Collection

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.figures import Figure
from songda.office.indicators.states import FlagKind


def obstacles(figure: Figure, flags: Collection[str]) -> tuple[str, ...]:
    """Sentences, none when it may be printed. `flags`: the kinds of flags it bears."""
    if figure.rhetorical:
        return (_("是修辞，不是数据。"),)
    found = []
    if not figure.as_of:
        found.append(_("没有时点。"))
    if not figure.scope:
        found.append(_("没有写明口径。"))
    if figure.kind == "rate" and not (figure.numerator and figure.denominator):
        found.append(_("比率没有分子和分母。"))
    if FlagKind.RATIO_OVER_100 in flags:
        found.append(_("比率超过100%，尚无说明。"))
    return tuple(found)
