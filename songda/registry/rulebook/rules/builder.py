"""The form 表单 and the text are two views of one tree: condition → form, form → condition, nothing lost either way.

What no row can say (arithmetic, 分档, growth …) is one row of text; what lies very deep is too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from songda.engines.rules import tree
from songda.engines.rules.build import all_of, any_of
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.check import check
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.kernel.words import gettext as _
from songda.registry.rulebook.rules.form_nodes import ALL, ANY, GROUPS, ROW, SOME, TEXT, FormNode
from songda.registry.rulebook.rules.form_rows import RowError, condition_of_row, row_of

DEEPEST = 6
BLANK = "…"
_JOINTS = {ALL: " 且 ", ANY: " 或 "}
_KINDS: Mapping[type[tree.Node], str] = {tree.And: ALL, tree.Or: ANY, tree.AtLeast: SOME}


@dataclass(frozen=True, slots=True)
class Built:
    """What a form says: its canonical text, or where rows are open a sketch with `…` (which no parser takes for a rule).

    `errors`: a sentence for each open row or group by its path ("" the whole, "0.2" the third item of the first).
    """

    text: str
    condition: tree.Condition | None
    errors: Mapping[str, str]


def form_of(condition: tree.Condition, catalogue: Catalogue) -> FormNode:
    """The form of a condition: always a group at the top, so that there is room for more."""
    node = _node(condition, catalogue, DEEPEST)
    return node if node.is_group else FormNode(ALL, (node,))


def condition_of_form(form: FormNode, catalogue: Catalogue) -> Built:
    """What the form says; an empty form says nothing and is no error."""
    if not form.items and form.is_group:
        return Built("", None, {})
    errors: dict[str, str] = {}
    condition, text = _Reader(catalogue, errors).read(form, "")
    if condition is not None:
        try:
            check(condition, catalogue)
        except RuleError as error:
            errors[""] = str(error)
    return Built(text, None if errors else condition, errors)


def _node(condition: tree.Condition, catalogue: Catalogue, levels: int) -> FormNode:
    row = row_of(condition, catalogue)
    if row is not None:
        return row
    if levels and isinstance(condition, tree.And | tree.Or | tree.AtLeast):
        items = tuple(_node(one, catalogue, levels - 1) for one in condition.items)
        count = {"count": str(condition.count)} if isinstance(condition, tree.AtLeast) else {}
        return FormNode(_KINDS[type(condition)], items, count)
    if levels and isinstance(condition, tree.Not):
        inner = _node(condition.item, catalogue, levels - 1)
        taken = inner.negated or inner.latest
        return FormNode(ALL, (inner,), negated=True) if taken else replace(inner, negated=True)
    if levels and isinstance(condition, tree.Latest):
        inner = _node(condition.item, catalogue, levels - 1)
        return FormNode(ALL, (inner,), latest=True) if inner.latest else replace(inner, latest=True)
    return FormNode(TEXT, values={"text": show(condition, catalogue)})


class _Reader:
    """Reads nodes into conditions, gathering what is open."""

    def __init__(self, catalogue: Catalogue, errors: dict[str, str]) -> None:
        self.catalogue = catalogue
        self.errors = errors

    def read(self, node: FormNode, path: str) -> tuple[tree.Condition | None, str]:
        """The condition of a node (None: open) and its text."""
        try:
            condition, text = self._group(node, path) if node.kind in GROUPS else (self._leaf(node), "")
        except RowError as error:
            self.errors[path] = str(error)
            condition, text = None, _open_text(node)
        if condition is None:
            text = f"非 ({text})" if node.negated else text
            return None, f"({text}) 以最近值计" if node.latest else text
        condition = tree.Not(condition) if node.negated else condition
        condition = tree.Latest(condition) if node.latest else condition
        return condition, show(condition, self.catalogue)

    def _leaf(self, node: FormNode) -> tree.Condition:
        if node.kind == ROW:
            return condition_of_row(node, self.catalogue)
        text = node.values.get("text", "").strip()
        if not text:
            raise RowError(_("请写条件，或删去这一行"))
        try:
            return parse_condition(text, self.catalogue)
        except RuleError as error:
            raise RowError(str(error)) from error

    def _group(self, node: FormNode, path: str) -> tuple[tree.Condition | None, str]:
        if not node.items:
            raise RowError(_("这一组还没有条件"))
        parts = [self.read(one, f"{path}.{at}" if path else str(at)) for at, one in enumerate(node.items)]
        made = tuple(condition for condition, _text in parts if condition is not None)
        count = _count(node, len(parts)) if node.kind == SOME else 0
        if len(made) < len(parts):
            return None, _joined(node.kind, count, parts)
        if node.kind == SOME:
            return tree.AtLeast(count, made), ""
        return (all_of if node.kind == ALL else any_of)(made), ""


def _count(node: FormNode, most: int) -> int:
    written = node.values.get("count", "").strip()
    if not written.isascii() or not written.isdigit() or not 1 <= int(written[:4]) <= most:
        raise RowError(_("至少几项？请填 1 到 %(most)d") % {"most": most})
    return int(written)


def _open_text(node: FormNode) -> str:
    if node.kind == TEXT:
        return node.values.get("text", "").strip() or BLANK
    return f"{node.values.get('fact', '').strip()} {BLANK}".strip()


def _joined(kind: str, count: int, parts: list[tuple[tree.Condition | None, str]]) -> str:
    if kind == SOME:
        return f"至少{count}项 {{{'；'.join(text for _condition, text in parts)}}}"
    several = len(parts) > 1
    texts = [f"({text})" if several and _mixes(condition, text) else text for condition, text in parts]
    return _JOINTS[kind].join(texts)


def _mixes(condition: tree.Condition | None, text: str) -> bool:
    if condition is None:
        return any(joint in text for joint in _JOINTS.values())
    return isinstance(condition, tree.And | tree.Or)
