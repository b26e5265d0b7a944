"""The push of `bench_push`, in a process of its own with an empty database."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.db.models import Max

from songda.ledger.notices import queries
from songda.ledger.notices.actions import notify_many, send_due
from songda.ledger.notices.models import ChannelTerms, NoticeDelivery
from songda.ledger.notices.queries.channels import channels_file
from songda.ledger.notices.rules.letters import Line, Told
from songda.ledger.notices.states import Lane
from songda.portal.standins.answers import SMS, WORK_NOTICE
from songda.portal.standins.commands import channels
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Contact
from songda.registry.subjects.models import Subject

ENDS = {"dingtalk": (WORK_NOTICE, 20), "sms": (SMS, 600)}  # the strictest limit any of the platforms has, and the pack's
MORNING = dt.datetime(2020, 3, 17, 1, 0, tzinfo=dt.UTC)  # nine o'clock there
HOUR = dt.timedelta(hours=1)


@dataclass
class Stepped:
    """A clock for sender and stand-in alike: it stands while messages go, and jumps to the moment when the next may."""

    moment: dt.datetime

    def __call__(self) -> dt.datetime:
        """The present moment."""
        return self.moment

    def jump(self, to: dt.datetime) -> None:
        """Let time pass; never backwards."""
        self.moment = max(self.moment, to)


@dataclass
class Pressing:
    """Urgent messages: one put in every quarter of an hour of the stepped clock, while the bulk has used up its minute."""

    firms: list[Subject]
    next_at: dt.datetime
    told: int = 0

    def put_in(self, now: dt.datetime) -> None:
        """One more, where it is time."""
        if now < self.next_at:
            return
        firm = self.firms[self.told % len(self.firms)]
        line = Line(10**6 + self.told, "示例紧急事项", "演示")
        told = Told(firm.pk, firm.area_path, (line,), Lane.URGENT)
        notify_many(f"urgent:{self.told}", [told], title="紧急", topic="urgent", channels=list(ENDS), now=now)
        self.told, self.next_at = self.told + 1, now + HOUR / 4


def main(firms: int) -> None:
    """Everything, printed as JSON."""
    call_command("migrate", verbosity=0)
    subjects = city(firms)
    for code, (_end, limit) in ENDS.items():
        ChannelTerms.objects.create(code=code, name=code, per_minute=limit, weekly=3, quiet_from=dt.time(21), quiet_to=dt.time(8))
    rows = [Told(one.pk, one.area_path, (Line(1, "示例措施，预计 1,000.00 元", "用工人数 60人 ≥ 50人"),)) for one in subjects]
    begun = time.perf_counter()
    notify_many("push:1", rows, title="政策送达", topic="measure_version", channels=list(ENDS), now=MORNING)
    queued = time.perf_counter() - begun
    begun = time.perf_counter()
    expected = queries.expected_end("push:1", now=MORNING)
    asked = time.perf_counter() - begun
    now = Stepped(MORNING)
    platform = Platform(clock=now, limits=dict(ENDS.values()))
    pressing = Pressing(subjects[:200], MORNING + HOUR / 4)
    with running(platform) as server:
        given = channels(server, "http://127.0.0.1:8000")
        given["channels"] = {code: one for code, one in given["channels"].items() if code in ENDS}
        channels_file().write_text(json.dumps(given), encoding="utf-8")
        begun = time.perf_counter()
        drain(now, pressing)
    seconds = time.perf_counter() - begun
    print(json.dumps(report(firms, queued, asked, seconds, platform, expected), default=str))


def city(firms: int) -> list[Subject]:
    """Firms with a contact on every channel."""
    home = Organisation.objects.create(code="sample", name="示例市", short_name="示例市", kind="city", area_path="4101/")
    made = Subject.objects.bulk_create(
        Subject(kind="enterprise", local_number=f"D{n}", name=f"示例企业{n}", name_key=str(n), name_core=str(n), home=home,
                area_path="4101/", demonstration=True)
        for n in range(firms)
    )  # fmt: skip
    day = dt.date(2020, 1, 1)
    contacts = (
        Contact(subject=one, channel=code, address=f"{code}-{one.pk}@x.invalid", starts_on=day) for one in made for code in ENDS
    )
    Contact.objects.bulk_create(contacts, batch_size=2000)
    return list(made)


def drain(now: Stepped, pressing: Pressing) -> None:
    """Workers' runs, one after another, until nothing waits."""
    while NoticeDelivery.objects.filter(state__in=("queued", "sending")).exists():
        send_due(clock=now)
        pressing.put_in(now())
        send_due(clock=now)
        release = queries.next_release(now=now())
        now.jump(release or now())


def report(
    firms: int, queued: float, asked: float, seconds: float, platform: Platform, expected: queries.Expected
) -> dict[str, object]:
    """The figures of the run, from the rows."""
    bulk = NoticeDelivery.objects.filter(notice__cause="push:1")
    ends = {one.channel: one.at for one in expected.channels}
    drained = []
    for code, (_end, limit) in ENDS.items():
        times = sorted(at for at in bulk.filter(channel=code).values_list("sent_at", flat=True) if at)
        drained.append(
            (code, f"{len(times):,}", limit, spell(times[-1] - MORNING), spell(ends[code] - MORNING), platform.refused)
        )
    waits = [
        (sent - due).total_seconds()
        for sent, due in NoticeDelivery.objects.filter(lane=int(Lane.URGENT)).values_list("sent_at", "notice__created_at")
        if sent
    ]
    return {
        "firms": firms,
        "speed": round((NoticeDelivery.objects.aggregate(Max("sent_at"))["sent_at__max"] - MORNING).total_seconds() / seconds),
        "database": connection.vendor,
        "queueing": {
            "messages queued": f"{bulk.count():,}",
            "seconds to queue": round(queued, 2),
            "seconds to say the expected end": round(asked, 2),
            "seconds to drain": round(seconds, 1),
            "messages sent": f"{bulk.filter(state__in=('sent', 'delivered')).count():,}",
            "messages the stand-in showed": f"{len(platform.received):,}",
        },
        "drain": drained,
        "urgent": {
            "messages": len(waits),
            "median wait, seconds of the stepped clock": round(statistics.median(waits), 1) if waits else "—",
            "longest wait, seconds of the stepped clock": round(max(waits), 1) if waits else "—",
        },
    }


def spell(span: dt.timedelta) -> str:
    """Hours and minutes."""
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60:02} min"
