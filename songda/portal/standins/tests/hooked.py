"""What tests of webhooks share: a program over real HTTP, and the dispatcher's hook to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from songda.deliveries.service.demands.tests.board import lay
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.ledger.notices import actions
from songda.ledger.notices.actions import channel_webhook
from songda.ledger.notices.models import Hook, NoticeDelivery
from songda.ledger.notices.states import WEBHOOK
from songda.portal.standins.receiver import Program, ReceivingServer, receiving
from songda.registry.people.tests.cast import NOW

EVENTS = ["case.step", "demand.filed"]


class Hooked:
    """The house with one hook, and the program behind it."""

    def __init__(self, cast, server: ReceivingServer, settings) -> None:
        self.cast, self.server, self.program, self.settings = cast, server, server.program, settings
        self.board = lay(cast)
        self.hook = self.open().hook

    def open(self, by=None, events=EVENTS) -> actions.OpenedHook:
        opened = actions.open_hook("调度系统", self.server.address, events, by=by or self.cast.dispatcher, now=NOW)
        self.program.secrets.append(opened.secret)
        return opened

    def file(self) -> Case:
        """A demand of the firm is filed and waits in the pool: one event."""
        return self.board.file()

    def send(self, after: dt.timedelta = dt.timedelta(0)) -> dict[str, int]:
        """One run of the job, so much later."""
        steps = actions.send_due(clock=lambda: clock.now() + after, channels={WEBHOOK: actions.webhook()}).steps
        return dict(steps)

    @property
    def delivery(self) -> NoticeDelivery:
        return NoticeDelivery.objects.filter(hook__isnull=False).latest("pk")

    @property
    def now(self) -> Hook:
        return Hook.objects.get(pk=self.hook.pk)


@contextmanager
def hooked_up(cast, settings, monkeypatch) -> Iterator[Hooked]:
    """The dispatcher's hook on the cast's day; calls wait for a third of a second at most."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    monkeypatch.setattr(channel_webhook, "PATIENCE", httpx.Timeout(0.3))
    with receiving(Program()) as server:
        settings.HOOK_HOSTS = (server.host,)
        yield Hooked(cast, server, settings)
