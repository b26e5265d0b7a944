"""Every door that takes a file, found in the source and in the pages themselves, so that a new one cannot be forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from inspect import unwrap
from pathlib import Path

from django.urls import URLPattern

from tests.structure.test_doors import PAGES

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a page shows it: where it goes, what its fields hold, and the names of those that take files."""

    action: str
    fields: dict[str, str]
    files: tuple[str, ...]


class Forms(HTMLParser):
    """Finds the forms of a page that take files, and fills in whatever a hurried person would."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.fields: dict[str, str] = {}
        self.files: list[str] = []
        self.select = self.action = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a field."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.fields, self.files, self.action = {}, [], given.get("action", "")
        elif tag == "input" and given.get("type") == "file":
            self.files.append(name)
        elif tag == "input" and name and given.get("type") not in ("checkbox", "radio", "submit"):
            self.fields[name] = given.get("value") or FILLED.get(given.get("type", ""), "示例")
        elif tag == "input" and given.get("type") == "radio":
            self.fields.setdefault(name, given.get("value", ""))
        elif tag == "textarea":
            self.fields[name] = "示例说明，情况属实。"
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and given.get("value") and (self.select not in self.fields or "selected" in given):
            self.fields[self.select] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        """Keep a form that takes files."""
        if tag == "select":
            self.select = ""
        elif tag == "form" and self.files:
            self.found.append(Form(self.action, self.fields, tuple(self.files)))


FILLED = {
    "date": "2020-03-10",
    "datetime-local": "2020-03-10T09:00",
    "number": "1",
    "hidden": "",
    "search": "",
    "url": "https://example.org/",
}


def forms_in(page: str) -> list[Form]:
    """The forms of a page that take files."""
    reader = Forms()
    reader.feed(page)
    return reader.found


def readers_of_uploads() -> set[str]:
    """Every function of the house that reads `request.FILES`, as 'module:function'."""
    return {f"{module}:{name}" for module, tree in modules() for name, node in functions(tree) if reads_files(node)}


def upload_pages() -> set[str]:
    """Those, and the functions beside them that lead there."""
    found = set()
    for module, tree in modules():
        all_of = functions(tree)
        known = {name for name, node in all_of if reads_files(node)}
        while more := {name for name, node in all_of if name not in known and known & called(node)}:
            known |= more
        found |= {f"{module}:{name}" for name in known}
    return found


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The modules that read uploads."""
    for path in sorted((ROOT / "songda").rglob("*.py")):
        text = path.read_text(encoding="utf8")
        if ".FILES" in text and "/tests/" not in str(path):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), ast.parse(text)


def functions(tree: ast.Module) -> list[tuple[str, ast.FunctionDef]]:
    """All functions of a module, those within others too."""
    return [(node.name, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def reads_files(node: ast.FunctionDef) -> bool:
    """Whether a function reads what was uploaded."""
    return any(isinstance(one, ast.Attribute) and one.attr == "FILES" for one in ast.walk(node))


def called(node: ast.FunctionDef) -> set[str]:
    """The names a function calls."""
    return {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}


def upload_routes() -> list[tuple[str, URLPattern]]:
    """The addresses of those pages."""
    pages = upload_pages()
    return [
        (route, page)
        for route, page in PAGES
        if (view := unwrap(page.callback)) and f"{view.__module__}:{view.__name__}" in pages
    ]
