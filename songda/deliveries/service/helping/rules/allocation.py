"""Sharing subjects among teams 分包: evenly, or by area; whoever can stay where they are stays."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Item = tuple[int, str]  # a subject and the path of its area


def balanced(items: Sequence[Item], teams: Sequence[int], present: Mapping[int, int]) -> dict[int, int]:
    """Subject → team, so that no team has more than one subject more than another (182 over 8: six of 23, two of 22).

    `present` says who has whom now: nobody moves who need not. The rest is handed out in the order of areas, team after team, so
    that neighbours stay together. ValueError without teams.
    """
    if not teams:
        raise ValueError("no teams")
    ordered = sorted(items, key=lambda item: (item[1], item[0]))
    held = Counter(present[pk] for pk, _area in ordered if present.get(pk) in teams)
    share, more = divmod(len(ordered), len(teams))
    rich_first = sorted(teams, key=lambda team: (-held[team], team))
    room = {team: share + (place < more) for place, team in enumerate(rich_first)}
    found: dict[int, int] = {}
    for pk, _area in ordered:
        team = present.get(pk)
        if team is not None and room.get(team):
            found[pk], room[team] = team, room[team] - 1
    free = (team for team in teams for _place in range(room[team]))
    return found | {pk: next(free) for pk, _area in ordered if pk not in found}


def by_area(items: Sequence[Item], teams: Sequence[int]) -> dict[int, int]:
    """Subject → team, whole areas at a time: the largest area to the team that has least so far. ValueError without teams."""
    if not teams:
        raise ValueError("no teams")
    areas: dict[str, list[int]] = defaultdict(list)
    for pk, area in items:
        areas[area].append(pk)
    load = dict.fromkeys(teams, 0)
    found: dict[int, int] = {}
    for area in sorted(areas, key=lambda one: (-len(areas[one]), one)):
        team = min(teams, key=lambda one: (load[one], one))
        load[team] += len(areas[area])
        found |= dict.fromkeys(areas[area], team)
    return found


def spread(found: Mapping[int, int], teams: Sequence[int]) -> int:
    """How many subjects the fullest team has more than the emptiest."""
    load = Counter(found.values())
    return max(load[team] for team in teams) - min(load[team] for team in teams)
