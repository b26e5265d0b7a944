"""The tile map for any board: `{% load places %}{% area_tiles values unit="件" as_of=day %}`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django import template

from songda.registry.places.queries import tile_map
from songda.registry.places.rules.tiles import AreaValue

register = template.Library()


@register.inclusion_tag("places/tiles.html")
def area_tiles(
    values: Sequence[AreaValue], unit: str = "", label: str = "", as_of: dt.date | dt.datetime | None = None
) -> dict[str, object]:
    """A square an area, shaded by its number, with the number on it and a link to its rows. `values` come from `queries.heat`, or are
    `AreaValue`s of one's own; the template needs `places/places.css`.
    """
    return {"map": tile_map(values), "unit": unit, "label": label, "as_of": as_of}
