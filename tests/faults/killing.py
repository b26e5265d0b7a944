"""Kill workers and senders again and again while they send to the stand-in, and count what came of every message.

    python -m tests.faults.killing --home DIR --kills 1000 --seed 7

Real processes, SIGKILL at a random moment, a real database file, real HTTP and SMTP, every kind of channel. Prints one JSON object;
exit code 1 when a promise of docs/algorithms/delivery.md is broken. Run again in the same home it goes on where it was stopped. Not
a test itself: `test_kills` runs it short, `make torture` long.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

KEYED, ASKED, PLAIN = ("dingtalk", "wecom", "email"), ("sms",), ("dingtalk_group", "wecom_group")
CODES = (*KEYED, *ASKED, *PLAIN)
FIRMS, GROUPS = 160, 20  # a push tells so many firms on one channel, or so many groups
ENOUGH = 120  # deliveries waiting on a channel before a kill, so that the work never runs out
WINDOW = 0.05  # seconds within which the kill falls, after the first call began
TO_FIRM, TO_GROUP = re.compile(r"/m/(\w+)\."), re.compile(r"(示例群\d+)：\n1\. (第\d+条)")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_words: sys.exit(143))  # stopped, it takes the stand-in along
    os.environ.update(
        SONGDA_HOME=str(given.home),
        DATABASE_URL=f"sqlite:///{given.home / 'kills.sqlite3'}",
        DJANGO_SETTINGS_MODULE="tests.settings",
    )
    import django

    django.setup()
    standin = start_standin(given.home)
    try:
        progress = begun(given.home)
        for number in range(progress["kills"], given.kills):
            progress["pushes"] = top_up(progress["pushes"])
            at_work, calls = kill_one(random.Random(f"{given.seed}/{number}"))
            progress["at_work"] += at_work
            progress["in_a_call"] += calls > 0
            progress["kills"] = number + 1
            (given.home / "progress.json").write_text(json.dumps(progress))
        drain()
        found = count(progress)
    finally:
        standin.terminate()
        standin.wait()
    sys.stdout.write(json.dumps(found) + "\n")
    return 0 if holds(found) else 1


def start_standin(home: Path) -> subprocess.Popen[bytes]:
    """The stand-in as a process of its own, with a journal, and a channels file that points at it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from songda.portal.cli.main import main; main()"
    files = ["--configure", str(home / "channels.json"), "--journal", str(home / "received.jsonl")]
    command = [sys.executable, "-c", start, "standin", "--port", str(port), *files]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline(), "the stand-in did not start"
    return process


def begun(home: Path) -> dict[str, int]:
    """How far an earlier run came; without one, the city of a new one."""
    if (home / "progress.json").exists():
        return json.loads((home / "progress.json").read_text())
    prepare()
    return {"kills": 0, "at_work": 0, "in_a_call": 0, "pushes": 0}


