"""An uploaded roster of officers between the look at it and the confirmation: in its uploader's reach alone, and not for long."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from songda.registry.actors import Actor
from songda.registry.intake.queries.files import digest_of, officers_folder, officers_place

KEPT = dt.timedelta(days=1)


def keep_officers(path: Path, *, by: Actor, now: dt.datetime) -> str:
    """Keep a roster until it is confirmed, a day at most; its digest."""
    folder = officers_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if now.timestamp() - old.stat().st_mtime > KEPT.total_seconds():
            old.unlink(missing_ok=True)
    digest = digest_of(path)
    place = officers_place(digest, by)
    with os.fdopen(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(path.read_bytes())
    os.utime(place, (now.timestamp(), now.timestamp()))
    return digest


def drop_officers(digest: str, *, by: Actor) -> None:
    """It was taken, or given up."""
    officers_place(digest, by).unlink(missing_ok=True)
