"""Where the files of intakes lie, and which were taken before."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.registry.actors import Actor
from songda.registry.intake.models import Intake

LONGEST_SUFFIX = 8  # what is longer is no suffix, and the disk may not take it
FOLDER = "intake"


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept_file(intake: Intake) -> Path:
    """The file as it was uploaded."""
    suffix = Path(intake.file_name).suffix.lower()
    return Path(settings.MEDIA_ROOT) / FOLDER / f"{intake.digest}{suffix if len(suffix) <= LONGEST_SUFFIX else ''}"


def returned_file(intake: Intake) -> Path:
    """The workbook of refused rows."""
    return Path(settings.MEDIA_ROOT) / intake.returned


def officers_folder() -> Path:
    """Where rosters of officers wait for their confirmation."""
    return Path(settings.MEDIA_ROOT) / FOLDER / "officers"


def officers_place(digest: str, by: Actor) -> Path:
    """Where one of them lies: everybody finds the own ones only."""
    return officers_folder() / f"{by.account_id or 0}-{digest}"


def officers_file(digest: str, by: Actor) -> Path:
    """One's own roster that waits; NotFound for another's, and for one taken or swept away."""
    place = officers_place(digest, by)
    if not (re.fullmatch("[0-9a-f]{64}", digest) and place.is_file()):
        raise NotFound(_("没有找到这份名册。"), advice=_("可能已导入，或已过一天；请重新上传。"))
    return place


def taken_before(digest: str, area_path: str, as_of: dt.date) -> Intake | None:
    """The intake by which the same file was taken for the same place and day, if it was."""
    return Intake.objects.filter(digest=digest, area_path=area_path, as_of=as_of, state="taken").first()
