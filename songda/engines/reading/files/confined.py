"""Reading in a process of its own 隔离读取: hostile files cost at most a limited time and memory, and never the caller.

The child is `python -m songda.engines.reading.files.confined KIND`; it takes the file on standard input and answers one JSON object in a
temporary file. It limits its own address space, processor time and output (`resource`, POSIX); where that is missing (Windows) only
the parent's waiting time and the length of the answer are limited.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.readers import READERS
from songda.engines.reading.limits import CHILD_MEMORY, CHILD_SECONDS, CHILD_WAIT, MOST_BYTES, MOST_CHARACTERS

Told = tuple[str, tuple[str, ...]]
_LONGEST_ANSWER = 8 * MOST_CHARACTERS
_ROOT = Path(__file__).resolve().parents[4]
_ADVICE = "请用原来的软件打开文件另存，或把正文复制到文本文件（UTF-8）后再读入。"


def read_confined(kind: str, data: bytes) -> Told:
    """The text and notes of a file of `kind`, read in a child process with limits. Costs 0.1 to 0.2 seconds for its start."""
    with tempfile.TemporaryFile() as answer:
        try:
            subprocess.run(
                [sys.executable, "-P", "-m", "songda.engines.reading.files.confined", kind],
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=CHILD_WAIT,
                check=False,
                env=_environment(),
            )
        except subprocess.TimeoutExpired as trouble:
            raise _stopped() from trouble
        except OSError as trouble:
            raise ReadingError("unreadable", "无法启动读取进程。", "请检查系统资源后重试。") from trouble
        answer.seek(0)
        return _told(answer.read(_LONGEST_ANSWER + 1))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}


def _told(answer: bytes) -> Told:
    try:
        told = json.loads(answer)
    except ValueError as trouble:  # killed at a limit: nothing or half an answer
        raise _stopped() from trouble
    if "code" in told:
        raise ReadingError(told["code"], told["message"], told["advice"])
    return told["text"], tuple(told["notes"])


def _stopped() -> ReadingError:
    return ReadingError("stopped", "读取这个文件的进程没有正常结束：耗时或占用内存超过上限，或文件结构异常。", _ADVICE)


def _limit() -> None:
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_AS", CHILD_MEMORY),
        ("RLIMIT_CPU", CHILD_SECONDS),
        ("RLIMIT_FSIZE", _LONGEST_ANSWER),
        ("RLIMIT_CORE", 0),
    ):
        resource.setrlimit(getattr(resource, name), (most, most))


def _answer(kind: str, data: bytes) -> dict[str, object]:
    try:
        text, notes = READERS[kind](data)
    except ReadingError as refusal:
        return _refused(refusal)
    except MemoryError:
        return _refused(_stopped())
    return {"text": text[: MOST_CHARACTERS + 1], "notes": notes}


def _refused(refusal: ReadingError) -> dict[str, object]:
    return {"code": refusal.code, "message": refusal.message, "advice": refusal.advice}


if __name__ == "__main__":
    _limit()
    sys.stdout.write(json.dumps(_answer(sys.argv[1], sys.stdin.buffer.read(MOST_BYTES + 1))))
