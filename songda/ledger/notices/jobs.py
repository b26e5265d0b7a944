"""Sending, once a minute, and again as soon as a platform's limit lets the next message go."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from songda.kernel import clock
from songda.kernel.jobs import enqueue_after, job
from songda.ledger.notices import actions, queries
from songda.ledger.notices.states import WEBHOOK

MOST_A_RUN = 20_000
SOON = dt.timedelta(minutes=1)  # what comes later is left to the next minute's run


@job("notices.send", every=dt.timedelta(minutes=1))
def send_due() -> dict[str, int]:
    """Send what is due on every configured channel; how many deliveries took each step. A second run sends nothing twice."""
    done = actions.send_due(clock=clock.now, most=MOST_A_RUN)
    now = clock.now()
    release = queries.next_release(now=now)
    if release is not None and release - now <= SOON:
        enqueue_after(send_due, max(release - now, dt.timedelta(seconds=1)))
    return dict(done.steps)


@job("notices.hooks", every=dt.timedelta(minutes=1))
def call_hooks() -> dict[str, int]:
    """Tell programs what is due to be told. Apart from the messages to people: a program that hangs holds up none of them."""
    if not settings.HOOK_HOSTS:
        return {}
    return dict(actions.send_due(clock=clock.now, channels={WEBHOOK: actions.webhook()}, most=MOST_A_RUN).steps)
