"""Whether a year's notice is loaded whole 节假日是否齐: half of a year's days reckon deadlines as wrongly as none.

Source: 《全国年节及纪念日放假办法》 (four festivals until 2007, seven since 2008); every notice since 1999 exchanges weekends.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

SINCE_1999 = {"元旦": "元旦|新年", "春节": "春节", "劳动节": "劳动|五一", "国庆节": "国庆|十一"}
SINCE_2008 = {"清明节": "清明", "端午节": "端午", "中秋节": "中秋"}
EXCHANGED = "调休上班日"
MERGED = 8  # days off of a 国庆节 that 中秋节 falls into, as in 2020


def lacking(year: int, special: Mapping[dt.date, bool], names: Mapping[dt.date, str]) -> tuple[str, ...]:
    """What a year's special days lack: festivals known to the law of that year, and weekends worked in exchange."""
    days = {day: works for day, works in special.items() if day.year == year}
    off = [names.get(day, "") for day, works in days.items() if not works]
    wanted = SINCE_1999 | (SINCE_2008 if year >= 2008 else {})
    found = {festival: sum(re.search(words, name) is not None for name in off) for festival, words in wanted.items()}
    merged = {"中秋节"} if found["国庆节"] >= MERGED else set()
    missing = [festival for festival, times in found.items() if not times and festival not in merged]
    return (*missing, *(() if any(days.values()) else (EXCHANGED,)))
