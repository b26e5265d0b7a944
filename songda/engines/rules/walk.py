"""Walking a rule tree: parts, depth, the facts and leaves it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from songda.engines.rules import tree

BRANCHES = (tree.And, tree.Or, tree.Not, tree.AtLeast, tree.Latest)
MOST_DEEP = 100


def children(node: tree.Node) -> Iterator[tree.Node]:
    """The nodes directly inside `node`, in the order of the text."""
    for one in fields(node):
        yield from _nodes(getattr(node, one.name))


def every(node: tree.Node) -> Iterator[tree.Node]:
    """`node` and all nodes inside it, in the order of the text; never recursive, so no depth is too deep."""
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(reversed(list(children(one))))


def too_deep(node: tree.Node) -> tree.Node | None:
    """The first node that lies deeper than `MOST_DEEP`, or None."""
    stack = [(node, 1)]
    while stack:
        one, depth = stack.pop()
        if depth > MOST_DEEP:
            return one
        stack.extend((child, depth + 1) for child in children(one))
    return None


def names_of(node: tree.Node) -> tuple[str, ...]:
    """Codes of the facts a rule uses, each once, in the order of the text."""
    found = (getattr(one, "fact", None) or getattr(one, "series", None) for one in every(node))
    return tuple(dict.fromkeys(name for name in found if name))


def leaves(node: tree.Condition) -> Iterator[tree.Condition]:
    """The conditions of a rule that are not 且, 或, 非, 至少 or 以最近值计, in the order of the text."""
    if isinstance(node, tree.Not | tree.Latest):
        yield from leaves(node.item)
    elif isinstance(node, tree.And | tree.Or | tree.AtLeast):
        for one in node.items:
            yield from leaves(one)
    else:
        yield node


def _nodes(value: object) -> Iterator[tree.Node]:
    if isinstance(value, tree.Node):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _nodes(one)
