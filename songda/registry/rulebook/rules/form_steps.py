"""Steps in the form 表单操作: add, remove, move, group and ungroup, choose a fact or a code. Each gives a new form.

Moving goes through the whole form, as in an outline: up from the first place of a group leads out of it, up below a group
leads into it, so that every place can be reached with two keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _
from songda.registry.rulebook.rules.form_nodes import ALL, ANY, ROW, TEXT, FormNode
from songda.registry.rulebook.rules.form_rows import IN, OUT, VERBS

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stepped:
    """The form after a step, and the path of the node to look at next."""

    form: FormNode
    focus: str


def step(form: FormNode, do: str, at: str, value: str, catalogue: Catalogue) -> Stepped:
    """Take one step at the node with this path. Invalid for a step or a place that there is not."""
    path = _path(at)
    if do in _ADDED:
        group = node_at(form, path)
        if not group.is_group:
            raise _refusal()
        added = put(form, path, replace(group, items=(*group.items, _ADDED[do])))
        return Stepped(added, spell((*path, len(group.items))))
    if do in _MOVES:
        moved, focus = _MOVES[do](form, path)
        return Stepped(moved, spell(focus))
    node = node_at(form, path)
    if do == "fact":
        return Stepped(put(form, path, about(node, value, catalogue)), at)
    if do not in _CHANGES:
        raise _refusal()
    return Stepped(put(form, path, _CHANGES[do](node, value)), at)


def about(row: FormNode, name: str, catalogue: Catalogue) -> FormNode:
    """A row about another fact: what still fits its kind and unit is kept, the rest begins anew."""
    before, after = (catalogue.by_name.get(one.strip()) for one in (row.values.get("fact", ""), name))
    if after is None or (before is not None and (before.kind, before.unit, before.code_list) == kind_of(after)):
        return replace(row, values={**row.values, "fact": name})
    return replace(row, values={"fact": name, **beginning(after)}, codes=())


def kind_of(fact: FactKind) -> tuple[Kind, str, str]:
    """What two facts must share for the values of a row to fit both."""
    return fact.kind, fact.unit, fact.code_list


def beginning(fact: FactKind) -> dict[str, str]:
    """The values that a fresh row about a fact begins with."""
    verb, unit = VERBS[fact.kind][0], "万元" if fact.unit == "元" else fact.unit
    units = {"unit": unit, "low_unit": unit, "high_unit": unit} if fact.kind in (Kind.NUM, Kind.SERIES) else {}
    ends = {"low_in": IN, "high_in": OUT} if fact.kind in (Kind.NUM, Kind.DATE) else {}
    period = {"count": "1", "period": "年"} if fact.kind in (Kind.DATE, Kind.EVENT) else {}
    years = {"years": "3", "operator": "≥"} if fact.kind is Kind.SERIES else {}
    return {"verb": verb, **units, **ends, **period, **years}


def node_at(form: FormNode, path: Path) -> FormNode:
    """The node at a path."""
    for at in path:
        if at >= len(form.items):
            raise _refusal()
        form = form.items[at]
    return form


def put(form: FormNode, path: Path, *nodes: FormNode) -> FormNode:
    """The form with the node at a path replaced by these (none: taken out)."""
    if not path:
        if len(nodes) != 1 or not nodes[0].is_group:
            raise _refusal()
        return nodes[0]
    parent = node_at(form, path[:-1])
    if path[-1] >= len(parent.items):
        raise _refusal()
    items = (*parent.items[: path[-1]], *nodes, *parent.items[path[-1] + 1 :])
    return put(form, path[:-1], replace(parent, items=items))


def spell(path: Path) -> str:
    """A path as written: 0.2."""
    return ".".join(str(one) for one in path)


def _remove(form: FormNode, path: Path) -> tuple[FormNode, Path]:
    if not path:
        return FormNode(ALL), ()
    left = put(form, path)
    parent = path[:-1]
    return left, (*parent, path[-1] - 1) if path[-1] else parent


def _up(form: FormNode, path: Path) -> tuple[FormNode, Path]:
    if not path or (len(path) == 1 and not path[-1]):
        return form, path
    node, parent, place = node_at(form, path), path[:-1], path[-1]
    if not place:
        return put(form, parent, node, *_rest(form, path)), parent
    above = node_at(form, (*parent, place - 1))
    if above.is_group:
        inside = put(put(form, path), (*parent, place - 1), replace(above, items=(*above.items, node)))
        return inside, (*parent, place - 1, len(above.items))
    return put(put(form, path), (*parent, place - 1), node, above), (*parent, place - 1)


def _down(form: FormNode, path: Path) -> tuple[FormNode, Path]:
    if not path:
        return form, path
    node, parent, place = node_at(form, path), path[:-1], path[-1]
    if place + 1 == len(node_at(form, parent).items):
        if not parent:
            return form, path
        rest = _rest(form, path)
        return put(form, parent, *rest, node), (*parent[:-1], parent[-1] + len(rest))
    below = node_at(form, (*parent, place + 1))
    if below.is_group:
        return put(put(form, path), (*parent, place), replace(below, items=(node, *below.items))), (*parent, place, 0)
    return put(put(form, path), (*parent, place), below, node), (*parent, place + 1)


def _rest(form: FormNode, path: Path) -> tuple[FormNode, ...]:
    """The group around a node without it; nothing where it was the last one."""
    group = node_at(put(form, path), path[:-1])
    return (group,) if group.items else ()


def _wrap(form: FormNode, path: Path) -> tuple[FormNode, Path]:
    if not path:
        return FormNode(ANY if form.kind == ALL else ALL, (form,)), ()
    parent = node_at(form, path[:-1])
    kind = ANY if parent.kind == ALL else ALL
    return put(form, path, FormNode(kind, (node_at(form, path),))), path


def _unwrap(form: FormNode, path: Path) -> tuple[FormNode, Path]:
    node = node_at(form, path)
    if not path or not node.is_group:
        raise _refusal()
    return put(form, path, *node.items), path if node.items else path[:-1]


def _path(at: str) -> Path:
    parts = at.split(".") if at else []
    if len(parts) > 20 or not all(one.isascii() and one.isdigit() and len(one) < 4 for one in parts):
        raise _refusal()
    return tuple(int(one) for one in parts)


def _refusal() -> Invalid:
    return Invalid(_("表单里没有这一处，或不能这样改。"), advice=_("请刷新页面再试。"))


_ADDED: Mapping[str, FormNode] = {
    "add-row": FormNode(ROW), "add-text": FormNode(TEXT), "add-group": FormNode(ANY, (FormNode(ROW), FormNode(ROW)))
}  # fmt: skip
_MOVES: Mapping[str, Callable[[FormNode, Path], tuple[FormNode, Path]]] = {
    "remove": _remove, "up": _up, "down": _down, "wrap": _wrap, "unwrap": _unwrap
}  # fmt: skip
_CHANGES: Mapping[str, Callable[[FormNode, str], FormNode]] = {
    "negate": lambda node, _value: replace(node, negated=not node.negated),
    "latest": lambda node, _value: replace(node, latest=not node.latest),
    "code": lambda node, value: replace(node, codes=tuple(dict.fromkeys((*node.codes, value)))),
    "uncode": lambda node, value: replace(node, codes=tuple(one for one in node.codes if one != value)),
}
