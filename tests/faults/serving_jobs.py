"""The job that `serving` asks for: it takes a moment, says when it began, and leaves one mark for its number."""

from __future__ import annotations

import time

from django.db import connection, transaction

from songda.kernel.jobs import job

TABLES = ("faults_begun", "faults_done")  # without a unique index: a job done twice is to be seen, not prevented


@job("faults.mark")
def mark(number: int) -> int:
    """Leave a mark, unless a run before left it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO faults_begun VALUES (%s)", [number])
        time.sleep(0.05)
        with transaction.atomic():
            cursor.execute("SELECT count(*) FROM faults_done WHERE number = %s", [number])
            if not cursor.fetchone()[0]:
                cursor.execute("INSERT INTO faults_done VALUES (%s)", [number])
    return number
