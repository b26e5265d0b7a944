"""Which addresses may be called, and when a hook that fails is left alone. Without a listed host nobody is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from urllib.parse import urlsplit

from songda.kernel.outside import fault_of_address
from songda.kernel.words import gettext as _

FAILS_FOR = dt.timedelta(days=3)
"""After so long without one call taken a hook is paused, and its owner told."""
OLD_SECRET_LIVES = dt.timedelta(hours=24)
MOST_ATTEMPTS = 13  # waits of 1, 2, 4 … 2048 minutes: almost three days
LONGEST_URL = 400


def fault_of(url: str, hosts: Collection[str], *, loopback: bool) -> str:
    """Why an address may not be called; empty when it may. `hosts`: name, or name:port where the port is another than HTTPS's own."""
    if fault := fault_of_address(url, loopback=loopback):
        return fault
    if len(url) > LONGEST_URL:
        return _("地址太长")
    parts = urlsplit(url)
    place = parts.hostname or ""
    named = place if parts.port in (None, 443) and parts.scheme == "https" else f"{place}:{parts.port or 80}"
    return "" if named in {one.lower() for one in hosts} else _("%(host)s 不在允许推送的主机名单里") % {"host": named}
