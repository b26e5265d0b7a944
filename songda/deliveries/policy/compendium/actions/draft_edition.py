"""Draft an edition 编一期汇编: all filed policies in reach, less what the editor leaves out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.compendium.access import edition_to_change
from songda.deliveries.policy.compendium.models import Edition, EditionEntry, EditionFiling
from songda.deliveries.policy.compendium.rules.contents import in_order
from songda.deliveries.policy.library.access import documents_visible_to, require
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.queries import category_labels, kind_labels
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, NotFound
from songda.registry.actors import Actor, require_area

COPIED = ("title", "number", "issuer", "level", "issued_on", "valid_from", "valid_until", "validity_text", "digest")
RANK = ("central", "province", "city", "district", "park")


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What an edition is called, for whom and as of which day."""

    number: str
    title: str
    issuer: str
    area_path: str
    as_of: dt.date
    demonstration: bool = False


@transaction.atomic
def draft_edition(new: NewEdition, *, by: Actor, now: dt.datetime) -> Edition:
    """A draft with every filed policy the editor can read, issued by its day, in its latest text. A number is used once."""
    require(by, "policy.edit")
    require_area(by, new.area_path)
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                number=new.number.strip(), title=new.title.strip(), issuer=new.issuer.strip(), area_path=new.area_path,
                as_of=new.as_of, demonstration=new.demonstration, drafted_by=by.account_id, drafted_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("这个期号已经用过。"), fields={"number": _("请换一个期号。")}, code="number_used") from error
    taken = _take_in(edition, by)
    record("compendium.draft", edition, by=by, now=now, after={"number": edition.number, "entries": taken})
    return edition


@transaction.atomic
def gather_documents(edition_id: int, *, by: Actor, now: dt.datetime) -> int:
    """Gather anew: policies filed since come in, copies are brought up to date; how many there are."""
    edition = edition_to_change(edition_id, by)
    edition.entries.all().delete()
    taken = _take_in(edition, by)
    record("compendium.gather", edition, by=by, now=now, after={"entries": taken})
    return taken


@transaction.atomic
def leave_out(edition_id: int, entry_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Leave a policy out of a draft; the others close up."""
    edition = edition_to_change(edition_id, by)
    entry = edition.entries.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("本期汇编没有这一条。"), advice=_("请刷新页面。"))
    record("compendium.leave_out", edition, by=by, now=now, before={"document": entry.document_id, "title": entry.title})
    entry.delete()
    for ordinal, one in enumerate(edition.entries.order_by("ordinal"), 1):
        if one.ordinal != ordinal:
            EditionEntry.objects.filter(pk=one.pk).update(ordinal=ordinal)


def _take_in(edition: Edition, by: Actor) -> int:
    labels, kinds = category_labels(), kind_labels()
    rows = documents_visible_to(by).filter(filings__isnull=False, later__isnull=True)
    rows = rows.exclude(issued_on__gt=edition.as_of).distinct().prefetch_related("filings")
    documents = {one.pk: one for one in rows}
    filed = {key: [one.category for one in document.filings.all()] for key, document in documents.items()}
    order = in_order(filed, list(labels), {key: _place(one) for key, one in documents.items()})
    entries = EditionEntry.objects.bulk_create(
        EditionEntry(
            edition=edition, document=documents[key], ordinal=ordinal, kind=kinds.get(documents[key].kind, ""),
            **{name: getattr(documents[key], name) for name in COPIED},
        )
        for ordinal, key in enumerate(order, 1)
    )  # fmt: skip
    places = {
        code: at for at, code in enumerate(dict.fromkeys([*labels, *sorted({c for codes in filed.values() for c in codes})]), 1)
    }
    EditionFiling.objects.bulk_create(
        EditionFiling(entry=entry, category=code, label=labels.get(code, code), ordinal=places[code])
        for entry in entries
        for code in filed[entry.document_id]
    )
    return len(entries)


def _place(document: Document) -> tuple[object, ...]:
    return RANK.index(document.level), document.issued_on or dt.date.max, document.pk
