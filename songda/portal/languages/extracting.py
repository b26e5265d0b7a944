"""Find every sentence that is to be translated, in Python modules and in templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from songda.kernel.errors import Invalid

MODULES = ("django.utils.translation", "songda.kernel.words")
SINGULAR = ("gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy")
IN_TEMPLATES = {"gettext": None, "_": None, "ngettext": (1, 2)}
Message = tuple[str, ...]
"""The sentence as written; two texts (one, several) where it counts something."""


def messages_under(folder: Path) -> set[Message]:
    """All messages of the modules and templates below a folder; tests and migrations say nothing to users."""
    found: set[Message] = set()
    for path in sorted(folder.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            found.update(in_module(path.read_text(encoding="utf8"), path.as_posix()))
    for path in sorted(folder.rglob("templates/**/*.html")):
        found.update(in_template(path.read_text(encoding="utf8"), path.as_posix()))
    return found


def in_module(source: str, origin: str) -> Iterator[Message]:
    """The messages of one Python module, under whatever name it imported gettext (`_` mostly)."""
    tree = ast.parse(source, origin)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = names.get(node.func.id)
            texts = 1 if function in SINGULAR else 2 if function in PLURAL else 0
            if texts:
                yield tuple(literal(argument, origin) for argument in node.args[:texts])


def literal(argument: ast.expr, origin: str) -> str:
    """The text of a plain literal (adjacent literals are one already); Invalid for one put together before it is translated."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise Invalid(
        f"{origin} 第 {argument.lineno} 行：待译文字须是完整的字符串，此处为“{ast.unparse(argument)}”。",
        advice='把可变部分写成占位符，例如 _("共 {count} 条").format(count=count)。',
    )


def in_template(source: str, origin: str) -> Iterator[Message]:
    """The messages of one template: translate and blocktranslate tags and `_("…")` in tags and filters.

    Django rewrites the template as gettext calls between blanked-out text; without its indentation that reads as Python.
    """
    calls = "\n".join(line.strip() for line in templatize(source, origin=origin).splitlines())
    for _line, _function, texts, _comments in extract_python(BytesIO(calls.encode()), IN_TEMPLATES, [], {"encoding": "utf8"}):
        yield (texts,) if isinstance(texts, str) else tuple(text for text in texts if text)
