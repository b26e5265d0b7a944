"""A person at a browser behind a proxy: signs in, looks, files, and holds every answer against what it must be."""

from __future__ import annotations

import random
import re
import time
from collections import Counter

import httpx

TRIES, PAUSE = 200, 0.1  # a proxy that finds nobody at home waits and asks again
ROUNDS = 12  # looks between two sign-ins


class Visitor:
    """One person; `wrong` holds a line for each answer that was not what it must be."""

    def __init__(self, ground, role: str, ports: list[int], number: int) -> None:
        self.ground, self.cast, self.role, self.ports = ground, ground.cast, role, ports
        self.number, self.chance = number, random.Random(number)
        self.told: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.ids: set[str] = set()
        self.stopped = False
        self.client = httpx.Client(timeout=30)

    def go_on(self) -> None:
        """Until told to stop: sign in, look around and file."""
        self.wrong.append(f"{self.role}: did not come to an end")
        while not self.stopped:
            self.sign_in()
            for _ in range(ROUNDS):
                if not self.stopped:
                    self.chance.choice((self.home, self.listed, self.firm, self.strangers_firm, self.file))()
        self.wrong.pop(0)

    def ask(self, method: str, path: str, **given) -> httpx.Response:
        """An answer from whichever process is there. Only what died without an answer is asked again."""
        self.told["requests"] += 1
        for attempt in range(TRIES):
            port = self.ports[(self.told["requests"] + attempt) % len(self.ports)]
            try:
                answer = self.client.request(method, f"http://127.0.0.1:{port}{path}", **given)
            except httpx.TransportError:
                self.told["asked_again"] += 1
                time.sleep(PAUSE if attempt else 0)
                continue
            self.must(answer, answer.headers.get("X-Request-Id", "") not in self.ids, "the request's id is given once")
            self.ids.add(answer.headers.get("X-Request-Id", ""))
            return answer
        raise TimeoutError("nobody at home")

    def must(self, answer: httpx.Response, holds: bool, what: str) -> None:
        """Keep what does not hold."""
        if not holds:
            self.wrong.append(f"{self.role} {answer.request.method} {answer.request.url.path} {answer.status_code}: {what}")

    def sign_in(self) -> None:
        """Come in under the own name; the answer leads on."""
        self.client.cookies.clear()
        self.ask("GET", "/sign-in/")
        words = {"username": self.ground.names[self.role], "password": self.ground.password}
        answer = self.ask("POST", "/sign-in/", data={**words, **self.token()})
        self.must(answer, answer.status_code == 302 and answer.headers["Location"] == "/", "signing in leads home")

    def token(self) -> dict[str, str]:
        """What a form sends along."""
        return {"csrfmiddlewaretoken": self.client.cookies.get("csrftoken", "")}

    def home(self) -> None:
        """The own home, under the own name."""
        answer = self.ask("GET", "/")
        self.must(answer, answer.status_code == 200 and getattr(self.cast, self.role).name in answer.text, "one's own home")

    def listed(self) -> None:
        """The list shows what is in scope and nothing else."""
        answer = self.ask("GET", "/subjects/")
        seen = self.cast.firm.name in answer.text and self.cast.other_firm.name not in answer.text
        self.must(answer, answer.status_code == 200 and seen, "the firms in scope")

    def firm(self) -> None:
        """A firm's record."""
        answer = self.ask("GET", f"/subjects/{self.cast.firm.pk}/")
        self.must(answer, answer.status_code == 200 and self.cast.firm.name in answer.text, "the firm asked for")

    def strangers_firm(self) -> None:
        """Another zone's firm is not to be seen."""
        answer = self.ask("GET", f"/subjects/{self.cast.other_firm.pk}/")
        self.must(answer, answer.status_code == 404 and self.cast.other_firm.name not in answer.text, "not in scope")

    def file(self) -> None:
        """File a demand; what got no answer is sent again under its key."""
        key = f"示例事项{self.number}-{self.told['filed']}"  # its title too
        self.told["filed"] += 1
        given = {
            "subject": self.cast.firm.pk,
            "title": key,
            "channel": "phone",
            "origin": "firm",
            "difficulty": "ordinary",
        }
        answer = self.ask("POST", "/demands/new/", data={**given, "request_key": key, "anyway": "yes", **self.token()})
        self.must(answer, answer.status_code == 302, "filed: " + "; ".join(re.findall(r"field-wrong.{0,200}", answer.text)[:2]))
        self.ground.filed.add(key)
