"""Files that are given out 导出: each leaves a row in the trail with the rows it holds, whichever room wrote it. No row, no file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO, Final

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from songda.kernel import clock
from songda.portal.watching.middleware import pattern_of
from songda.registry.people.actions import note_taken

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final = {WORKBOOK: "xlsx", "application/zip": "zip", "application/pdf": "pdf", "text/csv": "csv"}
SHEETS, ROW = "xl/worksheets/", b"<row "
PIECE, MOST_PIECES = 1 << 20, 512  # bytes; a sheet of half a gigabyte is counted no further
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def noted_files(respond: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Put each file that a post takes on record. What a signed link of a visitor opens is kept by its own room."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        actor = getattr(request, "actor", None)
        if actor is not None and is_file(response):
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            note_taken(actor, pattern_of(request), KINDS.get(kind, kind), rows_of(response, KINDS.get(kind, "")), now=clock.now())
        return response

    return middleware


def is_file(response: HttpResponseBase) -> bool:
    """Whether an answer is a file to keep."""
    return response.status_code == 200 and response.headers.get("Content-Disposition", "").startswith("attachment")


def rows_of(response: HttpResponseBase, kind: str) -> int | None:
    """How many rows of data a table holds, its headings not counted; None for what is no table, or cannot be looked into."""
    if isinstance(response, FileResponse):
        stream = response.file_to_stream
    else:
        stream = BytesIO(response.content) if isinstance(response, HttpResponse) else None
    if stream is None or not stream.seekable():
        return None
    start = stream.tell()
    try:
        return {"xlsx": rows_of_workbook, "zip": rows_of_package, "csv": rows_of_text}.get(kind, lambda _stream: None)(stream)
    except UNREADABLE:  # somebody's own file, given out as it came
        return None
    finally:
        stream.seek(start)


def rows_of_package(stream: IO[bytes]) -> int:
    """The rows of the workbooks in a package."""
    with zipfile.ZipFile(stream) as package:
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        return sum(rows_of_workbook(BytesIO(package.read(name))) for name in books)


def rows_of_workbook(stream: IO[bytes]) -> int:
    """The rows of all sheets, without one of headings each. Read piece by piece: a large one costs no memory."""
    with zipfile.ZipFile(stream) as book:
        return sum(max(0, count_in(book, name) - 1) for name in book.namelist() if name.startswith(SHEETS))


def count_in(book: zipfile.ZipFile, name: str) -> int:
    """The rows of one sheet, as far as it is read."""
    found, tail = 0, b""
    with book.open(name) as sheet:
        for _piece in range(MOST_PIECES):
            if not (piece := sheet.read(PIECE)):
                break
            found += (tail + piece).count(ROW)
            tail = piece[-(len(ROW) - 1) :]
    return found


def rows_of_text(stream: IO[bytes]) -> int:
    """The lines of a text, without its headings."""
    return max(0, sum(1 for _line in stream) - 1)
