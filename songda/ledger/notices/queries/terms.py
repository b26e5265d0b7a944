"""Terms of the channels 渠道规则: what the pack sets, under what the installation's own account allows."""

from __future__ import annotations

from dataclasses import dataclass

from songda.kernel import clock
from songda.ledger.notices.models import ChannelTerms
from songda.ledger.notices.queries.channels import configuration
from songda.ledger.notices.rules.pacing import Quiet


@dataclass(frozen=True, slots=True)
class Terms:
    """How a channel may be used: messages a minute and messages a firm and week (0: no limit), and quiet hours."""

    per_minute: int = 0
    weekly: int = 0
    quiet: Quiet | None = None


def terms_of(code: str, kind_limit: int = 0) -> Terms:
    """The terms of one channel. Messages a minute: the channels file's, else the pack's, else what the kind of platform allows."""
    found = ChannelTerms.objects.filter(code=code).first()
    given = configuration().get("channels", {}).get(code, {}).get("per_minute")
    declared = found.per_minute if found else kind_limit
    return Terms(
        per_minute=declared if given is None else int(given),
        weekly=found.weekly if found else 0,
        quiet=quiet_of(found) if found else None,
    )


def quiet_of(found: ChannelTerms) -> Quiet | None:
    """The quiet hours of a channel; None without any."""
    if found.quiet_from is None or found.quiet_to is None or found.quiet_from == found.quiet_to:
        return None
    return Quiet(found.quiet_from, found.quiet_to, clock.place())
