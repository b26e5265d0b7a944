"""A web process and a worker while the PostgreSQL server under them is stopped and started again: what people are told, what is lost.

    python -m tests.faults.outage --home DIR

Nothing of ours is restarted. Prints one JSON object; exit code 1 when a promise is broken. `test_outage` runs it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests import postgres
from tests.faults.serving import House, free_ports
from tests.faults.visiting import Visitor

AWAY = 4  # seconds without a database
PATIENCE = 60


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    with postgres.stoppable() as server:
        os.environ.update(
            SONGDA_HOME=str(given.home), DJANGO_SETTINGS_MODULE="tests.settings", SONGDA_DEMO="yes", DATABASE_URL=server.address,
        )  # fmt: skip
        import django

        django.setup()
        from tests.faults.serving_ground import prepare

        ground = prepare()
        house = House(free_ports(1), workers=1)
        try:
            found = through_an_outage(house, server, ground)
        finally:
            house.close()
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if found["wrong"] else 0


def through_an_outage(house: House, server: postgres.Server, ground) -> dict[str, object]:
    """Work, lose the database, get it back, work; everything counted."""
    from django.db import connections

    house.await_web(*house.ports)
    base, processes = f"http://127.0.0.1:{house.ports[0]}", {name: one.pid for name, one in house.running.items()}
    person = Visitor(ground, "street", house.ports, 0)
    person.sign_in()
    person.file()
    ground.ask_for_job()
    ground.wait_for(done(ground))
    connections.close_all()
    connections["default"].close_pool()
    server.stop()
    away = [person.client.get(f"{base}/subjects/"), person.client.get(f"{base}/readyz"), filed_in_vain(person, base)]
    alive = person.client.get(f"{base}/healthz").status_code
    time.sleep(AWAY)
    server.start()
    begun = time.monotonic()
    back = wait_for(lambda: person.client.get(f"{base}/subjects/").status_code == 200)
    served = time.monotonic() - begun
    after = [person.client.get(f"{base}/subjects/").status_code for _ in range(12)]
    ground.ask_for_job()
    broken = ground.settle()
    wrong = [
        *wrong_while_away(away, alive),
        *([] if back else ["the web process did not come back"]),
        *([] if set(after) == {200} else [f"after the outage: {after}"]),
        *([f"counted: {broken}"] if broken else []),
        *[
            f"{name} had to be restarted"
            for name, one in house.running.items()
            if one.poll() is not None or one.pid != processes[name]
        ],
        *person.wrong,
    ]
    return {
        "while_away": [answer.status_code for answer in away], "healthz": alive, "after": after,
        "jobs": ground.asked,
        "served_again_after_seconds": round(served, 1), "job_done_after_seconds": round(time.monotonic() - begun, 1), "wrong": wrong,
    }  # fmt: skip


def done(ground) -> Callable[[], bool]:
    """Whether all jobs asked for have left their mark."""
    from django.db import connection

    def look() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM faults_done")
            return cursor.fetchone()[0] == ground.asked

    return look


def filed_in_vain(person: Visitor, base: str) -> httpx.Response:
    """A demand that is sent while nothing can be written; it must not be there afterwards (`settle` counts)."""
    given = {
        "subject": person.cast.firm.pk,
        "title": "无库时的事项",
        "channel": "phone",
        "origin": "firm",
        "difficulty": "ordinary",
    }
    return person.client.post(f"{base}/demands/new/", data={**given, "request_key": "vain", **person.token()})


def wrong_while_away(answers: list[httpx.Response], alive: int) -> list[str]:
    """Every page says 503, when to come again, under which number, and what is the matter."""
    page, ready, sent = answers
    found = [f"{one.request.url.path} says {one.status_code}" for one in answers if one.status_code != 503]
    found += [
        f"{one.request.url.path} does not say {name}"
        for one in (page, sent)
        for name in ("Retry-After", "X-Request-Id")
        if name not in one.headers
    ]
    found += [
        f"{one.request.url.path} has no words"
        for one in (page, sent)
        if "数据库没有应答" not in one.text or one.headers["X-Request-Id"] not in one.text
    ]
    return [
        *found,
        *([] if ready.json().get("reasons") == ["数据库没有应答"] else ["readyz has no reason"]),
        *([] if alive == 200 else ["healthz"]),
    ]


def wait_for(well: Callable[[], bool]) -> bool:
    """Whether it is so before patience ends."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if well():
            return True
        time.sleep(0.2)
    return False


if __name__ == "__main__":
    raise SystemExit(main())
