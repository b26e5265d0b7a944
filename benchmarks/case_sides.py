"""The requests of the ledger bench, run by `bench_cases` after Django is set up in the bench's home."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks.page_sides import measured
from songda.kernel import clock
from songda.kernel.origin import acting_from
from songda.ledger.cases.models import Case
from songda.portal.demo.ledger import Amount, fill_ledger
from songda.portal.demo.running import Run
from songda.registry.actors import system

PACK = Path(__file__).parents[1] / "packs" / "zhengzhou-2020"
AREA = "4101/72/"
PAGES = {
    "street": (
        "/cases/",
        "/cases/?lamp=red",
        "/cases/?text=口罩",
        "/cases/?state=working&category=labour",
        "/cases/?open=all",
        "/cases/{case}/",
        "/",
    ),
    "officer": ("/cases/", "/cases/?held=on", "/"),
    "desk": ("/cases/", "/cases/?mine=on&lamp=red", "/"),
    "lead": ("/cases/",),
    "dispatcher": ("/cases/", "/cases/?lamp=yellow", "/cases/?text=口罩&open=all", "/cases/?stale=on", "/cases/figures/", "/"),
    "leader": ("/cases/", "/"),
    "firm": ("/cases/",),
}


def main(cases: int, opened: int, runs: int) -> None:
    """Fill what is not filled, then print the rows."""
    settings.ALLOWED_HOSTS = ["testserver"]
    run = Run(PACK, lambda *_told: None)
    with acting_from("bench"):
        call_command("migrate", verbosity=0)
        if not Case.objects.exists():
            run.load_pack()
            run.raise_city()
            run.appoint()
            since = clock.start_of(dt.date(2019, 1, 1))
            fill_ledger(Amount(cases, opened, since, AREA, all_clocks=False), seed="bench", by=system("bench"), now=clock.now())
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
    street = Case.objects.filter(area_path=f"{AREA}562/", open=True).order_by("pk")[5]
    rows = [measured(role, page.format(case=street.pk), runs) for role, pages in PAGES.items() for page in pages]
    found = {"cases": Case.objects.count(), "open": Case.objects.filter(open=True).count(), "runs": runs}
    print(json.dumps({"rows": rows, "database": connection.vendor, **found}))
