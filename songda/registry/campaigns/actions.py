"""Keeping the files of an applied pack: a new version for each file that changed, by a pack or on a page."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.who import Who
from songda.registry.campaigns.models import Campaign, SheetChange, SheetVersion
from songda.registry.campaigns.queries import newest

__all__ = ["EntryChange", "NewSheet", "edit_sheet", "keep_sheets", "renew_digest"]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry before and after, as text; empty where there was or is none."""

    entry: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A file as it shall stand from now on. `text` None: it is no longer there. `number` is that of the version it was made from."""

    file: str
    text: str | None
    number: int = 0
    entries: int = 0
    changes: Sequence[EntryChange] = ()


@transaction.atomic
def keep_sheets(campaign: str, sheets: Iterable[NewSheet], *, by: Who, now: dt.datetime) -> int:
    """Keep the files that a pack brought otherwise than they stand; how many. The trail says that the pack was applied."""
    numbers = dict(newest(campaign).values_list("file", "number"))
    made = [(_version(campaign, one, SheetVersion.Origin.PACK, "", by, now), one) for one in sheets]
    for version, _one in made:
        version.number = numbers.get(version.file, 0) + 1
    SheetVersion.objects.bulk_create([version for version, _one in made], batch_size=100)
    changes = [
        SheetChange(version=version, entry=change.entry, before=change.before, after=change.after)
        for version, one in made
        for change in one.changes
    ]
    SheetChange.objects.bulk_create(changes, batch_size=200)
    return len(made)


@transaction.atomic
def edit_sheet(campaign: str, sheet: NewSheet, reason: str, *, by: Who, now: dt.datetime) -> SheetVersion:
    """Keep a file in which entries were changed on a page, with who and why. Conflict where somebody was faster."""
    version = _version(campaign, sheet, SheetVersion.Origin.PAGE, reason, by, now)
    version.number = sheet.number + 1
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as error:
        message = _("%(file)s 刚刚被别人改过，您的修改没有保存。") % {"file": sheet.file}
        raise Conflict(message, advice=_("请刷新页面，在新的内容上再改。")) from error
    for change in sheet.changes:
        SheetChange.objects.create(version=version, entry=change.entry, before=change.before, after=change.after)
        told = {"file": sheet.file, "entry": change.entry, "text": change.after, "reason": reason}
        record("campaign.edit", version, by=by, now=now, before={"text": change.before}, after=told)
    return version


def renew_digest(campaign: Campaign, digest: str) -> None:
    """Say what the files of the campaign now come to: a folder with this digest brings nothing new."""
    Campaign.objects.filter(pk=campaign.pk).update(digest=digest)


def _version(campaign: str, sheet: NewSheet, origin: SheetVersion.Origin, reason: str, by: Who, now: dt.datetime) -> SheetVersion:
    text = sheet.text or ""
    return SheetVersion(
        campaign=campaign, file=sheet.file, text=text, present=sheet.text is not None, origin=origin, reason=reason,
        digest=hashlib.sha256(text.encode()).hexdigest(), entries=sheet.entries, changed_at=now, post_id=by.post_id,
        changed_name=by.name,
    )  # fmt: skip
