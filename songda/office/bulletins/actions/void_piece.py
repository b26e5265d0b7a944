"""Void a draft 作废."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.kernel.machines import move
from songda.office.bulletins import access
from songda.office.bulletins.models import Piece
from songda.office.bulletins.states import PIECE
from songda.registry.actors import Actor


@transaction.atomic
def void_piece(piece_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Piece:
    """Give a draft up, with a reason. A void edition no longer stands in the way of another."""
    piece = access.piece_to_write(piece_id, by, now)
    told = reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明原因。"), fields={"reason": _("请写明原因。")})
    move(PIECE, piece, "void", reason=told, restates=None)
    record("bulletin.void", piece, by=by, now=now, after={"reason": told})
    return piece
