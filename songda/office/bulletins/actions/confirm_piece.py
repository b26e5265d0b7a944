"""Confirm 确认 what no rule can decide: a number typed by hand, 全部 without exceptions, a rate whose parts nobody reported."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.bulletins import access
from songda.office.bulletins.actions.write_piece import closed
from songda.office.bulletins.models import Confirmation
from songda.office.bulletins.queries.manuscripts import faults_in, manuscript_of
from songda.office.bulletins.states import Why
from songda.registry.actors import Actor


@transaction.atomic
def confirm_in_piece(piece_id: int, sort: str, key: str, reason: str, *, by: Actor, now: dt.datetime) -> Confirmation:
    """Answer for one fault of a draft, with a reason that is printed. Invalid where the draft has no such fault."""
    piece = access.piece_to_write(piece_id, by, now)
    if piece.state != "draft":
        raise closed()
    told = reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明理由。"), fields={"reason": _("请写明理由。")})
    if not any((one.sort, one.key) == (sort, key) for one in faults_in(piece, manuscript_of(piece))):
        raise Conflict(_("这一处已经改过，不必确认。"), advice=_("请刷新页面。"))
    made = Confirmation.objects.create(
        piece=piece, sort=Why(sort), key=key, reason=told, confirmed_at=now, confirmed_name=by.name
    )
    piece.written_by, piece.written_at = by.account_id, now
    piece.save(update_fields=["written_by", "written_at"])
    record("bulletin.confirm", piece, by=by, now=now, after={"sort": sort, "key": key, "reason": told})
    return made
