"""Health, readiness, figures and the page of operations."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max

from songda.kernel import clock
from songda.kernel.jobs import registered
from songda.kernel.jobs.registry import identity_of
from songda.kernel.jobs.state import last_runs, queue
from songda.kernel.jobs.sweeper import slot_of
from songda.portal.watching import exposition, readiness
from songda.portal.watching.board import size, span
from songda.registry.people.tests.cast import Cast, enter

pytestmark = pytest.mark.django_db
SAMPLE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[0-9.e+-]+)$')


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path) -> None:
    settings.HOME = tmp_path


def gone(_execute, *_statement):
    raise OperationalError("connection refused")


def test_the_process_lives_without_a_database(client: Client) -> None:
    with connection.execute_wrapper(gone):
        assert client.get("/healthz").json() == {"alive": True}


def test_ready_when_database_tables_and_disk_are_there(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})


def test_not_ready_says_why(client: Client, settings, monkeypatch) -> None:
    settings.LEAST_DISK = 10**18
    monkeypatch.setattr(readiness, "_migrated", [])
    monkeypatch.setattr(readiness, "lacking_migrations", lambda: 3)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [reason[:6] for reason in answer.json()["reasons"]] == [
        "数据库还差 ",
        "磁盘只剩 9"[:5] + answer.json()["reasons"][1][5],
    ]


def test_a_database_that_does_not_answer_is_not_ready(client: Client) -> None:
    with connection.execute_wrapper(gone):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["数据库没有应答"])


def test_lacking_migrations_are_counted() -> None:
    assert readiness.lacking_migrations() == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'portal' OR app = 'papers'")
    assert readiness.lacking_migrations() > 0


def test_metrics_are_for_this_machine_or_for_the_token(client: Client, settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.1.1.1").status_code == 403
    settings.METRICS_TOKEN = "a-long-token-of-the-watcher"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"authorization": "Bearer a-long-token-of-the-watchez"}).status_code == 403
    own = {"authorization": f"Bearer {settings.METRICS_TOKEN}"}
    assert client.get("/metrics", headers=own, REMOTE_ADDR="10.1.1.1").status_code == 200


def test_metrics_are_well_formed(client: Client, cast: Cast) -> None:
    client.get("/sign-in/")
    text = client.get("/metrics", headers={"accept": "text/plain"}).content.decode()
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    samples = [SAMPLE.match(line) for line in text.splitlines() if not line.startswith("#")]
    assert all(samples), text
    assert all(re.sub("_(bucket|sum|count)$", "", found[1]) in kinds for found in samples if found)
    assert {"songda_request_seconds": "histogram", "songda_queue_age_seconds": "gauge"}.items() <= kinds.items()
    for name in (
        "jobs",
        "workers",
        "sweeper_lag_seconds",
        "push_backlog",
        "violations_open",
        "database_bytes",
        "disk_free_bytes",
    ):
        assert f"songda_{name}" in kinds
    assert text.endswith("\n")


def test_buckets_add_up() -> None:
    figures = Counter(
        {("bucket", "/a/", "200", "0.01"): 2.0, ("bucket", "/a/", "200", "0.1"): 1.0, ("bucket", "/a/", "200", "+Inf"): 1.0,
         ("seconds", "/a/", "200"): 12.5}
    )  # fmt: skip
    lines = exposition.text(exposition.requests(figures)).splitlines()
    assert 'songda_request_seconds_bucket{pattern="/a/",status="200",le="0.05"} 2' in lines
    assert 'songda_request_seconds_bucket{pattern="/a/",status="200",le="10.0"} 3' in lines
    assert 'songda_request_seconds_bucket{pattern="/a/",status="200",le="+Inf"} 4' in lines
    assert 'songda_request_seconds_count{pattern="/a/",status="200"} 4' in lines
    assert 'songda_request_seconds_sum{pattern="/a/",status="200"} 12.5' in lines
    assert exposition.escaped('a"b\\c\nd') == r"a\"b\\c\nd"


def waiting(**fields: object) -> DBTaskResult:
    given = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "x.y",
        "backend_name": "default",
        "run_after": get_date_max(),
    }
    return DBTaskResult.objects.create(**given | fields)


def test_the_queue_is_counted_and_aged(settings) -> None:
    settings.CLOCK_SHIFT = dt.timedelta(days=-2000)  # a demonstration: the queue goes by the real clock all the same
    real = clock.now() - settings.CLOCK_SHIFT
    waiting()
    waiting(run_after=real + dt.timedelta(hours=1))
    waiting(run_after=real - dt.timedelta(minutes=7))
    waiting(status="RUNNING")
    waiting(status="FAILED", finished_at=real)
    waiting(status="FAILED", finished_at=real - dt.timedelta(days=2))
    found = queue()
    assert (found.due, found.later, found.running, found.failed, found.workers) == (2, 1, 1, 1, 0)
    assert dt.timedelta(minutes=7) <= found.age < dt.timedelta(minutes=8)


def test_the_last_run_of_a_nightly_job_is_found_by_its_slot() -> None:
    (nightly,) = [job for job in registered() if job.name == "cases.verify_clocks"]
    now = clock.now()
    for back, status in ((1, "FAILED"), (0, "SUCCESSFUL")):
        waiting(
            id=identity_of(nightly.task, f"slot:{slot_of(nightly, now) - back}"),
            status=status,
            started_at=now,
            finished_at=now + dt.timedelta(seconds=3),
        )
    runs = {run.job.name: run for run in last_runs()}
    assert (runs["cases.verify_clocks"].state, runs["cases.verify_clocks"].seconds) == ("SUCCESSFUL", 3.0)
    assert runs["matching.refresh"].state == ""
    assert "cases.sweep_clocks" not in runs


def test_the_page_of_operations_is_for_the_system_administrator(cast: Cast, client: Client, settings) -> None:
    enter(client, cast.street)
    assert client.get("/operations/").status_code == 403
    enter(client, cast.system_admin)
    page = client.get("/operations/").content.decode()
    for text in ("没有后台进程", "时限巡检滞后", "没有备份", "每小时封存一次", "cases.verify_clocks", "近三次都没有运行"):
        assert text in page
    assert 'href="/operations/"' in client.get("/").content.decode()
    (settings.HOME / "backups").mkdir()
    (settings.HOME / "backups" / "one.zip").write_bytes(b"")
    assert "没有备份" not in client.get("/operations/").content.decode()


def test_lengths_and_sizes_in_words() -> None:
    spans = [span(dt.timedelta(seconds=n)) for n in (5, 65, 3700, 200_000)]
    assert spans == ["5 秒", "1 分 5 秒", "1 小时 1 分", "2 天"]
    assert [size(n) for n in (2048, 5 * 2**20, 3 * 2**30)] == ["2 KB", "5.0 MB", "3.0 GB"]
