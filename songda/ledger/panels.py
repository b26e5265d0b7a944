"""Panels 面板: what each room has to say of one firm, shown by name on pages that do not know the rooms; and lines 条目, the same
as plain data, for what a phone takes along or a plan takes up.

A room registers in `AppConfig.ready`, with the dotted path of a function, so that no model is loaded too early:
`panels.register("policy", _("政策"), "songda.….verdict_panel")`. A page asks for `shown(...)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from songda.kernel.recall import recalling
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as shown: its name, its title and its finished HTML."""

    name: str
    title: str
    html: SafeString


Rendered = tuple[str, Mapping[str, object]]
Render = Callable[[int, Actor, dt.datetime], Rendered | None]
_REGISTERED: dict[str, tuple[str | Promise, str]] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of another room that fits a firm: its key there ('policy:17'), its title, and a note (the amount, the reason)."""

    key: str
    label: str
    note: str = ""


Lines = Callable[[int, Actor, dt.datetime], Iterable[Line]]
_LINES: dict[str, list[str]] = {}


def register(name: str, title: str | Promise, render: str) -> None:
    """Offer a panel. `render(subject_id, actor, now)` gives (template, context), or None for nothing to show this actor.
    The template also gets `actor`.

    The caller of `shown` has checked that the actor may see the subject; a panel checks what else it needs.
    """
    if _REGISTERED.setdefault(name, (title, render))[1] != render:
        raise ValueError(f"two panels are called {name}")


@recalling()
def shown(subject_id: int, *, by: Actor, now: dt.datetime, names: Iterable[str] = ()) -> list[Panel]:
    """The panels of these names (none given: all) in the order they were registered, without those that show nothing. What several ask is asked once."""
    wanted = set(names) or set(_REGISTERED)
    found = []
    for name, (title, path) in _REGISTERED.items():
        render: Render = import_string(path)
        rendered = render(subject_id, by, now) if name in wanted else None
        if rendered is not None:
            template, context = rendered
            found.append(Panel(name, str(title), render_to_string(template, {"actor": by, **context})))
    return found


def register_lines(name: str, give: str) -> None:
    """Offer lines under a name: `give(subject_id, actor, now)` gives them. Several rooms may offer under one name."""
    if give not in _LINES.setdefault(name, []):
        _LINES[name].append(give)


@recalling()
def lines(name: str, subject_id: int, *, by: Actor, now: dt.datetime) -> list[Line]:
    """The lines offered under a name for one firm; none where no room offers any. Sight of the firm is the caller's to check."""
    found: list[Line] = []
    for path in _LINES.get(name, ()):
        give: Lines = import_string(path)
        found += give(subject_id, by, now)
    return found
