"""The English catalogue: what is in it, what is missing, and its two files (`.po` written by people, `.mo` compiled)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from songda.portal.languages.extracting import Message

LOCALE = Path(__file__).parent / "locale"
PO = LOCALE / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
PLACEHOLDER = re.compile(r"%\((\w+)\)[-+ #0]*\d*[a-z]|(%[sd])|\{(\w*)[^{}]*\}")
CONTENT = "Content-Type: text/plain; charset=utf-8"
PLURALS = "Plural-Forms: nplurals=2; plural=(n != 1);"


def read(path: Path = PO) -> Catalog:
    """The catalogue of a `.po` file; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def updated(old: Catalog, messages: Iterable[Message]) -> Catalog:
    """A catalogue of exactly these messages, sorted by source, with the translations that the old one knows."""
    new = Catalog(locale="en", project="songda", fuzzy=False)
    for message in sorted(messages):
        key = message if len(message) > 1 else message[0]
        known = old.get(message[0])
        kept = known.string if known is not None and known.id == key else None
        new.add(key, kept)
    return new


def write(catalogue: Catalog, path: Path = PO) -> None:
    """Write the `.po` file: sorted, whole lines, no line numbers and no dates, so that a difference shows only words."""
    head = f'# English catalogue of Songda 送达.\nmsgid ""\nmsgstr ""\n"{CONTENT}\\n"\n"Language: en\\n"\n"{PLURALS}\\n"\n\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(head.encode())
        write_po(file, catalogue, width=0, omit_header=True, no_location=True)


def compile_to(path: Path = MO, source: Path = PO) -> None:
    """Make the `.mo` file that Django reads."""
    with path.open("wb") as file:
        write_mo(file, read(source))


def texts(string: str | Iterable[str] | None) -> tuple[str, ...]:
    """One translation or several, as several."""
    return (string,) if isinstance(string, str) else tuple(string or ())


def untranslated(catalogue: Catalog) -> list[str]:
    """The sources without a translation, or with one of the plural forms empty."""
    return [texts(message.id)[0] for message in catalogue if message.id and not all(texts(message.string) or ("",))]


def broken(catalogue: Catalog) -> list[str]:
    """The sources whose placeholders differ from those of a translation (each plural form is held to its own source)."""
    return [
        texts(message.id)[0]
        for message in catalogue
        for source, said in zip(texts(message.id), texts(message.string), strict=False)
        if source and said and placeholders(source) != placeholders(said)
    ]


def placeholders(text: str) -> set[str]:
    """The names of the places where values are put in, of either kind of formatting."""
    return {"".join(found) for found in PLACEHOLDER.findall(text.replace("%%", ""))}
