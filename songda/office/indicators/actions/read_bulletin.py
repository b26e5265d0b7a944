"""Handing a bulletin in 上传简报: its text is read, and every figure waits for a person's word."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.engines.figures.reader import read_figures
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.files import Readable
from songda.ledger.evidence.actions import Given, store_evidence
from songda.ledger.evidence.models import Evidence
from songda.office.indicators import access
from songda.office.indicators.models import ReadFigure, Reading, SourceText
from songda.office.indicators.rules.drafts import drafts, relations_of
from songda.registry.actors import Actor

MOST = 100_000  # characters: a bulletin has some thousands


@dataclass(frozen=True, slots=True)
class Handed:
    """A bulletin as it comes: its text, whose figures it tells, what is known of it, and the file where there is one."""

    text: str
    organisation_id: int
    title: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    upload: Readable | None = None
    file_name: str = ""
    notes: Sequence[str] = ()
    demonstration: bool = False


@transaction.atomic
def read_bulletin(handed: Handed, *, by: Actor, now: dt.datetime) -> Reading:
    """Read it and keep the reading whole. Conflict (`same_text`) for a text that was read before; blanks make no other text.

    Nothing becomes an observation yet: that is `accept_figures`.
    """
    unit = access.unit_to_read_for(handed.organisation_id, by)
    text = handed.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    _refuse_unfit(text)
    digest = digest_of(text)
    _refuse_known(digest, by)
    bulletin = read_figures(text)
    title = handed.title.strip() or next((line.strip() for line in text.split("\n") if line.strip()), "")
    source = SourceText(
        code=f"reading-{digest[:16]}", title=title[:200], issuer=(handed.issuer.strip() or unit.name)[:120],
        issued_on=handed.issued_on, demonstration=handed.demonstration, digest=digest, recorded_at=now,
    )  # fmt: skip
    reading = Reading(
        organisation=unit, area_path=unit.area_path, text=text, digest=digest, checks=relations_of(bulletin),
        notes=list(handed.notes), read_at=now, read_by=by.account_id, read_name=by.name,
    )  # fmt: skip
    reading.file = _kept(handed, unit.area_path, by, now)
    _save_once(source, reading, by)
    found = drafts(bulletin, handed.issued_on)
    ReadFigure.objects.bulk_create([ReadFigure(reading=reading, number=n, **asdict(one)) for n, one in enumerate(found, 1)])
    after = {"title": source.title, "digest": digest, "figures": len(found), "checks": len(reading.checks)}
    record("figures.read", reading, by=by, now=now, after=after)
    return reading


def digest_of(text: str) -> str:
    """SHA-256 of the text without blanks."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def _refuse_unfit(text: str) -> None:
    if not text:
        raise Invalid(_("没有正文。"), advice=_("请选择文件，或粘贴正文。"), fields={"text": _("没有正文。")})
    if len(text) > MOST:
        message = _("正文有 %(n)d 字，超过 %(most)d 字。") % {"n": len(text), "most": MOST}
        raise Invalid(message, advice=_("请按篇拆开后逐篇上传。"), fields={"text": message})


def _refuse_known(digest: str, by: Actor) -> None:
    known = Reading.objects.filter(digest=digest).select_related("source").first()
    if known is None:
        return
    advice = _("请打开那一次读数，继续审核。")
    if not access.readings_visible_to(by).filter(pk=known.pk).exists():
        raise Conflict(_("这份简报已由其他单位读过。"), advice=_("请向上级统计岗位查询。"), code="same_text")
    message = _("这份简报已经读过：《%(title)s》，%(name)s读取。") % {"title": known.source.title, "name": known.read_name}
    raise Conflict(message, advice=advice, fields={"reading": str(known.pk)}, code="same_text")


def _kept(handed: Handed, area_path: str, by: Actor, now: dt.datetime) -> Evidence | None:
    if handed.upload is None:
        return None
    given = Given(area_path=area_path, note=_("简报原件"), office_only=True)
    return store_evidence(handed.upload, name=handed.file_name, kind="record", given=given, by=by, now=now)


def _save_once(source: SourceText, reading: Reading, by: Actor) -> None:
    """Save both; the unique digest decides between two at once."""
    try:
        with transaction.atomic():
            source.save()
            reading.source = source
            reading.save()
    except IntegrityError:
        _refuse_known(reading.digest, by)
        raise
