"""The log says what happened, and nothing about people."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from songda.kernel.logs import JsonLines, TextLines
from songda.kernel.origin import acting_from


def record(name: str, message: object, *words: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.INFO, __file__, 1, message, words, more.pop("exc_info", None))
    vars(made).update(more)
    return made


def test_a_line_is_one_json_object_with_the_request() -> None:
    with acting_from("10.0.0.1", "abc123"):
        line = JsonLines().format(record("songda.access", "request", told={"pattern": "/firms/<int:pk>/", "ms": 3.5}))
    found = json.loads(line)
    assert "\n" not in line
    assert found.pop("time").endswith("Z")
    assert found == {
        "level": "info", "logger": "songda.access", "message": "request", "request": "abc123", "pattern": "/firms/<int:pk>/", "ms": 3.5,
    }  # fmt: skip


def test_others_are_quoted_by_their_pattern_only() -> None:
    assert json.loads(JsonLines().format(record("axes.handlers", "login by %s", "示例甲")))["message"] == "login by %s"
    assert json.loads(JsonLines().format(record("django.db", ValueError("示例甲"))))["message"] == "ValueError"
    assert json.loads(JsonLines().format(record("songda.jobs", "job %s", 7)))["message"] == "job 7"


@pytest.mark.parametrize("shape", [JsonLines(), TextLines()])
def test_an_exception_is_told_by_kind_and_place_never_by_its_words(shape: logging.Formatter) -> None:
    try:
        try:
            int("十13800000000x")
        except ValueError as error:
            raise LookupError("示例甲 13800000000") from error
    except LookupError:
        line = shape.format(record("songda.faults", "fault", exc_info=sys.exc_info()))
    assert "builtins.LookupError < builtins.ValueError" in line
    assert "test_logs.py" in line
    assert "138" not in line
    assert "示例" not in line


def test_the_readable_form_has_one_line_an_event() -> None:
    line = TextLines().format(record("songda.access", "request", told={"ms": 3.5}))
    assert line.endswith("info    songda.access: request ms=3.5")
