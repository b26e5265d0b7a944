"""Publish a piece 编号印发: by another person, only where nothing speaks against it; numbered, frozen, printed and kept, at once."""

from __future__ import annotations

import datetime as dt
import io

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.notices.actions import announce
from songda.ledger.notices.rules.events import Happened
from songda.ledger.papers.actions import next_ordinal
from songda.office.bulletins import access
from songda.office.bulletins.actions.binding import changes_in, draw
from songda.office.bulletins.models import Piece
from songda.office.bulletins.queries.manuscripts import content_of, faults_in, manuscript_of, template_for
from songda.office.bulletins.queries.prints import FORMS, made, store
from songda.office.bulletins.rules.fitness import blocking
from songda.office.bulletins.rules.frozen import digest_of
from songda.office.bulletins.rules.templates import Template, numbered
from songda.office.bulletins.states import PIECE
from songda.registry.actors import Actor

LARGEST = 50 << 20  # bytes; a bulletin has a few hundred thousand


@transaction.atomic
def publish_piece(piece_id: int, *, by: Actor, now: dt.datetime) -> Piece:
    """Give a draft its number, freeze what it reads and keep its print.

    NotPermitted for who drafted or last wrote; Conflict where a number has changed since it was drawn, or somebody was faster;
    Invalid, with everything that blocks, where it may not go out. Then no number is used.
    """
    piece = access.piece_to_publish(piece_id, by, now)
    check_second_person(piece, by)
    if piece.state == "draft":
        check_fresh(piece, by, now)
    piece.published_at = now
    text = manuscript_of(piece)
    faults = faults_in(piece, text)
    if blocks := blocking(faults):
        listed = {f"block_{at}": one.text for at, one in enumerate(blocks)}
        raise Invalid(
            _("有 %(n)d 处不能印发。") % {"n": len(blocks)}, advice=_("请退回起草人处理。"), fields=listed, code="blocked"
        )
    content = content_of(piece, text, faults)
    changes: dict[str, object] = {"frozen": content, "digest": digest_of(content), "published_at": now, "published_name": by.name}
    template = template_for(piece)
    changes["keep_until"] = dt.date(clock.day_of(now).year + template.retention, 12, 31)
    if piece.sort == "bulletin":
        # Last of all: from here to the end of the transaction other issuers of the series wait.
        changes |= number_for(piece, template, clock.day_of(now).year)
    for name, value in changes.items():
        setattr(piece, name, value)
    changes |= kept_prints(piece)
    # `written_at` as it was read: what was written meanwhile has been seen by nobody.
    move(PIECE, piece, "publish", {"written_at": piece.written_at}, **changes)
    record("bulletin.publish", piece, by=by, now=now, after={"number": piece.number, "digest": piece.digest, "pdf": piece.pdf})
    told = {"sort": piece.sort, "number": piece.number, "edition": piece.edition, "digest": piece.digest}
    happened = Happened("bulletin.published", told, f"/bulletins/{piece.pk}/")
    announce(happened, lambda actor: access.visible_to(actor, now).filter(pk=piece.pk), now=now)
    return piece


def check_second_person(piece: Piece, by: Actor) -> None:
    """Refuse who drafted or last wrote. (Only posts of the demonstration have no account; nobody signs in through one.)"""
    if by.account_id is not None and by.account_id in (piece.drafted_by, piece.written_by):
        raise NotPermitted(_("须由起草人以外的人签发。"), advice=_("请交有签发权限的另一人办理。"))


def check_fresh(piece: Piece, by: Actor, now: dt.datetime) -> None:
    """Refuse a draft whose numbers have changed since they were drawn."""
    if changed := changes_in(piece, draw(piece, by=by, now=now)):
        said = "；".join(f"{label} {old or '—'} → {new or '—'}" for label, old, new in changed[:5])
        raise Conflict(
            _("有 %(n)d 个数在起草后变了：%(said)s。") % {"n": len(changed), "said": said},
            advice=_("请起草人重新取数，再看一遍。"),
        )


def number_for(piece: Piece, template: Template, year: int) -> dict[str, object]:
    """The next number of the series; an edition that restates keeps the number of the one it restates."""
    old = piece.restates
    if old is not None:
        return {"series": old.series, "ordinal": old.ordinal, "number": old.number, "edition": old.edition + 1}
    series = f"{template.series or template.masthead}｜{piece.unit.name}｜{year}｜{{n}}"
    ordinal = next_ordinal(series)
    return {"series": series, "ordinal": ordinal, "number": numbered(template, ordinal, year)}


def kept_prints(piece: Piece) -> dict[str, object]:
    """Its prints, kept under their digests."""
    return {form: keep(made(piece, piece.frozen, form)) for form in FORMS}


def keep(data: bytes) -> str:
    """Keep bytes in the store of prints; their digest."""
    files = store()
    with files.receive(io.BytesIO(data), LARGEST) as incoming:
        files.keep(incoming)
        return incoming.digest
