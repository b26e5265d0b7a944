"""Lists of what was purged 销毁清册, kept as files beside the database: a database restored from an older backup does not know them.

One file a purge, whole or not there: everything of the purge and its lines, the keys that went and the files that went with them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.forms import model_to_dict
from django.utils.translation import gettext as _

from songda.kernel.audit.rules import plain
from songda.kernel.errors import Invalid
from songda.office.retention.models import Purge, PurgeLine
from songda.office.retention.rules.certificate import digest_of, digest_of_lines

Listed = Mapping[str, Any]
MARK = 12  # hexadecimal digits of the digest in a file's name


def folder() -> Path:
    """Where the lists of this installation lie."""
    return Path(settings.HOME) / "retention"


def keep(purge: Purge, place: Path) -> Path:
    """Write the list of one purge."""
    place.mkdir(parents=True, exist_ok=True)
    target, beside = place / f"{purge.pk:06d}-{purge.digest[:MARK]}.json", place / f".{purge.pk}.{os.getpid()}"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(listed(purge), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(0o600)
    return beside.replace(target)


def is_kept(purge: Purge, place: Path) -> bool:
    """Whether the list of a purge lies there, whatever key the purge had when it was written."""
    return any(place.glob(f"*-{purge.digest[:MARK]}.json"))


def listed(purge: Purge) -> Listed:
    """A purge as plain data."""
    return {"purge": plain(fields_of(purge)), "lines": [line_of(line) for line in purge.lines.order_by("pk")]}


def line_of(line: PurgeLine) -> Listed:
    """A line with its keys and files."""
    keys = line.items.filter(done_at__isnull=False).order_by("key").values_list("key", flat=True)
    gone = [list(one) for one in line.gone.order_by("pk").values_list("name", "size")]
    return {"line": plain(fields_of(line)), "keys": list(keys), "files": gone}


def fields_of(thing: Purge | PurgeLine) -> dict[str, Any]:
    """The columns of a row but its own key and the key of its purge."""
    return model_to_dict(thing, exclude=["id", "purge"])


def read(path: Path) -> Listed:
    """A list as kept. Invalid where its keys are not those its digest was made of."""
    told: Listed = json.loads(path.read_text(encoding="utf-8"))
    digests = [(line["line"]["holding"], digest_of(line["keys"])) for line in told["lines"]]
    if digest_of_lines(digests) != told["purge"]["digest"]:
        raise Invalid(
            _("清册文件 %(name)s 与其摘要不符，未执行。") % {"name": path.name},
            advice=_("请取另行保存的清册，并由审计管理员核对。"),
        )
    return told


def kept(place: Path) -> Iterator[Path]:
    """The files of all lists, oldest first."""
    return iter(sorted(place.glob("*.json"))) if place.is_dir() else iter(())


def numbers_kept(place: Path) -> set[str]:
    """The numbers of the certificates whose lists are kept."""
    return {json.loads(path.read_text(encoding="utf-8"))["purge"]["number"] for path in kept(place)}


def unknown() -> list[str]:
    """Numbers of lists that this database does not know: it was restored from a backup taken before they were carried out."""
    known = set(Purge.objects.filter(state="done").values_list("number", flat=True))
    return sorted(numbers_kept(folder()) - known)
