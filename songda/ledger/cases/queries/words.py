"""Codes of a case in words: areas, kinds of difficulty, channels. One query each, for a whole list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from songda.registry.codes import queries as codes
from songda.registry.organisations.models import Organisation

CATEGORIES, CHANNELS = "difficulty-kinds", "demand-channels"


@dataclass(frozen=True, slots=True)
class Labels:
    """Code → label; a code nobody knows shows itself."""

    categories: Mapping[str, str]
    channels: Mapping[str, str]
    areas: Mapping[str, str]

    def area(self, path: str) -> str:
        """The short name of the place whose path this is; the path itself for a place that is gone."""
        return self.areas.get(path, path)


def labels() -> Labels:
    """All labels that lists need. Two queries."""
    lists = codes.code_lists({CATEGORIES, CHANNELS})
    categories, channels = (dict(lists[code].names) if code in lists else {} for code in (CATEGORIES, CHANNELS))
    units = Organisation.objects.exclude(kind__in=(Organisation.Kind.DEPARTMENT, Organisation.Kind.TASK_FORCE))
    return Labels(categories, channels, dict(units.values_list("area_path", "short_name")))
