"""The log 日志: one event a line, as JSON or for people to read, with the request's id and without personal values.

Three rules keep names, numbers and texts of people out, whatever is logged: of an exception its kind and its places in the code are
written, never its words (databases and parsers quote the value they stumble on); of the messages of other people's packages only the
pattern, never what they would fill in (an address, a login name); and our own messages are told of things by their ids.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from pathlib import Path
from typing import Any

from songda.kernel import origin

OURS = ("songda", "django_tasks", "_granian", "granian")  # whose messages name things by ids alone
DEEPEST = 3  # places in other people's code that are written of an exception, beside all in ours
ROOT = Path(__file__).resolve().parents[2]


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, then what the event brought with it (`extra={"told": …}`)."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(told(record), ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same for people: time, level, message, then name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and a line for each place of an exception."""
        event = told(record)
        places = event.pop("exception", None)
        head = f"{event.pop('time')} {event.pop('level'):<7} {event.pop('logger')}: {event.pop('message')}"
        line = " ".join([head, *(f"{name}={value}" for name, value in event.items())])
        return "\n    ".join([line, places["type"], *places["at"]]) if places else line


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says of an event."""
    moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
    request = origin.current().request_id
    return {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": message_of(record),
        **({"request": request} if request else {}),
        **getattr(record, "told", {}),
        **({"exception": exception_of(record.exc_info[1])} if record.exc_info and record.exc_info[1] else {}),
    }


def message_of(record: logging.LogRecord) -> str:
    """Our own message as it reads; of others only the pattern; of a refused request nothing but that (Django quotes what was sent)."""
    if record.name.startswith("django.security"):
        return "request refused"
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


def exception_of(error: BaseException) -> dict[str, Any]:
    """The kind of an exception and of those it came from, and where in the code it arose."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        kinds.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    told = [one for one in frames[:-DEEPEST] if short(one.filename).startswith("songda/")] + frames[-DEEPEST:]
    return {"type": " < ".join(kinds), "at": [f"{short(one.filename)}:{one.lineno} {one.name}" for one in told]}


def short(path: str) -> str:
    """A source file without the way to the installation."""
    return path.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")


def configured(shape: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error in one shape ('json' or 'text'), from a level on.

    Django's own line about each failed request is left out: it holds the filled address, and the access line says the same.
    """
    formatter = "songda.kernel.logs.JsonLines" if shape == "json" else "songda.kernel.logs.TextLines"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "CRITICAL"},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "axes": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
