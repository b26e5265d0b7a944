"""Print a piece 打印: the kept print of a published one, a stamped one of a draft."""

from __future__ import annotations

import datetime as dt

from songda.office.bulletins import access
from songda.office.bulletins.models import Piece
from songda.office.bulletins.queries.prints import print_of
from songda.registry.actors import Actor


def print_piece(piece_id: int, form: str, *, by: Actor, now: dt.datetime) -> tuple[Piece, bytes]:
    """A piece in sight and its print ('pdf' or 'docx'). Printing changes nothing; a published piece always gives the same bytes."""
    piece = access.piece_for(piece_id, by, now)
    return piece, print_of(piece, form)
