"""Where a unit may stand, what its path is, and how figures roll up the tree. No Django here."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from songda.kernel.words import gettext as _

TERRITORIES = frozenset({"city", "district", "zone", "street", "park"})
"""Kinds that are an area themselves, with a path of their own; the others work for the area above them."""

PARENTS: Mapping[str, frozenset[str]] = {
    "city": frozenset(),
    "district": frozenset({"city"}),
    "zone": frozenset({"city", "district"}),
    "street": frozenset({"district", "zone"}),
    "park": frozenset({"city", "district", "zone", "street"}),
    "department": TERRITORIES | {"department"},
    "task_force": TERRITORIES,
}

SEGMENT_LENGTH = 12


def fault_of_place(kind: str, parent_kind: str | None) -> str:
    """Why a unit of this kind may not stand under that one; empty when it may. Only a city stands under nothing."""
    if parent_kind is None:
        return "" if kind == "city" else _("只有“市”可以没有上级机构。")
    if parent_kind in PARENTS[kind]:
        return ""
    return _("此类机构不能设在该上级机构之下。")


def fault_of_segment(segment: str, taken: Collection[str]) -> str:
    """Why a path segment cannot be used; empty when it can: ASCII letters and digits, not used beside it."""
    if not (segment.isascii() and segment.isalnum() and len(segment) <= SEGMENT_LENGTH):
        return _("路径段须为 1 至 %(n)d 位字母或数字。") % {"n": SEGMENT_LENGTH}
    return _("路径段“%(segment)s”已被同级机构使用。") % {"segment": segment} if segment in taken else ""


def path_of(kind: str, parent_path: str, segment: str) -> str:
    """The path of a unit: its own below the parent's for a territory, the parent's for any other."""
    return f"{parent_path}{segment}/" if kind in TERRITORIES else parent_path


def segment_of(path: str) -> str:
    """The last segment of a path ('4101/03/' → '03'); empty for the empty path."""
    return path.rstrip("/").rpartition("/")[2]


def free_segment(taken: Collection[str]) -> str:
    """The lowest three-digit number not used beside it."""
    number = 1
    while f"{number:03}" in taken:
        number += 1
    return f"{number:03}"


def roll_up(parents: Mapping[int, int | None], counts: Mapping[int, int]) -> dict[int, int]:
    """Totals by unit: its own count and those of all units below it, in the tree given.

    Give the tree of the day that the counts are of (`queries.as_of`); a unit moved since then then counts where it stood.
    """
    totals = dict.fromkeys(parents, 0)
    for unit, count in counts.items():
        at: int | None = unit
        while at is not None:
            totals[at] += count
            at = parents[at]
    return totals
