"""The days on which the demonstration's sources speak."""

from __future__ import annotations

import datetime as dt
from typing import Final

LAST_YEAR: Final = dt.date(2019, 12, 31)
MONTH_END: Final = dt.date(2020, 2, 29)
WEEK: Final = dt.date(2020, 3, 13)
TODAY: Final = dt.date(2020, 3, 18)
