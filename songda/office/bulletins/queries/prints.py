"""Prints 印件 of a piece: made from its content, and once it is published kept for good under their digest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from songda.engines.printing import OFFICIAL
from songda.kernel import clock
from songda.kernel.errors import Conflict
from songda.kernel.files import ContentStore
from songda.kernel.prints import to_docx, to_pdf
from songda.office.bulletins.models import Piece
from songda.office.bulletins.queries.manuscripts import reading_of, template_for
from songda.office.bulletins.queries.press import byline_of, frame_of
from songda.office.bulletins.rules.printed import Head, printed
from songda.office.bulletins.rules.wording import day_said

FORMS = ("pdf", "docx")


def store() -> ContentStore:
    """Where prints are kept: apart from evidence, whose sweep would not know them."""
    return ContentStore(Path(settings.MEDIA_ROOT) / "printed")


def made(piece: Piece, content: Mapping[str, Any], form: str) -> bytes:
    """A print of this content."""
    tree = printed(head_of(piece), content)
    return to_pdf(tree, layout=OFFICIAL) if form == "pdf" else to_docx(tree)


def print_of(piece: Piece, form: str) -> bytes:
    """The kept print of a published piece; of a draft one made now. Conflict where a kept one is missing or was changed."""
    if piece.state != "published":
        return made(piece, reading_of(piece).content, form)
    data = store().read(piece.pdf if form == "pdf" else piece.docx)
    if data is None:
        raise Conflict(_("存档的印件已丢失或被改动，不能打开。"), advice=_("请联系系统管理员从备份恢复。"), code="print_damaged")
    return data


def head_of(piece: Piece) -> Head:
    """What stands around the text."""
    template, frame = template_for(piece), frame_of(piece)
    signed = day_said(clock.day_of(piece.published_at or piece.written_at))
    restated = ""
    if piece.restates is not None:
        restated = _("本版为更正版，更正%(number)s：%(reason)s") % {"number": piece.restates.number, "reason": piece.reason}
    stamp = _("草稿　未印发") if piece.state == "draft" and not piece.pdf and piece.published_at is None else ""
    return Head(
        unit=template.issuer or piece.unit.name, date=signed, masthead=template.masthead, number=piece.number, copies_to=template.copies_to,
        kicker=frame.kicker if frame else "", byline=byline_of(frame), restated=restated,
        stamp=stamp or (_("演示数据") if piece.demonstration else ""),
    )  # fmt: skip
