"""Templates as a pack declares them, one a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.office.bulletins.models import TemplateVersion
from songda.office.bulletins.rules.templates import faults_of

__all__ = ["faults_of", "load"]


def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the templates; how many are new, changed or retired."""
    return declare(TemplateVersion, files, "bulletin.template", by=by, now=now)
