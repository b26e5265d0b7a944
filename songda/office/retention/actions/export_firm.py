"""One firm's data on request 企业数据导出: asked for by the firm or on its behalf, made by a job, there for seven days."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound, Refused
from songda.office.retention.access import export_for, subject_to_export
from songda.office.retention.actions.write_export import write_package
from songda.office.retention.models import FirmExport
from songda.registry.actors import Actor
from songda.registry.people.queries import actor_for

KEPT = dt.timedelta(days=7)
FOLDER = "retention/exports"
LEAST_REASON = 4


@transaction.atomic
def ask_export(subject_id: int, reason: str = "", *, by: Actor, now: dt.datetime) -> FirmExport:
    """Ask for a firm's data. Whoever is not of the firm says why; Conflict while an earlier request still waits."""
    subject, behalf = subject_to_export(subject_id, by), by.subject_id is None
    told = reason.strip()[:200]
    if behalf and len(told) < LEAST_REASON:
        raise Invalid(_("代企业申请须写明事由。"), fields={"reason": _("如：企业书面申请，收文号。")})
    if by.post_id is None:
        raise Invalid(_("须以岗位身份申请。"))
    try:
        with transaction.atomic():
            made = FirmExport.objects.create(
                subject=subject, post_id=by.post_id, behalf=behalf, reason=told, asked_at=now, asked_name=by.name
            )
    except IntegrityError as error:
        raise Conflict(_("已有一份导出正在生成。"), advice=_("请稍后在本页下载。")) from error
    record("subjects.export", made, by=by, now=now, after={"subject": subject.pk, "behalf": behalf, "reason": told})
    return made


def write_waiting(now: dt.datetime) -> int:
    """Write what was asked for and is not made yet, as far as the post that asked may still have it; how many. Again: none."""
    written = 0
    for export in FirmExport.objects.filter(made_at=None, trouble="").select_related("post__person", "subject").order_by("pk"):
        try:
            subject_to_export(export.subject_id, actor_for(export.post, on=clock.day_of(now)))
        except Refused as refused:
            FirmExport.objects.filter(pk=export.pk).update(trouble=refused.message[:200])
            continue
        write_one(export, now)
        written += 1
    return written


def write_one(export: FirmExport, now: dt.datetime) -> None:
    """Write one package and say so. A second writer of the same writes the same under another name and is left to the sweep."""
    place = f"{FOLDER}/{export.pk}-{secrets.token_hex(8)}.zip"
    path = Path(settings.MEDIA_ROOT) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    mark = _("申请编号 %(number)s，%(name)s，%(day)s") % {
        "number": export.pk, "name": export.subject.name, "day": clock.day_of(export.asked_at).isoformat(),
    }  # fmt: skip
    stamp = _("演示数据") if settings.DEMONSTRATION or export.subject.demonstration else ""
    try:
        with beside.open("w+b") as file:
            written = write_package(file, export.subject_id, mark=mark, stamp=stamp, now=now)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    told = {"file": place, "size": path.stat().st_size, "digest": digest, "rows": written.rows, "files": written.files}
    FirmExport.objects.filter(pk=export.pk, made_at=None).update(made_at=now, expires_at=now + KEPT, **told)


def exported_file(export_id: int, *, by: Actor, now: dt.datetime) -> tuple[FirmExport, Path]:
    """The package of an export in sight; each download leaves a row in the trail. NotFound once its days are over."""
    export = export_for(export_id, by)
    if export.made_at is None or export.expires_at is None:
        raise Conflict(_("这份导出尚未生成。"), advice=_("一般几分钟内完成，请稍后再来。"))
    path = Path(settings.MEDIA_ROOT) / export.file
    if export.expires_at <= now or not path.is_file():
        raise NotFound(_("下载期限已过，文件已删除。"), advice=_("请重新申请导出。"))
    with transaction.atomic():
        record("subjects.export_taken", export, by=by, now=now, after={"subject": export.subject_id, "digest": export.digest})
    return export, path


def sweep_exports(now: dt.datetime) -> int:
    """Remove packages whose days are over, and what a killed writer left; how many files."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    fresh = set(FirmExport.objects.filter(expires_at__gt=now).values_list("file", flat=True))
    waiting = FirmExport.objects.filter(made_at=None, trouble="").exists()
    old = [path for path in folder.glob("*") if f"{FOLDER}/{path.name}" not in fresh] if folder.is_dir() and not waiting else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
