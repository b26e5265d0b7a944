"""Guards of kinds 办理条件: rooms above say here, by dotted paths, what else a step on a case of some kind needs.

A room registers in `AppConfig.ready`: `guard(case, step_name, said, by, now)` gives what is said with the step, perhaps with more in it
(on whose behalf), or refuses. So no other door to the ledger goes round it.
"""

from __future__ import annotations

_GUARDS: dict[str, str] = {}


def register(kind_code: str, guard: str) -> None:
    """Set the guard of a kind; one a kind."""
    if _GUARDS.setdefault(kind_code, guard) != guard:
        raise ValueError(f"two guards for {kind_code}")


def guard_of(kind_code: str) -> str:
    """The dotted path of a kind's guard; empty where it has none."""
    return _GUARDS.get(kind_code, "")
