"""The year 年份 that dates without a year are read in."""

from __future__ import annotations

import re

from songda.engines.reading.document import Document
from songda.engines.reading.language.numerals import shadow

_NUMBERED = re.compile(r"[〔\[(](20\d{2})[〕\])]\s*\d{1,5}\s*号")


def year_of(document: Document) -> int | None:
    """The year of issue; else that of the latest document cited by number, which is as old or older: an estimate, told as a doubt."""
    if document.issue_date:
        return document.issue_date.year
    cited = [int(found) for found in _NUMBERED.findall(shadow(document.text))]
    return max(cited, default=None)
