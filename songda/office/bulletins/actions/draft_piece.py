"""Draft a piece 起草 by a template, as of a moment to the hour."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotFound
from songda.office.bulletins import access
from songda.office.bulletins.actions.binding import bind, draw
from songda.office.bulletins.models import NewsFrame, Piece, TemplateVersion
from songda.office.bulletins.rules.templates import Template, template_of
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class NewPiece:
    """What a draft begins with."""

    template: str
    unit_id: int
    as_of: dt.datetime
    demonstration: bool = False


@transaction.atomic
def draft_piece(new: NewPiece, *, by: Actor, now: dt.datetime) -> Piece:
    """Begin a bulletin or news item in the name of a unit: the template's text, every number bound as of the moment."""
    version = TemplateVersion.objects.filter(code=new.template, retired_at=None).first()
    if version is None:
        raise NotFound(_("没有这个模板。"), advice=_("请从模板中选择。"))
    unit = access.unit_to_write_for(new.unit_id, by)
    template = template_of(version.body)
    _check(template, unit.code, new.as_of, now)
    piece = Piece.objects.create(
        template=version, sort=template.sort, kind=template.kind, unit=unit, area_path=unit.area_path, readers=template.readers,
        as_of=new.as_of, headline=template.title, sections=[one.as_data() for one in template.sections], drafted_at=now,
        drafted_by=by.account_id, drafted_name=by.name, written_at=now, written_by=by.account_id, demonstration=new.demonstration,
    )  # fmt: skip
    if template.sort == "news":
        NewsFrame.objects.create(piece=piece, kicker=template.kicker, place=unit.short_name)
    bind(piece, draw(piece, by=by, now=now))
    told = {"template": version.code, "unit": unit.code, "as_of": new.as_of.isoformat(), "title": piece.title}
    record("bulletin.draft", piece, by=by, now=now, after=told)
    return piece


def _check(template: Template, unit: str, as_of: dt.datetime, now: dt.datetime) -> None:
    if template.unit and template.unit != unit:
        raise Invalid(_("这个模板是另一个单位的。"), fields={"unit": _("请选择模板写明的单位。")})
    if clock.day_of(as_of) > clock.day_of(now):
        raise Invalid(_("截至时间还没有到。"), fields={"day": _("不能晚于今天。")})
