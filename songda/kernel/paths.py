"""Scope 辖区范围 as a range over `/`-terminated paths ('4101/03/003/'): the same index range on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Model, Q, Value
from django.db.models.functions import Concat, Substr


def path_end(path: str) -> str:
    """The first text after every path at or below `path` (the successor of '/' is '0'); of the empty path, after all ASCII."""
    return f"{path[:-1]}0" if path else "~"


def within(paths: Iterable[str], field: str = "area_path") -> Q:
    """The rows of these subtrees; no path, no rows; the empty path, all rows.

    Nested paths are dropped first, so that one scope stays one range (a disjunction costs ten times as much).
    """
    kept = outermost(paths)
    if "" in kept:
        return ~Q(pk__in=[])  # always true, also inside a disjunction
    ranges = [Q(**{f"{field}__gte": path, f"{field}__lt": path_end(path)}) for path in kept]
    return reduce(or_, ranges) if ranges else Q(pk__in=[])


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths without those that lie below another of them, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def heads(path: str) -> list[str]:
    """The path and every path above it but the empty one, the widest first: '4101/03/' → '4101/', '4101/03/'."""
    return [path[: end + 1] for end, sign in enumerate(path) if sign == "/"]


def above(paths: Iterable[str]) -> list[str]:
    """The paths and every path above them: '4101/03/' → '', '4101/', '4101/03/'. No path, none."""
    return sorted({head for path in paths for head in ("", *heads(path))})


def repath(model: type[Model], old: str, new: str, field: str = "area_path") -> int:
    """Carry all rows at or below path `old` to `new`, in one UPDATE; returns how many. For copies of a unit's path."""
    rows = model._default_manager.filter(within([old], field))
    return rows.update(**{field: Concat(Value(new), Substr(field, len(old) + 1))})
