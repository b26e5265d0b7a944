"""The requests of the page bench, run by `bench_pages` after Django is set up in the demonstration's home."""

from __future__ import annotations

import json
import statistics
import time

from django.conf import settings
from django.db import connection
from django.test import Client

from songda.deliveries.policy.library.models import MeasureVersion
from songda.registry.people.models import Account
from songda.registry.subjects.models import Subject

ROUNDS = {
    "street": (
        "/",
        "/subjects/",
        "/subjects/?q=科技",
        "/firms/",
        "/subjects/{subject}/",
        "/firms/{subject}/",
        "/policy/measures/",
    ),
    "officer": ("/", "/firms/"),
    "dispatcher": ("/", "/subjects/", "/policy/push/", "/policy/push/1/", "/policy/measures/{version}/audience/"),
    "firm": ("/firm/", "/firm/measures/{version}/"),
    "editor": ("/policy/documents/", "/policy/measures/{version}/"),
}


def main(runs: int) -> None:
    """Print a row a page."""
    settings.ALLOWED_HOSTS = ["testserver"]
    street = Account.objects.get(username="street").person.posts.get().organisation
    firm = Subject.objects.filter(area_path__startswith=street.area_path, kind="enterprise").order_by("pk")[100]
    numbers = {"subject": firm.pk, "version": MeasureVersion.objects.filter(state="published").order_by("pk")[3].pk}
    rows = [measured(role, page.format(**numbers), runs) for role, pages in ROUNDS.items() for page in pages]
    print(json.dumps(rows))


def measured(role: str, page: str, runs: int) -> dict[str, object]:
    """One page as one role: the first request warms up and is counted for queries."""
    client = Client()
    client.force_login(Account.objects.get(username=role), backend="django.contrib.auth.backends.ModelBackend")
    asked: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *more: (asked.append(sql), run(sql, *more))[1]):
        answer = client.get(page)
    if answer.status_code != 200:
        raise AssertionError(f"{page} as {role}: {answer.status_code}")
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        client.get(page)
        seconds.append(time.perf_counter() - begun)
    p95 = sorted(seconds)[int(len(seconds) * 0.95)]
    return {"role": role, "page": page, "median": statistics.median(seconds), "p95": p95, "queries": len(asked)}
