"""Reading a kind from its pack 读类别: plain data to a `KindSpec`, every fault with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from songda.engines.clocks.calendar import Desk
from songda.engines.clocks.definition import Count, Definition, Exemption, Length
from songda.engines.clocks.ladder import Level
from songda.kernel.words import gettext as _
from songda.ledger.cases.rules.kinds import ClockSpec, Closing, FormField, KindSpec, Route

ACTS = ("remind", "urge", "supervise", "leader", "circular", "tell_firm")
WORDS = ("firm", "revisit", "either", "none")


class KindFaultError(ValueError):
    """A kind that does not hold together; `faults` are sentences with their places."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = tuple(faults)


def kind_of(data: Mapping[str, Any], steps: Mapping[str, Iterable[str]]) -> KindSpec:
    """The kind declared by `data` (shape: packs' kind.schema.json); `steps` are the step names of each machine.

    KindFaultError where it names a machine or a step that does not exist, two clocks of one code, or no main clock for a class.
    """
    machine = str(data.get("machine", ""))
    known = {"file", "extend", "fix", *steps.get(machine, ())}
    faults = [] if machine in steps else [_("没有名为“%(name)s”的状态机。") % {"name": machine}]
    spec = KindSpec(
        code=data["code"],
        machine=machine,
        label=data["label"]["zh"],
        label_en=data["label"].get("en", ""),
        fields=tuple(_field(one) for one in data.get("fields", ())),
        clocks=tuple(_clock(one, data) for one in data.get("clocks", ())),
        routes=tuple(_route(one) for one in data.get("routes", ())),
        papers=tuple(data.get("papers", ())),
        off=frozenset(data.get("off", ())),
        filed_by=frozenset(data.get("filed_by", ())),
        automatic=bool(data.get("automatic")),
        front=bool(data.get("front")),
        closing=Closing(**data.get("closing", {})),
    )
    faults += [*_unknown_steps(spec, known), *_clock_faults(spec), *_choices(spec)]
    if faults:
        raise KindFaultError(faults)
    return spec


def _field(data: Mapping[str, Any]) -> FormField:
    return FormField(
        data["key"], data["label"], data["kind"], data.get("unit", ""), data.get("dictionary", ""), bool(data.get("required"))
    )


def _clock(data: Mapping[str, Any], kind: Mapping[str, Any]) -> ClockSpec:
    definition = Definition(
        code=data["code"],
        label=data["label"],
        length=_length(data["length"]),
        starts=frozenset(data["starts"]),
        stops=frozenset(data["stops"]),
        restarts=frozenset(data.get("restarts", ())),
        awaits=data.get("awaits", ""),
        soon=_length(data["soon"]) if "soon" in data else None,
        rolls=bool(data.get("rolls", True)),
        desk=_desk(data.get("desk") or kind.get("desk") or {}),
        exempt=tuple(_exemption(one) for one in (*kind.get("exempt", ()), *data.get("exempt", ()))),
    )
    ladder = kind.get("ladders", {}).get(data.get("ladder", ""), ())
    return ClockSpec(definition, frozenset(data.get("classes", ())), bool(data.get("main")), tuple(_level(one) for one in ladder))


def _length(data: Mapping[str, Any]) -> Length:
    return Length(int(data["amount"]), Count(data["count"]))


def _desk(data: Mapping[str, Any]) -> Desk:
    given: dict[str, Any] = {"every_day": bool(data.get("every_day"))}
    if "hours" in data:
        given["hours"] = tuple((_time(span[0]), _time(span[1])) for span in data["hours"])
    if data.get("cutoff"):
        given["cutoff"] = _time(data["cutoff"])
    return Desk(**given)


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def _exemption(data: Mapping[str, Any]) -> Exemption:
    return Exemption(dt.date.fromisoformat(data["first"]), dt.date.fromisoformat(data["last"]), data["reason"])


def _level(data: Mapping[str, Any]) -> Level:
    return Level(
        code=data["code"],
        label=data["label"],
        act=data["act"],
        to=tuple(data["to"]),
        ahead=_length(data["ahead"]) if "ahead" in data else None,
        after=_length(data["after"]) if "after" in data else None,
    )


def _route(data: Mapping[str, Any]) -> Route:
    return Route(data.get("rule", ""), data["lead"], tuple(data.get("support", ())), data.get("reason", ""))


def _unknown_steps(spec: KindSpec, known: set[str]) -> list[str]:
    named = [("off", step) for step in sorted(spec.off)]
    for clock in spec.clocks:
        events = clock.definition.starts | clock.definition.stops | clock.definition.restarts
        named += [(f"clocks.{clock.definition.code}", step) for step in sorted(events)]
    return [
        _("%(place)s：状态机没有步骤“%(step)s”。") % {"place": place, "step": step} for place, step in named if step not in known
    ]


def _clock_faults(spec: KindSpec) -> list[str]:
    codes = [(one.definition.code, name) for one in spec.clocks for name in (one.classes or {""})]
    twice = sorted({code for code, name in codes if codes.count((code, name)) > 1})
    mains = [name for one in spec.clocks if one.main for name in (one.classes or {""})]
    faults = [_("时限%(code)s：同一难度声明了两次。") % {"code": code} for code in twice]
    return faults + [_("时限：同一难度有两个办结时限。") for name in sorted(set(mains)) if mains.count(name) > 1]


def _choices(spec: KindSpec) -> list[str]:
    rungs = {one.code: one.act for clock in spec.clocks for one in clock.ladder if one.act not in ACTS}
    faults = [_("催办级别%(code)s：没有动作“%(act)s”。") % {"code": code, "act": act} for code, act in sorted(rungs.items())]
    if spec.closing.word not in WORDS:
        faults.append(_("销号条件：应为 %(words)s 之一。") % {"words": "、".join(WORDS)})
    return faults
