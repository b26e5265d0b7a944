"""Two web processes and two workers under load, one of each killed now and then: every answer is held against what it must be.

    DATABASE_URL=postgresql://… python -m tests.faults.serving --home DIR --kills 2 --seed 7

Real processes (granian, `songda worker`), SIGKILL at random moments, started again at once as a service manager would. People sign in
over HTTP, look and file demands; who gets no answer because a process died asks the other one, as a proxy does, and sends a form
again under its key, as a person does. Prints one JSON object; exit code 1 when an answer was wrong or a job or demand was lost or
doubled. Not a test itself: `test_serving` runs it short, `make torture` long.
"""

from __future__ import annotations

import argparse
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
from threading import Thread

import httpx

from tests.faults.visiting import Visitor

STARTS = "from songda.portal.cli.main import main; main()"
VISITORS, JOBS_A_SECOND = ("street", "street", "officer", "dispatcher"), 10
PATIENCE = 60  # seconds a process may take to start


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=2, help="of a web process and of a worker each")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    os.environ.update(SONGDA_HOME=str(given.home), DJANGO_SETTINGS_MODULE="tests.settings", SONGDA_DEMO="yes")
    import django

    django.setup()
    from tests.faults.serving_ground import prepare

    ground = prepare()
    house = House(free_ports(2))
    try:
        found = house.under_load(ground, given.kills, random.Random(given.seed))
    finally:
        house.close()
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if found["wrong"] or found["broken"] else 0


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class House:
    """The processes, by what they are called."""

    def __init__(self, ports: list[int], workers: int = 2) -> None:
        self.ports = ports
        self.commands = {f"web{port}": ["serve", "--port", str(port), "--workers", "1"] for port in ports}
        self.commands |= {f"worker{number}": ["worker"] for number in range(1, workers + 1)}
        self.running = {name: self.start(name) for name in self.commands}
        self.stopped = False

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start one, in a group of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", STARTS, *self.commands[name]], start_new_session=True, stdout=subprocess.DEVNULL
        )

    def kill(self, name: str) -> None:
        """Kill one with all its children, and start it again."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()
        self.running[name] = self.start(name)

    def close(self) -> None:
        """End all."""
        for one in self.running.values():
            os.killpg(one.pid, signal.SIGTERM)
        for one in self.running.values():
            try:
                one.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(one.pid, signal.SIGKILL)

    def await_web(self, *ports: int) -> None:
        """Wait until web processes answer."""
        until = time.monotonic() + PATIENCE
        for port in ports:
            while not answers(port):
                if time.monotonic() > until:
                    raise TimeoutError(f"port {port} does not answer")
                time.sleep(0.1)

    def under_load(self, ground, kills: int, chance: random.Random) -> dict[str, object]:
        """People and jobs while processes are killed, then everything counted."""
        self.await_web(*self.ports)
        people = [Visitor(ground, role, self.ports, number) for number, role in enumerate(VISITORS)]
        threads = [Thread(target=one.go_on) for one in people] + [Thread(target=self.ask_for_jobs, args=(ground,))]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            for kind in ("web", "worker"):
                time.sleep(chance.uniform(0.5, 1.5))
                name = chance.choice([name for name in self.running if name.startswith(kind)])
                self.kill(name)
                if kind == "web":
                    self.await_web(*self.ports)  # the next may fall on the other one
        time.sleep(1)
        self.stopped = True
        for one in people:
            one.stopped = True
        for thread in threads:
            thread.join()
        broken = ground.settle()
        told = sum((one.told for one in people), Counter())
        wrong = [text for one in people for text in one.wrong]
        return {**told, "jobs": ground.asked, "kills": kills, "wrong": wrong[:5], "broken": broken}

    def ask_for_jobs(self, ground) -> None:
        """A job now and then."""
        while not self.stopped:
            ground.ask_for_job()
            time.sleep(1 / JOBS_A_SECOND)


def answers(port: int) -> bool:
    """Whether a web process is there."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    raise SystemExit(main())
