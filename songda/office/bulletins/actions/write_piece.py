"""Write on a draft 改稿, and draw its numbers anew 重新取数."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.bulletins import access
from songda.office.bulletins.actions.binding import bind, changes_in, draw
from songda.office.bulletins.models import Piece
from songda.office.bulletins.rules.places import PlaceError, kept, places_in
from songda.office.bulletins.rules.punctuation import tidied
from songda.office.bulletins.rules.rendering import Section
from songda.office.indicators.queries import definitions
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

LONGEST = 20_000


@transaction.atomic
def write_piece(piece_id: int, headline: str, sections: Sequence[Section], *, by: Actor, now: dt.datetime) -> Piece:
    """Keep the title and sections of a draft, marks set full-width, labels turned into codes, and bind their numbers.

    Invalid, with the field, where braces cannot be read or name no indicator; Conflict once it is published.
    """
    piece = access.piece_to_write(piece_id, by, now)
    texts = read({"headline": headline} | {f"text_{at}": one.text for at, one in enumerate(sections)})
    units = set(Organisation.objects.filter(code__in={one.unit for one in sections}).values_list("code", flat=True))
    data = [
        Section(one.heading.strip()[:60], texts[f"text_{at}"], one.unit if one.unit in units else "").as_data()
        for at, one in enumerate(sections)
        if texts[f"text_{at}"] or one.heading.strip()
    ]
    before = {"headline": piece.headline, "sections": piece.sections}
    after = {"headline": texts["headline"][:300], "sections": data}
    _keep(piece, by, now, **after)
    if before != after:
        record("bulletin.write", piece, by=by, now=now, after={"title": piece.title, "sections": len(data)})
    return piece


@transaction.atomic
def refresh_piece(piece_id: int, *, by: Actor, now: dt.datetime) -> list[tuple[str, str, str]]:
    """Draw every number anew as of the piece's moment; what reads otherwise (label, old, new) is noted in the piece."""
    piece = access.piece_to_write(piece_id, by, now)
    if piece.state != "draft":
        raise closed()
    drawn = draw(piece, by=by, now=now)
    changed = changes_in(piece, drawn)
    bind(piece, drawn)
    if changed:
        piece.changes = [*piece.changes, {"at": now.isoformat(), "numbers": [list(one) for one in changed]}]
        Piece.objects.filter(pk=piece.pk).update(changes=piece.changes, written_at=now)
        record("bulletin.refresh", piece, by=by, now=now, after={"changed": [list(one) for one in changed]})
    return changed


def read(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts as they are kept; Invalid, by field, for those that cannot be."""
    known = definitions()
    codes = {one.label: code for code, one in reversed(known.items())}
    found, wrong = {}, {}
    for name, text in texts.items():
        try:
            found[name] = kept(tidied(text), codes)
            strange = [place.name for place in places_in(found[name]) if place.name not in known]
        except PlaceError as error:
            wrong[name] = f"{error}。"
            continue
        if strange:
            wrong[name] = _("没有指标“%(names)s”。") % {"names": "、".join(strange)}
        elif len(found[name]) > LONGEST:
            wrong[name] = _("太长，不超过 2 万字。")
    if wrong:
        raise Invalid(_("占位写得不对。"), advice=_("指标写在花括号里，如 {累计复工复产企业}。"), fields=wrong)
    return found


def closed() -> Conflict:
    """Nobody writes on what went out."""
    return Conflict(_("稿件已不是草稿，不能修改。"), advice=_("已印发的如需更正，请办理更正。"))


def _keep(piece: Piece, by: Actor, now: dt.datetime, **changes: object) -> None:
    rows = Piece.objects.filter(pk=piece.pk, state="draft")
    if rows.update(written_at=now, written_by=by.account_id, **changes) != 1:
        raise closed()
    piece.refresh_from_db()
    bind(piece, draw(piece, by=by, now=now))
