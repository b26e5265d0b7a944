"""What a news item needs beside its numbers: a by-line, consent to quotations and to photographs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.office.bulletins.models import NewsFrame, Photo, Piece, Quotation
from songda.office.bulletins.rules.fitness import BLOCK, Fault, Manuscript
from songda.office.bulletins.rules.rendering import plain

_SPOKEN = re.compile(r"[：:]“([^”]{4,})”|“([^”]{6,})[，,。！？]?”[^。]{0,12}(?:说|表示|介绍|告诉)")


def frame_of(piece: Piece) -> NewsFrame | None:
    """The frame of a news item, None for a bulletin."""
    return NewsFrame.objects.filter(piece=piece).first()


def byline_of(frame: NewsFrame | None) -> str:
    """记者 甲　通讯员 乙."""
    if frame is None:
        return ""
    told = [
        f"记者 {frame.reporters}" if frame.reporters else "",
        f"通讯员 {frame.correspondents}" if frame.correspondents else "",
    ]
    return "　".join(one for one in told if one)


def press_faults(piece: Piece, text: Manuscript) -> list[Fault]:
    """What keeps a news item from being released beside what is said of its numbers."""
    return [*_byline(piece), *_spoken(piece, text), *_consents(piece)]


def _byline(piece: Piece) -> Iterator[Fault]:
    if not byline_of(frame_of(piece)):
        yield Fault(BLOCK, "byline", "还没有署名：请写明记者或通讯员。")


def _spoken(piece: Piece, text: Manuscript) -> Iterator[Fault]:
    known = "\n".join(piece.quotations.values_list("words", flat=True))
    for line in text.paragraphs:
        for found in _SPOKEN.finditer(plain(line)):
            words = (found[1] or found[2]).strip("，。！？")
            if words not in known:
                yield Fault(BLOCK, "quotation", f"“{words[:30]}”是谁的话、是否同意刊发，没有登记：请登记引语和同意凭证。")


def _consents(piece: Piece) -> Iterator[Fault]:
    for quotation in Quotation.objects.filter(piece=piece).select_related("consent__file"):
        if quotation.consent is None or not quotation.consent.counts:
            yield Fault(BLOCK, "consent", f"引语“{quotation.words[:30]}”没有本人同意刊发的凭证。")
    for photo in Photo.objects.filter(piece=piece).select_related("consent__file", "picture__file"):
        if not photo.picture.counts:
            yield Fault(BLOCK, "photo", f"照片“{photo.caption[:30]}”已作废或损坏，请换一张。")
        if not photo.no_faces and (photo.consent is None or not photo.consent.counts):
            yield Fault(BLOCK, "consent", f"照片“{photo.caption[:30]}”上有可辨认的人，没有同意刊发的凭证。")
