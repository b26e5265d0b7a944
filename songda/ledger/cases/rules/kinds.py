"""A kind of case 事项类别 as its pack declares it: labels, fields, clocks, ladder, routing, papers, how it closes. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from songda.engines.clocks.definition import Definition
from songda.engines.clocks.ladder import Level


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form: key, label, kind (text, number, date, choice, yes_no), unit, dictionary of choices, whether it must be given."""

    key: str
    label: str
    kind: str
    unit: str = ""
    dictionary: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """A clock of a kind: for which difficulty classes 难度 it runs (empty: all), whether it is the one lists show (`main`), its ladder."""

    definition: Definition
    classes: frozenset[str] = frozenset()
    main: bool = False
    ladder: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A routing rule 分办规则: rule text over the case and its subject (`''`: always), the lead, the supporting agencies, a reason to print.

    `lead` is an organisation's code, or `officer` 包联干部, `street` 所在街道, `desk` 服务专班.
    """

    rule: str
    lead: str
    support: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """How a kind closes 销号条件: what proof, whose word, how many days without progress are stale 停滞 (SVC-07)."""

    evidence: bool = True
    word: str = "either"  # firm: the firm itself; revisit: a return visit; either; none (tasks)
    reminders: int = 2
    stale_days: int = 5


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind, whole. `filed_by` says who enters one by hand (`firm`, `office`; nobody: it follows from another case); `automatic`
    lets a route that holds assign at once, without the dispatcher's word. `front`: its cases stand before all others in lists (绿色通道).
    """

    code: str
    machine: str
    label: str
    label_en: str = ""
    fields: tuple[FormField, ...] = ()
    clocks: tuple[ClockSpec, ...] = ()
    routes: tuple[Route, ...] = ()
    papers: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()
    filed_by: frozenset[str] = frozenset()
    automatic: bool = False
    front: bool = False
    closing: Closing = field(default_factory=Closing)
