"""Restate a published piece 更正: another edition under the same number, with the values as they now stand. The old one stays."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.bulletins import access
from songda.office.bulletins.actions.binding import bind, draw
from songda.office.bulletins.models import Confirmation, Piece
from songda.office.bulletins.queries.press import frame_of
from songda.registry.actors import Actor

COPIED = ("template", "sort", "kind", "unit", "area_path", "readers", "as_of", "headline", "sections", "demonstration")


@transaction.atomic
def restate_piece(piece_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Piece:
    """Draft the next edition of a published piece, with the reason that is printed on it; Conflict where there is one already."""
    old = access.piece_to_write(piece_id, by, now)
    told = reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明更正原因。"), fields={"reason": _("请写明更正原因。")})
    if old.state != "published":
        raise Conflict(_("只有已印发的稿件可以更正。"), advice=_("草稿请直接修改。"))
    piece = Piece(
        **{name: getattr(old, name) for name in COPIED}, restates=old, edition=old.edition + 1, reason=told, drafted_at=now,
        drafted_by=by.account_id, drafted_name=by.name, written_at=now, written_by=by.account_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            piece.save()
    except IntegrityError as error:
        raise Conflict(_("这一版已有更正版。"), advice=_("请打开更正版继续。")) from error
    _carry_over(old, piece)
    bind(piece, draw(piece, by=by, now=now))
    record("bulletin.restate", piece, by=by, now=now, after={"restates": old.pk, "number": old.number, "reason": told})
    return piece


def _carry_over(old: Piece, piece: Piece) -> None:
    """The frame of a news item and what was confirmed in the same words."""
    frame = frame_of(old)
    if frame is not None:
        frame.pk, frame.piece = None, piece
        frame.save(force_insert=True)
    for quotation in old.quotations.all():
        quotation.pk, quotation.piece = None, piece
        quotation.save(force_insert=True)
    for photo in old.photos.all():
        photo.pk, photo.piece = None, piece
        photo.save(force_insert=True)
    Confirmation.objects.bulk_create(
        Confirmation(piece=piece, sort=one.sort, key=one.key, reason=one.reason, confirmed_at=one.confirmed_at, confirmed_name=one.confirmed_name)
        for one in old.confirmations.all()
    )  # fmt: skip
