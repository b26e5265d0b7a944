"""Jobs for the tests."""

from __future__ import annotations

import datetime as dt

from songda.kernel import origin
from songda.kernel.jobs import job

DONE: list[object] = []


@job("tests.note")
def note(text: str) -> str:
    DONE.append(text)
    return origin.current().address


@job("tests.fail")
def fail() -> None:
    raise ValueError("示例失败")


@job("tests.hourly", every=dt.timedelta(hours=1))
def hourly() -> None:
    DONE.append("hour")


@job("tests.nightly", every=dt.timedelta(days=1), at=dt.timedelta(hours=2))
def nightly() -> None:
    DONE.append("night")
