"""The form as a page draws it: each node with its path, what may be chosen in it, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.units import UNIT_NAMES, unit
from songda.kernel.words import gettext as _
from songda.registry.rulebook.rules.form_nodes import FormNode
from songda.registry.rulebook.rules.form_rows import BETWEEN, IN, KNOWN, OUT, PERIODS, POSITIVE, SIGNS, UNKNOWN, VERBS

_DAYS = {"≥": "不早于", ">": "晚于", "≤": "不晚于", "<": "早于", "=": "等于", "≠": "不等于"}
_NUMBERS = {"≥": "≥ 不少于", ">": "> 超过", "≤": "≤ 不超过", "<": "< 少于", "=": "= 等于", "≠": "≠ 不等于"}
_SHAPES = {
    Kind.NUM: "number",
    Kind.DATE: "day",
    Kind.CODE: "codes",
    Kind.LIST: "list",
    Kind.SERIES: "series",
    Kind.EVENT: "period",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a select."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class NodeView:
    """A node as drawn. `shape` says which fields a row has: number, between, day, span, codes, list, series, period or none."""

    node: FormNode
    path: str
    error: str = ""
    items: tuple[NodeView, ...] = ()
    fact: FactKind | None = None
    shape: str = ""
    verbs: tuple[Choice, ...] = ()
    units: tuple[Choice, ...] = ()
    codes: tuple[Choice, ...] = ()
    turns: bool = False

    @property
    def root(self) -> bool:
        """Whether it is the whole."""
        return not self.path

    @property
    def id(self) -> str:
        """Its name among the page's elements."""
        return f"b{self.path.replace('.', '-')}"

    @property
    def place(self) -> str:
        """Where it stands, for those who hear the page: 2.1."""
        return ".".join(str(int(one) + 1) for one in self.path.split(".")) if self.path else ""

    @property
    def values(self) -> str:
        """All its values as JSON, also those that its present fields do not show."""
        return json.dumps(dict(self.node.values), ensure_ascii=False)

    @property
    def periods(self) -> tuple[str, ...]:
        """Calendar periods, with the one that stands there."""
        return _with(PERIODS, self.node.values.get("period", ""))

    @property
    def signs(self) -> tuple[str, ...]:
        """Comparisons of a year's figure."""
        return SIGNS

    @property
    def ends(self) -> tuple[str, ...]:
        """含 and 不含."""
        return (IN, OUT)


def view_of(form: FormNode, catalogue: Catalogue, errors: Mapping[str, str]) -> NodeView:
    """The form as drawn, with what is wrong beside each node."""
    return _viewed(form, "", catalogue, errors)


def units_like(name: str) -> tuple[str, ...]:
    """Units in which a number of this unit may be written, the smallest first: 元 → 元, 千元, 万元, 百万元, 亿元."""
    above, _sign, below = name.partition("/")
    if below:
        return tuple(f"{one}/{below}" for one in units_like(above))
    wanted = unit(name)
    found = [one for one in (unit(other) for other in (*UNIT_NAMES, *([] if name else [""]))) if one and wanted]
    same = [one for one in found if wanted and one.dimension == wanted.dimension]
    return tuple(one.name for one in sorted(same, key=lambda one: (one.factor, one.name)))


def _viewed(node: FormNode, path: str, catalogue: Catalogue, errors: Mapping[str, str]) -> NodeView:
    error = errors.get(path, "")
    if node.is_group:
        items = (_viewed(one, f"{path}.{at}" if path else str(at), catalogue, errors) for at, one in enumerate(node.items))
        return NodeView(node, path, error, tuple(items))
    fact = catalogue.by_name.get(node.values.get("fact", "").strip())
    if fact is None:
        return NodeView(node, path, error if node.values else "")  # a row just added is not scolded
    verb = node.values.get("verb", "")
    return NodeView(
        node=node,
        path=path,
        error=error,
        fact=fact,
        shape=_shape(fact.kind, verb),
        verbs=tuple(Choice(one, _label(fact.kind, one)) for one in VERBS[fact.kind]),
        units=_units(fact, node),
        codes=_codes(fact, node, catalogue) if fact.kind is Kind.CODE else (),
        turns=node.negated or (verb not in POSITIVE and fact.kind in (Kind.NUM, Kind.DATE, Kind.SERIES)),
    )


def _shape(kind: Kind, verb: str) -> str:
    if verb in (KNOWN, UNKNOWN):
        return ""
    if verb == BETWEEN:
        return "span" if kind is Kind.DATE else "between"
    if verb in ("满", "不满"):
        return "period"
    return _SHAPES.get(kind, "")


def _label(kind: Kind, verb: str) -> str:
    labels = _DAYS if kind is Kind.DATE else _NUMBERS
    return labels.get(verb, verb)


def _units(fact: FactKind, node: FormNode) -> tuple[Choice, ...]:
    if fact.kind not in (Kind.NUM, Kind.SERIES):
        return ()
    written = [node.values.get(name, fact.unit) for name in ("unit", "low_unit", "high_unit")]
    return tuple(Choice(one, one or _("（无单位）")) for one in _with(units_like(fact.unit), *written))


def _codes(fact: FactKind, node: FormNode, catalogue: Catalogue) -> tuple[Choice, ...]:
    known = catalogue.code_lists.get(fact.code_list)
    return tuple(Choice(code, known.names.get(code, code) if known else code) for code in node.codes)


def _with(known: Sequence[str], *others: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *(one for one in others if one))))
