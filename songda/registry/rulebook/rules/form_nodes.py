"""The form of a rule 表单 as data: groups of rows, each row one condition. What a page posts and what it is drawn from.

A node means its own condition, then 非 of it where `negated`, then 以最近值计 of that where `latest`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _

ALL, ANY, SOME, ROW, TEXT = "all", "any", "some", "row", "text"
GROUPS = (ALL, ANY, SOME)
MOST_NODES = 300
MOST_LEVELS = 12
MOST_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True)
class FormNode:
    """A group (`all` 全部满足, `any` 满足任一, `some` 至少N项: `values["count"]`), a `row`, or a `text` that the form cannot show.

    `values` hold what stands in the fields, as written; `codes` those chosen of a code list.
    """

    kind: str
    items: tuple[FormNode, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    negated: bool = False
    latest: bool = False

    @property
    def is_group(self) -> bool:
        """Whether it holds other nodes."""
        return self.kind in GROUPS


def read_form(text: str) -> FormNode:
    """The form that a page posted as JSON. Invalid for anything that is none, too long or too deep."""
    if len(text) > MOST_CHARACTERS:
        raise _refusal()
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _refusal() from None
    room = [MOST_NODES]
    found = _node(data, room, MOST_LEVELS)
    if not found.is_group:
        raise _refusal()
    return found


def to_data(node: FormNode) -> dict[str, object]:
    """What `read_form` reads, before it is written as JSON."""
    return {
        "kind": node.kind,
        "items": [to_data(one) for one in node.items],
        "values": dict(node.values),
        "codes": list(node.codes),
        "negated": node.negated,
        "latest": node.latest,
    }


def _node(data: object, room: list[int], levels: int) -> FormNode:
    room[0] -= 1
    if not isinstance(data, Mapping) or data.get("kind") not in (*GROUPS, ROW, TEXT) or room[0] < 0 or not levels:
        raise _refusal()
    items, values, codes = data.get("items", []), data.get("values", {}), data.get("codes", [])
    if not (isinstance(items, list) and isinstance(values, Mapping) and isinstance(codes, list)):
        raise _refusal()
    return FormNode(
        kind=str(data["kind"]),
        items=tuple(_node(one, room, levels - 1) for one in items) if data["kind"] in GROUPS else (),
        values={str(name): str(value) for name, value in values.items()},
        codes=tuple(dict.fromkeys(str(code) for code in codes)),
        negated=data.get("negated") is True,
        latest=data.get("latest") is True,
    )


def _refusal() -> Invalid:
    return Invalid(_("表单的内容读不懂，或条件太多、层次太深。"), advice=_("请刷新页面；太长的规则请用文字写。"))
