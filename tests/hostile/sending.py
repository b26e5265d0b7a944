"""One hostile file, its name, and the ways of sending it: a form as a browser does, or a form that no browser would send."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.hostile import documents, workbooks

MADE = {**workbooks.MADE, **documents.MADE}
SUFFIXES = (
    "xlsx",
    "csv",
    "txt",
    "docx",
    "pdf",
    "ofd",
    "jpg",
    "png",
    "webp",
    "html",
    "xls",
    "zip",
    "exe",
    "",
    "x" * 240,
    "xl\x00sx",
    "xlsx.",
    "表",
)
NAMES = (
    "名册", "a", "", ".", "..", "../../../etc/passwd", "C:\\windows\\x", "/etc/passwd", "\u202egpj", "😀" * 60, "示" * 300, "a" * 1_000, "a\x00b", "a\r\nX: y",
    "con", "-rf", "%2e%2e%2f", "=cmd|' /C calc'!A0", "<script>", "a;b\"c'd", "\ud83d", "a/b", "\u202e\u200b", " ", "NUL", "$(id)", "`id`", "{{7*7}}",
)  # fmt: skip
FITTING = {
    "xlsx": ("workbook", "endless_rows", "huge_extent", "unplaced_cells", "entities", "odd_parts", "formula_cells", "odd_cells"),
    "csv": ("comma_table", "one_long_line"),
    "docx": ("word",),
    "ofd": ("ofd",),
    "pdf": ("pdf",),
    "jpg": ("picture",),
    "html": ("page",),
    "txt": ("text",),
}
SUFFIX_OF = {name: suffix for suffix, names in FITTING.items() for name in names}
TYPES = (
    "application/octet-stream",
    "text/plain",
    "image/jpeg",
    "application/pdf",
    "x/y",
    "",
    "multipart/mixed; boundary=x",
    "text/csv; charset=utf-99",
)
BOUNDARY = b"----hostile"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file as it is sent; `sort` is who made it."""

    sort: str
    name: str
    kind: str
    data: bytes

    @property
    def shown(self) -> bytes:
        """The name as it stands in a form: any bytes but what would end it."""
        return self.name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")


def hostile(chance: random.Random, door: str) -> Hostile:
    """A file drawn by lot; for a door that reads tables half of them are such; mostly under a name that gets it opened."""
    if door in workbooks.HEADINGS and chance.random() < 0.5:
        sort = chance.choice(list(workbooks.OF_A_TABLE))
        data = workbooks.OF_A_TABLE[sort](chance, door)
    else:
        sort = chance.choice(list(MADE))
        data = MADE[sort](chance)
    suffix = SUFFIX_OF.get(sort) or chance.choice(SUFFIXES[:10]) if chance.random() < 0.7 else chance.choice(SUFFIXES)
    stem = chance.choice(NAMES) if chance.random() < 0.4 else f"{sort}{chance.randrange(10**6)}"
    return Hostile(sort, f"{stem}.{suffix}" if suffix else stem, chance.choice(TYPES), data)


def whole_form(fields: dict[str, str], into: str, files: list[Hostile]) -> tuple[bytes, str]:
    """The body and content type as a browser makes them, whatever the files are called."""
    parts = [field(name, value) for name, value in fields.items()]
    parts += [
        b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n%s\r\n'
        % (BOUNDARY, into.encode(), one.shown, (one.kind or "text/plain").encode(), one.data)
        for one in files
    ]
    return b"".join(parts) + b"--%s--\r\n" % BOUNDARY, f"multipart/form-data; boundary={BOUNDARY.decode()}"


def field(name: str, value: str) -> bytes:
    """A plain field of a form."""
    return b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, name.encode(), value.encode())


def broken_form(chance: random.Random, fields: dict[str, str], into: str, file: Hostile) -> tuple[bytes, str]:
    """The body and content type of a form that is not one."""
    parts, name = [field(name, value) for name, value in fields.items()], into.encode()
    head = chance.choice((
        b'Content-Disposition: form-data; name="%s"; filename="%s"' % (name, file.shown),
        b'Content-Disposition: form-data; name="%s"; filename*=utf-99\'\'%%ff%%fe' % name,
        b'Content-Disposition: form-data; name="%s"; filename="' % name,
        b'Content-Disposition: form-data; filename="%s"' % file.shown,
        b"Content-Disposition: attachment",
        b"Content-Type: text/plain",
        b'Content-Disposition: form-data; name="%s"; filename="x.csv"\r\nContent-Transfer-Encoding: base64' % name,
        b'Content-Disposition: form-data; name="%s"; filename="x.csv"\r\nX: %s' % (name, b"y" * 100_000),
        b'Content-Disposition: form-data; name="a\x00b\xff"; filename="x\x00.csv"',
    ))  # fmt: skip
    parts.append(b"--%s\r\n%s\r\n\r\n%s\r\n" % (BOUNDARY, head, file.data[:200_000]))
    body = b"".join(parts) + b"--%s--\r\n" % BOUNDARY
    kind = f"multipart/form-data; boundary={BOUNDARY.decode()}"
    return chance.choice((
        (body, kind),
        (body[: chance.randrange(len(body))], kind),
        (body, "multipart/form-data"),
        (body, "multipart/form-data; boundary="),
        (body, "multipart/form-data; boundary=" + "x" * 300),
        (body, "multipart/form-data; boundary=示例"),
        (body, kind + "; charset=utf-99"),
        (body.replace(b"\r\n", b"\n"), kind),
        (parts[0] * 3_000 + body if parts else body, kind),
        (b"".join(parts[-1:]) * 150 + body if len(file.data) < 5_000 else body, kind),
        (b"", kind),
        (body, "application/json"),
    ))  # fmt: skip
