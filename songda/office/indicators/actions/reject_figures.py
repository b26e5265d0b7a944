"""Figures that are not taken 不采用, with the reason; and taking that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotFound
from songda.kernel.machines import move
from songda.office.indicators import access
from songda.office.indicators.models import ReadFigure
from songda.office.indicators.states import READ_FIGURE, Rejection
from songda.registry.actors import Actor


@transaction.atomic
def reject_figures(
    reading_id: int, numbers: Sequence[int], reason: str, *, by: Actor, now: dt.datetime, note: str = ""
) -> list[ReadFigure]:
    """Take none of these figures of a reading. Invalid without a reason of `Rejection`; “other” wants a note."""
    reading = access.reading_to_review(reading_id, by)
    if reason not in Rejection.values:
        raise Invalid(_("请选择不采用的原因。"), fields={"reason": _("请选择不采用的原因。")})
    if reason == Rejection.OTHER and not note.strip():
        raise Invalid(_("原因为“其他”时请写明。"), fields={"note": _("请写明原因。")})
    rows = list(reading.figures.filter(number__in=numbers).order_by("number"))
    if not rows or len(rows) != len(set(numbers)):
        raise NotFound(_("没有选中任何数，或其中有的不在这份简报里。"), advice=_("请在列表里勾选。"))
    for row in rows:
        move(READ_FIGURE, row, "reject", rejection=reason, note=note.strip()[:200], decided_at=now, decided_name=by.name)
        record("figures.reject", row, by=by, now=now, after={"reason": reason, "note": row.note, "value": row.value + row.unit})
    return rows


@transaction.atomic
def reopen_figure(reading_id: int, number: int, *, by: Actor, now: dt.datetime) -> ReadFigure:
    """Review a rejected figure again."""
    row = access.read_figure_to_review(reading_id, number, by)
    move(READ_FIGURE, row, "reopen", rejection="", note="", decided_at=None, decided_name="")
    record("figures.reopen", row, by=by, now=now)
    return row
