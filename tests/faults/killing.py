"""Kill the sender again and again while it sends to the stand-in, and count what came of every message.

    python -m tests.faults.killing --home DIR --kills 1000 --seed 7

Real processes, SIGKILL at a random moment, a real database file, real HTTP. Prints one JSON object; exit code 1 when a promise
of docs/algorithms/delivery.md is broken. Not a test itself: `test_kills` runs it short, `make torture` long.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

SITTING = 30  # deliveries of each channel for a kill: enough that the work never runs out
WINDOW = 0.05  # seconds within which the kill falls, after the first call began


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        SONGDA_HOME=str(given.home),
        DATABASE_URL=f"sqlite:///{given.home / 'kills.sqlite3'}",
        DJANGO_SETTINGS_MODULE="tests.settings",
    )
    import django

    django.setup()
    standin = start_standin(given.home)
    try:
        prepare(given.kills * SITTING)
        hits = kill_many(given.kills, random.Random(given.seed))
        drain()
        found = count(given.kills, hits)
    finally:
        standin.terminate()
        standin.wait()
    sys.stdout.write(json.dumps(found) + "\n")
    return 0 if holds(found) else 1


def start_standin(home: Path) -> subprocess.Popen[bytes]:
    """The stand-in as a process of its own, and a channels file that points at it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from songda.portal.cli.main import main; main()"
    command = [sys.executable, "-c", start, "standin", "--port", str(port), "--configure", str(home / "channels.json")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline(), "the stand-in did not start"
    return process


def prepare(deliveries: int) -> None:
    """An empty database with so many deliveries queued on each channel."""
    from django.core.management import call_command

    from songda.kernel import clock
    from songda.ledger.notices.actions import notify_many
    from songda.ledger.notices.rules.letters import Line, Told
    from songda.registry.organisations.models import Organisation
    from songda.registry.people.models import Contact
    from songda.registry.subjects.models import Subject

    call_command("migrate", verbosity=0)
    home = Organisation.objects.create(code="sample", name="示例市", short_name="示例市", kind="city", area_path="4101/")
    firms = Subject.objects.bulk_create(
        Subject(kind="enterprise", local_number=f"D{n}", name=f"示例企业{n}", name_key=str(n), name_core=str(n), home=home,
                area_path="4101/", demonstration=True)
        for n in range(deliveries)
    )  # fmt: skip
    Contact.objects.bulk_create(
        Contact(subject=firm, channel=channel, address=f"{channel}-{firm.pk}", starts_on=dt.date(2020, 1, 1))
        for firm in firms
        for channel in ("dingtalk", "wecom")
    )
    rows = [Told(firm.pk, firm.area_path, (Line(1, "示例措施", "演示"),)) for firm in firms]
    told = notify_many("push:1", rows, title="政策送达", topic="measure_version", channels=("dingtalk", "wecom"), now=clock.now())
    assert told.deliveries == 2 * deliveries


def kill_many(kills: int, chance: random.Random) -> tuple[int, int]:
    """Start a sender, kill it, so many times; how many died at work, and how many of them with a call under way."""
    ends = [kill_one(chance) for _ in range(kills)]
    return sum(at_work for at_work, _calls in ends), sum(calls > 0 for _at_work, calls in ends)


def kill_one(chance: random.Random) -> tuple[bool, int]:
    """One sender on a channel drawn by lot, killed within the window that opens with its first call."""
    from django.db import connections

    code, moment = chance.choice(("dingtalk", "wecom")), chance.uniform(0, WINDOW)
    connections.close_all()
    begun, begins = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            send(code, begins)
        finally:
            os._exit(0)  # never back into the parent's work
    os.read(begun, 1)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    os.close(begun)
    os.close(begins)
    return os.WIFSIGNALED(status), let_time_pass()


def let_time_pass() -> int:
    """Ten minutes go by, for the rows: leases run out, retries come due. How many were being sent just now."""
    from django.db.models import F

    from songda.kernel import clock
    from songda.ledger.notices.models import NoticeDelivery

    under_way = NoticeDelivery.objects.filter(state="sending", next_at__gt=clock.now()).count()
    waiting = NoticeDelivery.objects.filter(state__in=("queued", "sending"))
    waiting.update(next_at=F("next_at") - dt.timedelta(minutes=10))
    return under_way


def send(code: str, begins: int | None = None) -> None:
    """What a worker does. `begins` is told when the first call begins."""
    from songda.kernel import clock
    from songda.ledger.notices.actions import send_due
    from songda.ledger.notices.actions.channels import open_channels

    channel = open_channels()[code]
    if begins is not None:
        call, told = channel.send, [False]

        def announced(letter, *, now):
            if not told[0]:
                told[0] = True
                os.write(begins, b".")
            return call(letter, now=now)

        channel.send = announced
    send_due(clock=clock.now, channels={code: channel})


def drain() -> None:
    """Let undisturbed workers finish."""
    for code in ("dingtalk", "wecom", "dingtalk", "wecom"):
        send(code)
        let_time_pass()


def count(kills: int, hits: tuple[int, int]) -> dict[str, object]:
    """The rows against what the stand-in took."""
    import httpx

    from songda.ledger.notices.models import NoticeDelivery
    from songda.ledger.notices.queries.channels import configuration

    address = configuration()["channels"]["dingtalk"]["base_url"]
    report = httpx.get(f"{address}/received", timeout=60).json()
    shown = Counter(message["to"] for message in report["received"])
    rows = list(NoticeDelivery.objects.values_list("channel", "state", "contact__address"))
    states = Counter(f"{channel}:{state}" for channel, state, _to in rows)
    return {
        "kills": kills,
        "killed_at_work": hits[0],
        "killed_in_a_call": hits[1],
        "deliveries": len(rows),
        "states": dict(states),
        "repeats_hidden_by_key": report["repeated"],
        "doubled": sum(times > 1 for times in shown.values()),
        "lost": sum(state == "sent" and not shown[to] for _channel, state, to in rows),
        "unaccounted": sum(state not in ("sent", "unknown") for _channel, state, _to in rows),
        "unknown_keyed": states["dingtalk:unknown"],
        "unknown": states["wecom:unknown"],
        "unknown_but_shown": sum(state == "unknown" and bool(shown[to]) for _channel, state, to in rows),
    }


def holds(found: dict[str, object]) -> bool:
    """None lost, none doubled, none unaccounted for; unknown only where no key is taken, one a kill at most."""
    broken = [found[name] for name in ("lost", "doubled", "unaccounted", "unknown_keyed")]
    return not any(broken) and int(str(found["unknown"])) <= int(str(found["kills"]))


if __name__ == "__main__":
    raise SystemExit(main())
