"""Where the files of intakes lie, and which were taken before."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from django.conf import settings

from songda.registry.intake.models import Intake

FOLDER = "intake"


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept_file(intake: Intake) -> Path:
    """The file as it was uploaded."""
    return Path(settings.MEDIA_ROOT) / FOLDER / f"{intake.digest}{Path(intake.file_name).suffix.lower()}"


def returned_file(intake: Intake) -> Path:
    """The workbook of refused rows."""
    return Path(settings.MEDIA_ROOT) / intake.returned


def taken_before(digest: str, area_path: str, as_of: dt.date) -> Intake | None:
    """The intake by which the same file was taken for the same place and day, if it was."""
    return Intake.objects.filter(digest=digest, area_path=area_path, as_of=as_of, state="taken").first()
