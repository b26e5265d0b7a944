"""Receive a document 收文: read it, keep it with its articles and the drafts the reader found."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import require
from songda.deliveries.policy.library.actions.index import index_document
from songda.deliveries.policy.library.actions.store_guide import store_guide
from songda.deliveries.policy.library.actions.store_reading import store_notes, store_reading
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.queries import likely_duplicate
from songda.deliveries.policy.library.queries.searching import kind_labels
from songda.deliveries.policy.library.rules.claims import claim_of
from songda.deliveries.policy.library.rules.kinds import kind_of_title
from songda.engines.reading.document import Document as Reading
from songda.engines.reading.document import Named
from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.terms.rule_drafts import draft_rules
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, require_area
from songda.registry.facts import queries as facts


class Intake(TypedDict):
    """What the person receiving says of the document; a `title` given here wins over the one read.

    `refuse_namesakes`: a document of the same title or number is refused, until the receiver says that it is another one.
    `drafts=False` keeps articles without draft measures: a pack brings its own. `notes` are what opening the file told.
    """

    level: str
    area_path: str
    title: NotRequired[str]
    file_name: NotRequired[str]
    demonstration: NotRequired[bool]
    drafts: NotRequired[bool]
    notes: NotRequired[Sequence[str]]
    refuse_namesakes: NotRequired[bool]


@transaction.atomic
def receive_document(text: str, *, by: Actor, now: dt.datetime, **intake: Unpack[Intake]) -> Document:
    """Keep a policy text: the document, its articles, a draft measure for each promise, and the open conditions;
    of a guide also a draft of implementing rules (POL-03).

    Refused: a text that cannot be read, and the same text twice (blanks aside); the same title or number only where it is asked
    for, else it is pointed out (`queries.namesakes`).
    """
    require(by, "policy.edit")
    require_area(by, intake["area_path"])
    reading = read_or_refuse(one_line_end(text))
    unsaved = described(reading, intake, by, now)
    if intake.get("refuse_namesakes"):
        refuse_namesake(unsaved)
    document = save_once(unsaved)
    drafts = intake.get("drafts", True)
    articles, measures = store_reading(document, reading, now, drafts=drafts)
    store_notes(document, intake.get("notes", ()))
    after = {"title": document.title, "digest": document.digest, "articles": articles, "measures": measures}
    record("policy.receive", document, by=by, now=now, after=after)
    if drafts:
        store_guide(document, reading, by=by, now=now)
    index_document(document)
    return document


def one_line_end(text: str) -> str:
    """The text with one sort of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_or_refuse(text: str) -> Reading:
    """The reader's draft, with rule text where a phrase is wholly understood; Invalid where there is nothing to read."""
    try:
        return draft_rules(read(text), facts.catalogue())
    except ReadingError as error:
        raise Invalid(error.message, advice=error.advice, fields={"text": error.message}) from error


def described(reading: Reading, intake: Intake, by: Actor, now: dt.datetime) -> Document:
    """The unsaved document with what its frame says."""
    title = intake.get("title", "").strip() or (reading.title.value if reading.title else "") or first_line(reading.text)
    claim = claim_of(title, reading.opening.text if reading.opening else "")
    return Document(
        title=title[:300],
        short_name=claim.short_name,
        number=reading.number.value[:80] if reading.number else "",
        issuer="、".join(one.value for one in reading.issuers)[:160],
        kind=kind_of_title(title, kind_labels()),
        level=intake["level"],
        area_path=intake["area_path"],
        issued_on=whole_day(reading.issued_on),
        valid_from=whole_day(reading.valid_from),
        valid_until=whole_day(reading.valid_until),
        validity_text=reading.validity.text[:300] if reading.validity else "",
        claims_articles=claim.articles,
        claims_measures=claim.measures,
        text=reading.text,
        digest=digest_of(reading.text),
        file_name=intake.get("file_name", "")[:200],
        demonstration=intake.get("demonstration", False),
        received_at=now,
        received_by=by.account_id,
    )


def refuse_namesake(document: Document) -> None:
    """Refuse another text of the same title or number, naming the document that has it; the same text is refused by `save_once`."""
    known = likely_duplicate(document.title, document.number)
    if known is None or known.digest == document.digest:
        return
    raise Conflict(
        _("标题或文号与已收文件相同：《%(title)s》%(number)s。") % {"title": known.title, "number": known.number},
        advice=_("如为修订稿，请在该文件页“上传新版本”；确为另一份文件，请勾选后继续收文。"),
        fields={"document": str(known.pk)},
        code="namesake",
    )


def save_once(document: Document) -> Document:
    """Save, or refuse naming the document that holds the same text; the unique digest decides, also between two at once."""
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        known = Document.objects.filter(digest=document.digest).first()
        if known is None:
            raise
        message = _("这份文件已经收过：《%(title)s》（编号 %(id)d）。") % {"title": known.title, "id": known.pk}
        raise Conflict(
            message,
            advice=_("请直接打开已收的文件，需要时可在其中重读；如为修订稿，请确认正文确有不同。"),
            fields={"document": str(known.pk)},
            code="same_text",
        ) from error
    return document


def digest_of(text: str) -> str:
    """SHA-256 of the text without blanks: line breaks and spaces make no other document."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def first_line(text: str) -> str:
    """The first line that says something, where no title could be read."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def whole_day(named: Named | None) -> dt.date | None:
    """A whole date as read; a month alone is no day."""
    return dt.date.fromisoformat(named.value) if named and len(named.value) == len("2020-02-04") else None
