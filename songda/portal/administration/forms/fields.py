"""Fields for what an entry may hold besides single values: lines of text, rows of small groups, and YAML for what lies deeper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from songda.portal.administration.forms.shapes import Part
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import parse_sheet
from songda.portal.packs.rewriting import written

SPARE = 3  # empty rows below those that are filled in
MOST_ROWS = 500
LONG_CELL = 40  # characters from which a column's cells get more than one line
PARTED = re.compile(r"[、,，;；\s]+")


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """As lines."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """As a list; empty lines do not count."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class NumbersField(forms.CharField):
    """A list of whole numbers, parted by commas or spaces."""

    def prepare_value(self, value: Any) -> Any:
        """In one line."""
        return "、".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """As a list of numbers."""
        try:
            return [int(one) for one in PARTED.split(str(value or "")) if one]
        except ValueError as error:
            raise ValidationError(_("请填整数，用顿号或空格隔开。")) from error


class YamlField(forms.CharField):
    """Anything, as the pack's file writes it."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """The text of a value; a text that was sent stays as it is."""
        return value if isinstance(value, str) else "" if value is None else written(value).removesuffix("...\n").rstrip()

    def to_python(self, value: Any) -> Any:
        """The value of a text, read as a pack's file is; None for an empty one."""
        text = str(value or "")
        found = parse_sheet(f"value:\n{indent(text, '  ')}", "", "")
        if isinstance(found, PackProblem):
            raise ValidationError(_("第 %(line)d 行：%(why)s") % {"line": max(found.line - 1, 1), "why": found.message})
        return found.data["value"]


class RowsWidget(forms.Widget):
    """A table of small groups, a cell for each of their values, with a few empty rows at its end."""

    template_name = "administration/rows.html"

    def __init__(self, columns: Sequence[Part]) -> None:
        super().__init__()
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Rows of cells, each with its name and text."""
        rows = [*(value or ()), *({} for _spare in range(SPARE))]
        texts = [[shown(row.get(column.path[-1])) for column in self.columns] for row in rows]
        tall = [any("\n" in row[at] or len(row[at]) > LONG_CELL for row in texts) for at in range(len(self.columns))]
        cells = [
            [
                (column, f"{name}-{at}-{column.path[-1]}", text, high)
                for column, text, high in zip(self.columns, row, tall, strict=True)
            ]
            for at, row in enumerate(texts)
        ]
        return {**super().get_context(name, value, dict(attrs or {})), "columns": self.columns, "rows": cells}

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> list[dict[str, str]]:
        """What was sent, as texts; rows without any are left out."""
        keys = [column.path[-1] for column in self.columns]
        sent = [
            {key: str(data.get(f"{name}-{at}-{key}", "")).strip() for key in keys}
            for at in range(MOST_ROWS)
            if f"{name}-{at}-{keys[0]}" in data
        ]
        return [row for row in sent if any(row.values())]


class RowsField(forms.Field):
    """A list of small groups."""

    def __init__(self, columns: Sequence[Part], **more: Any) -> None:
        super().__init__(widget=RowsWidget(columns), **more)
        self.columns = columns

    def to_python(self, value: Any) -> Any:
        """The rows as the file has them: what is empty is left out, a text that must be there is an empty one."""
        return [
            {
                column.path[-1]: self._cell(column, row[column.path[-1]], at)
                for column in self.columns
                if row[column.path[-1]] or (column.required and column.kind == "text")
            }
            for at, row in enumerate(value or (), 1)
        ]

    def _cell(self, column: Part, text: str, at: int) -> Any:
        if column.kind == "flag":
            return text == "true"
        if column.kind in ("lines", "words"):
            return [one for one in PARTED.split(text) if one]
        if column.kind != "number":
            return text
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise ValidationError(_("第 %(at)d 行的“%(label)s”应为整数。") % {"at": at, "label": column.label})
        return int(text)


def shown(value: Any) -> str:
    """A single value, or a list of texts, as a cell shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
