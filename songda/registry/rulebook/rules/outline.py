"""A rule as a tree to look at 条件树: groups (全部满足, 满足任一, 至少n项, 非) nested, each leaf its canonical text."""

from __future__ import annotations

from dataclasses import dataclass

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.show import show
from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A group with its label and parts, or a leaf with its text and no parts."""

    text: str
    items: tuple[TreeNode, ...] = ()


def outline(condition: tree.Condition, catalogue: Catalogue) -> TreeNode:
    """The tree of a condition. 不属于, 不在 and the like are leaves; 非 is a group only before a group."""
    if isinstance(condition, tree.And | tree.Or | tree.AtLeast):
        return TreeNode(_label(condition), tuple(outline(item, catalogue) for item in condition.items))
    if isinstance(condition, tree.Not | tree.Latest) and _is_group(condition.item):
        return TreeNode(_label(condition), (outline(condition.item, catalogue),))
    return TreeNode(show(condition, catalogue))


def texts_of(condition: tree.Condition, catalogue: Catalogue) -> tuple[str, ...]:
    """The texts of all leaves of the outline, in the order of the rule."""
    return tuple(_texts(outline(condition, catalogue)))


def _texts(node: TreeNode) -> list[str]:
    return [text for item in node.items for text in _texts(item)] if node.items else [node.text]


def _is_group(condition: tree.Condition) -> bool:
    if isinstance(condition, tree.Not | tree.Latest):
        return _is_group(condition.item)
    return isinstance(condition, tree.And | tree.Or | tree.AtLeast)


def _label(condition: tree.Condition) -> str:
    if isinstance(condition, tree.AtLeast):
        return _("至少满足 %(n)d 项") % {"n": condition.count}
    labels = {tree.And: _("全部满足"), tree.Or: _("满足任一"), tree.Not: _("非（以下不成立）"), tree.Latest: _("以最近值计")}
    return labels[type(condition)]