def prepare() -> None:
    """An empty database with firms that can be told on every channel, and groups."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    from songda.ledger.notices.models import Group
    from songda.registry.organisations.models import Organisation
    from songda.registry.people.models import Contact
    from songda.registry.subjects.models import Subject

    settings.MIGRATION_MODULES = {
        room.label: None for room in apps.get_app_configs()
    }  # the tables as they are: seconds, not a minute
    call_command("migrate", run_syncdb=True, verbosity=0)
    home = Organisation.objects.create(code="sample", name="示例市", short_name="示例市", kind="city", area_path="4101/")
    told = Subject.objects.bulk_create(
        Subject(kind="enterprise", local_number=f"D{n}", name=f"示例企业{n}", name_key=str(n), name_core=str(n), home=home,
                area_path="4101/", demonstration=True)
        for n in range(FIRMS)
    )  # fmt: skip
    day = dt.date(2020, 1, 1)
    Contact.objects.bulk_create(
        Contact(subject=firm, channel=code, address=f"{code}-{firm.pk}@x", starts_on=day)
        for firm in told
        for code in (*KEYED, *ASKED)
    )
    Group.objects.bulk_create(
        Group(code=f"g{n}", name=f"示例群{n}", channel=PLAIN[n % 2], members=50, counted_on=day, area_path="4101/")
        for n in range(2 * GROUPS)
    )


def top_up(pushes: int) -> int:
    """Tell something new on every channel where little waits; how many pushes there were by then."""
    from django.db.models import Count

    from songda.kernel import clock
    from songda.ledger.notices.actions import notify_groups, notify_many
    from songda.ledger.notices.models import Group, NoticeDelivery
    from songda.ledger.notices.rules.letters import Line, Told, Word
    from songda.registry.subjects.models import Subject

    queued = NoticeDelivery.objects.filter(state="queued").order_by().values_list("channel")
    waiting = dict(queued.annotate(Count("id")))
    for code in (one for one in CODES if waiting.get(one, 0) < ENOUGH):
        pushes += 1
        if code in PLAIN:
            groups = list(Group.objects.filter(channel=code).values_list("pk", flat=True))
            for part in range(ENOUGH // GROUPS):
                notify_groups(
                    groups, Word("政策送达", f"第{pushes}{part:02d}条", "torture", pushes * 100 + part), now=clock.now()
                )
        else:
            rows = [Told(pk, "4101/", (Line(pushes, "示例措施", "演示"),)) for pk in Subject.objects.values_list("pk", flat=True)]
            notify_many(f"push:{pushes}", rows, title="政策送达", topic="torture", channels=[code], now=clock.now())
    return pushes


def kill_one(chance: random.Random) -> tuple[bool, int]:
    """One worker, or one sender on a channel drawn by lot, killed within the window that opens with its first call."""
    from django.db import connections

    code, moment = chance.choice([None, *CODES]), chance.uniform(0, WINDOW)
    if code is None:
        ask_for_work()
    connections.close_all()
    begun, begins = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            announce(begins)
            work() if code is None else send(code)
        finally:
            os._exit(0)  # never back into the parent's work
    os.close(begins)
    os.read(begun, 1)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    os.close(begun)
    return os.WIFSIGNALED(status), let_time_pass()


def ask_for_work() -> None:
    """The job of sending, in the queue."""
    from songda.kernel.jobs import enqueue
    from songda.ledger.notices.jobs import send_due

    enqueue(send_due)


def announce(begins: int) -> None:
    """Tell the parent when the first call begins; and leave the receipts of messages long sent for later."""
    from importlib import import_module

    sender = import_module("songda.ledger.notices.actions.send_due")
    import_module("songda.ledger.notices.actions.look_again").LOOKS_A_RUN = 20
    call = sender.call

    def announced(channel, batch, threads, *, now):
        os.write(begins, b".")
        return call(channel, batch, threads, now=now)

    sender.call = announced


def work() -> None:
    """What `songda worker` does, with the sending job alone."""
    from songda.kernel.jobs import worker

    worker.enqueue_due = lambda now: 0
    worker.run_worker(once=True)


def send(code: str) -> None:
    """What the job does, on one channel."""
    from songda.kernel import clock
    from songda.ledger.notices.actions import send_due
    from songda.ledger.notices.actions.channels import open_channel
    from songda.ledger.notices.queries.channels import configuration

    send_due(clock=clock.now, channels={code: open_channel(code, configuration()["channels"][code])})


def let_time_pass() -> int:
    """Twenty minutes go by, for the rows: leases run out, retries and questions come due. How many were being sent just now."""
    from django.db.models import F

    from songda.kernel import clock
    from songda.ledger.notices.models import NoticeDelivery

    later = NoticeDelivery.objects.filter(state__in=("queued", "sending", "unknown"), next_at__gt=clock.now())
    under_way = later.filter(state="sending").count()
    later.update(next_at=F("next_at") - dt.timedelta(minutes=20))
    return under_way


def drain() -> None:
    """Let undisturbed workers finish; what is unknown is asked about where it can be."""
    for _round in range(3):
        for code in CODES:
            send(code)
        let_time_pass()


def count(progress: dict[str, int]) -> dict[str, object]:
    """The rows against what the stand-in took."""
    import httpx

    from songda.ledger.notices.models import NoticeDelivery
    from songda.ledger.notices.queries.channels import configuration

    address = configuration()["channels"]["dingtalk"]["base_url"]
    report = httpx.get(f"{address}/received", timeout=300).json()
    shown = Counter(identity(message["text"]) for message in report["received"])
    columns = ("channel", "state", "key", "notice__group__name", "notice__lines__text")
    rows = [(code, state, f"{name}{text}" if name else key) for code, state, key, name, text in
            NoticeDelivery.objects.values_list(*columns)]  # fmt: skip
    states = Counter(f"{code}:{state}" for code, state, _message in rows)
    done = ("sent", "delivered")
    return {
        "kills": progress["kills"],
        "killed_at_work": progress["at_work"],
        "killed_in_a_call": progress["in_a_call"],
        "deliveries": len(rows),
        "states": dict(sorted(states.items())),
        "repeats_hidden_by_key": report["repeated"],
        "doubled": sum(times > 1 for times in shown.values()),
        "lost": sum(state in done and not shown[message] for _code, state, message in rows),
        "unaccounted": sum(state not in (*done, "unknown") for _code, state, _message in rows),
        "unknown_keyed_or_asked": sum(states[f"{code}:unknown"] for code in (*KEYED, *ASKED)),
        "unknown": sum(states[f"{code}:unknown"] for code in PLAIN),
        "unknown_but_shown": sum(state == "unknown" and bool(shown[message]) for _code, state, message in rows),
    }


def identity(text: str) -> str:
    """Which delivery a message is: by the key in its link, or by group and line."""
    found = TO_FIRM.search(text)
    if found:
        return found[1]
    group = TO_GROUP.search(text)
    assert group is not None, text
    return group[1] + group[2]


def holds(found: dict[str, object]) -> bool:
    """None lost, none doubled, none unaccounted for; unknown only where no key is taken and nobody can be asked, one a kill at most."""
    broken = [found[name] for name in ("lost", "doubled", "unaccounted", "unknown_keyed_or_asked")]
    return not any(broken) and int(str(found["unknown"])) <= int(str(found["kills"]))


if __name__ == "__main__":
    raise SystemExit(main())
