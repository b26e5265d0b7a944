"""Changes of pieces: draft, write, bind anew, confirm, publish, restate, void; news frames; what units send in."""

from __future__ import annotations

from songda.office.bulletins.actions.confirm_piece import confirm_in_piece
from songda.office.bulletins.actions.draft_piece import NewPiece, draft_piece
from songda.office.bulletins.actions.frame_news import (
    Frame,
    NewPhoto,
    add_photo,
    add_quotation,
    frame_news,
    remove_photo,
    remove_quotation,
)
from songda.office.bulletins.actions.print_piece import print_piece
from songda.office.bulletins.actions.publish_piece import publish_piece
from songda.office.bulletins.actions.restate_piece import restate_piece
from songda.office.bulletins.actions.send_submission import NewSubmission, return_submission, send_submission, take_submission
from songda.office.bulletins.actions.void_piece import void_piece
from songda.office.bulletins.actions.write_piece import refresh_piece, write_piece

__all__ = [
    "Frame",
    "NewPhoto",
    "NewPiece",
    "NewSubmission",
    "add_photo",
    "add_quotation",
    "confirm_in_piece",
    "draft_piece",
    "frame_news",
    "print_piece",
    "publish_piece",
    "refresh_piece",
    "remove_photo",
    "remove_quotation",
    "restate_piece",
    "return_submission",
    "send_submission",
    "take_submission",
    "void_piece",
    "write_piece",
]
