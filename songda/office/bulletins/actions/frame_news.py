"""What a news item needs beside its text 新闻要素: by-line, kicker, place, embargo; quotations and photographs with consent."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.evidence.access import evidence_for
from songda.ledger.evidence.models import Evidence
from songda.office.bulletins import access
from songda.office.bulletins.actions.write_piece import closed
from songda.office.bulletins.models import NewsFrame, Photo, Piece, Quotation
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a news item."""

    kicker: str = ""
    reporters: str = ""
    correspondents: str = ""
    place: str = ""
    embargo_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photograph from evidence, by numbers."""

    picture_id: int
    caption: str
    consent_id: int | None = None
    no_faces: bool = False


@transaction.atomic
def frame_news(piece_id: int, frame: Frame, *, by: Actor, now: dt.datetime) -> Piece:
    """Write kicker, by-line, place and embargo of a draft."""
    piece = _draft(piece_id, by, now)
    NewsFrame.objects.filter(piece=piece).update(**asdict(frame))
    return _noted(piece, "frame", by, now)


@transaction.atomic
def add_quotation(piece_id: int, words: str, speaker: str, consent_id: int | None, *, by: Actor, now: dt.datetime) -> Quotation:
    """Register words of a person, with the evidence of consent once it is there. The item is not released without it."""
    piece = _draft(piece_id, by, now)
    if not words.strip() or not speaker.strip():
        raise Invalid(_("请写明引语和说话人的身份。"), fields={"words": _("必填")})
    made = Quotation.objects.create(
        piece=piece, words=words.strip("“” \n")[:400], speaker=speaker.strip()[:80], consent=_evidence(consent_id, by)
    )
    _noted(piece, "quotation", by, now)
    return made


@transaction.atomic
def add_photo(piece_id: int, new: NewPhoto, *, by: Actor, now: dt.datetime) -> Photo:
    """Add a photograph from evidence; with consent, or declared to show nobody who could be known."""
    piece = _draft(piece_id, by, now)
    picture = evidence_for(new.picture_id, by)
    if not picture.is_picture:
        raise Invalid(_("这份凭证不是照片。"), fields={"picture": _("请选择照片。")})
    made = Photo.objects.create(
        piece=piece, picture=picture, caption=new.caption.strip()[:200], consent=_evidence(new.consent_id, by), no_faces=new.no_faces
    )  # fmt: skip
    _noted(piece, "photo", by, now)
    return made


@transaction.atomic
def remove_quotation(piece_id: int, quotation_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Take a quotation out of a draft."""
    piece = _draft(piece_id, by, now)
    _gone(Quotation.objects.filter(piece=piece, pk=quotation_id).delete()[0])
    _noted(piece, "quotation", by, now)


@transaction.atomic
def remove_photo(piece_id: int, photo_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Take a photograph out of a draft."""
    piece = _draft(piece_id, by, now)
    _gone(Photo.objects.filter(piece=piece, pk=photo_id).delete()[0])
    _noted(piece, "photo", by, now)


def _draft(piece_id: int, by: Actor, now: dt.datetime) -> Piece:
    piece = access.piece_to_write(piece_id, by, now)
    if piece.state != "draft":
        raise closed()
    if piece.sort != "news":
        raise Conflict(_("这不是新闻稿。"), advice=_("请从新闻稿列表进入。"))
    return piece


def _evidence(evidence_id: int | None, by: Actor) -> Evidence | None:
    return None if evidence_id is None else evidence_for(evidence_id, by)


def _gone(count: int) -> None:
    if not count:
        raise NotFound(_("已经不在稿件里了。"), advice=_("请刷新页面。"))


def _noted(piece: Piece, what: str, by: Actor, now: dt.datetime) -> Piece:
    Piece.objects.filter(pk=piece.pk).update(written_at=now, written_by=by.account_id)
    piece.refresh_from_db()
    record("bulletin.frame", piece, by=by, now=now, after={"changed": what})
    return piece
