"""Reads of evidence: lists, how much of it counts, and the bytes, never without a look at their digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.errors import Conflict
from songda.kernel.files import ContentStore
from songda.ledger.evidence.access import evidence_for, visible_to
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.rules import files, papers, pictures
from songda.ledger.evidence.rules.traces import without_traces
from songda.registry.actors import Actor

THUMBNAIL = ".thumb.jpg"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it goes out: its bytes, type and name, and whether a browser may show it in place."""

    data: bytes
    media_type: str
    name: str
    inline: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list."""

    kind: str = ""
    damaged: bool = False
    text: str = ""


def store() -> ContentStore:
    """The installation's store of files."""
    return ContentStore(Path(settings.MEDIA_ROOT))


def listed(actor: Actor, wanted: Wanted | None = None) -> QuerySet[Evidence]:
    """The evidence in sight, newest first, with all that a row shows."""
    wanted = wanted or Wanted()
    found = visible_to(actor).select_related("file", "subject").order_by("-id")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.damaged:
        found = found.filter(file__damaged=True)
    return found.filter(name__icontains=wanted.text) if wanted.text else found


def chosen(evidence_ids: Iterable[int], actor: Actor) -> list[Evidence]:
    """Those of these ids that the actor may see, in the order they were given. One query; for `evidence/thumbs.html`."""
    found = visible_to(actor).select_related("file", "subject").filter(pk__in=list(evidence_ids))
    return list(found.order_by("id"))


def counting(evidence_ids: Iterable[int]) -> int:
    """How many of these prove anything: whole and not set aside. What `cases.rules.closing` asks for."""
    return Evidence.objects.filter(pk__in=list(evidence_ids), set_aside_at=None, file__damaged=False).count()


def open_file(evidence_id: int, actor: Actor) -> Opened:
    """The bytes as given, for offices; for a firm a photograph without its traces. Conflict when the file no longer has its digest."""
    evidence = evidence_for(evidence_id, actor)
    data = whole(evidence.file)
    if actor.subject_id is not None:
        data = without_traces(data)
    return Opened(data, evidence.file.media_type, evidence.name, files.KINDS[evidence.file.media_type].inline)


def open_thumbnail(evidence_id: int, actor: Actor) -> bytes | None:
    """The small picture; None for what is no photograph."""
    evidence = evidence_for(evidence_id, actor)
    if not evidence.is_picture:
        return None
    kept = store().place(evidence.file.digest, THUMBNAIL)
    return kept.read_bytes() if kept.exists() else pictures.thumbnail(whole(evidence.file))


def open_copy(evidence_id: int, actor: Actor, *, now: dt.datetime) -> Opened:
    """A copy to pass on, marked with the receiver and the moment (photographs and PDF). Conflict for kinds that cannot be marked."""
    evidence = evidence_for(evidence_id, actor)
    data, stem = whole(evidence.file), evidence.name.rsplit(".", 1)[0]
    if evidence.is_picture:
        return Opened(pictures.marked_copy(data, mark_of(evidence, actor, now)), "image/jpeg", f"{stem}.jpg", inline=False)
    if evidence.file.media_type == files.PDF.media_type:
        marked = papers.marked_pdf(data, mark_of(evidence, actor, now))
        if marked is not None:
            return Opened(marked, files.PDF.media_type, evidence.name, inline=False)
    raise Conflict(_("此类文件不能加盖水印。"), advice=_("请在线查看，或由管理岗位提供原件。"))


def mark_of(evidence: Evidence, actor: Actor, now: dt.datetime) -> str:
    """What the mark says."""
    moment = now.astimezone(clock.place()).strftime("%Y-%m-%d %H:%M")
    return _("%(name)s %(moment)s 凭证%(number)s") % {"name": actor.name, "moment": moment, "number": evidence.pk}


def whole(file: StoredFile) -> bytes:
    """The bytes of a file, checked; Conflict when they are missing or changed."""
    data = store().read(file.digest)
    if data is None:
        raise Conflict(
            _("文件与入库时不一致或已丢失，不能作为凭证。"),
            advice=_("请联系系统管理员从备份恢复，或重新提交。"),
            code="file_damaged",
        )
    return data
