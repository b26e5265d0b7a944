"""State machines 状态机 as tables: the step table is the code, the diagram and the test all at once.

A room's `states.py` declares one `Machine`. `move` is the only function that changes a state column: one compare-and-swap
UPDATE, so two clerks cannot both win, and the caller writes its audit row in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow: from these states, to that one, for posts with this permission."""

    name: str
    label: str | Promise
    sources: tuple[str, ...]
    target: str
    permission: str


@dataclass(frozen=True, slots=True)
class Machine:
    """States with their labels, and the arrows between them. Refuses, when made, an arrow to an unknown state."""

    name: str
    label: str | Promise
    states: Mapping[str, str | Promise]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        for step in self.steps:
            unknown = {*step.sources, step.target} - set(self.states)
            if unknown:
                raise ValueError(f"{self.name}: step {step.name} names unknown states {sorted(unknown)}")

    def step(self, name: str) -> Step:
        """The arrow called `name` (KeyError for a programming mistake)."""
        return {step.name: step for step in self.steps}[name]

    def allows(self, name: str, state: str) -> bool:
        """Whether the step may start from this state."""
        return state in self.step(name).sources

    def diagram(self) -> str:
        """The machine as a Mermaid state diagram, for the handbook."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {code}: {label}" for code, label in self.states.items()]
        lines += [f"    {source} --> {step.target}: {step.label}" for step in self.steps for source in step.sources]
        return "\n".join(lines)


def move(machine: Machine, thing: Model, name: str, only: Mapping[str, object] | None = None, /, **changes: object) -> None:
    """Take one step: `UPDATE … SET state=target, … WHERE id=… AND state IN sources`; Conflict when no row answered.

    `changes` are further columns written by the same UPDATE, `only` further columns that must still hold these values (a version).
    The instance is refreshed afterwards.
    """
    step = machine.step(name)
    rows = type(thing)._default_manager.filter(pk=thing.pk, state__in=step.sources, **(only or {}))
    if rows.update(state=step.target, **changes) != 1:
        thing.refresh_from_db()
        now_label = machine.states.get(getattr(thing, "state", ""), "")
        raise Conflict(
            _("“%(step)s”未办理：当前状态为“%(state)s”。") % {"step": step.label, "state": now_label},
            advice=_("请刷新页面，查看他人刚刚的办理结果。"),
        )
    thing.refresh_from_db()
