"""Panels 面板: what each room has to say of one firm, shown by name on pages that do not know the rooms.

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


def register(name: str, title: str | Promise, render: str) -> None:
    """Offer a panel. `render(subject_id, actor, now)` gives (template, context), or None for nothing to show this actor.
    The template also gets `actor`.

    The caller of `shown` has checked that the actor may see the subject; a panel checks what else it needs.
    """
    if _REGISTERED.setdefault(name, (title, render))[1] != render:
        raise ValueError(f"two panels are called {name}")


def shown(subject_id: int, *, by: Actor, now: dt.datetime, names: Iterable[str] = ()) -> list[Panel]:
    """The panels of these names (none given: all) in the order they were registered, without those that show nothing."""
    wanted = set(names) or set(_REGISTERED)
    found = []
    for name, (title, path) in _REGISTERED.items():
        render: Render = import_string(path)
        rendered = render(subject_id, by, now) if name in wanted else None
        if rendered is not None:
            template, context = rendered
            found.append(Panel(name, str(title), render_to_string(template, {"actor": by, **context})))
    return found
