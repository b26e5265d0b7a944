"""Who else may see evidence: rooms above say so here, by dotted paths, so that no model is loaded too early.

A room registers in `AppConfig.ready`: `seen(actor)` gives a queryset of evidence ids that its own things let an actor see (the
evidence of a case one takes part in), `served(actor)` one of subject ids that an actor may give evidence for.
"""

from __future__ import annotations

from collections.abc import Iterator

_SEEN: list[str] = []
_SERVED: list[str] = []


def register(*, seen: str = "", served: str = "") -> None:
    """Offer one or both functions; the same path again changes nothing."""
    for path, kept in ((seen, _SEEN), (served, _SERVED)):
        if path and path not in kept:
            kept.append(path)


def seen_through() -> Iterator[str]:
    """The registered paths of `seen` functions."""
    yield from _SEEN


def served_through() -> Iterator[str]:
    """The registered paths of `served` functions."""
    yield from _SERVED
