"""The kind of a document 文种, by the end of its title."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NOTE = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*[）)〕\]]$")


def kind_of_title(title: str, labels: Mapping[str, str]) -> str:
    """The code whose label ends the title, the longest first, notes like （试行） and closing marks aside; empty where none does.

    《关于印发〈若干措施〉的通知》 is a notice: its own last word counts, not that of what it carries.
    """
    bare = title.strip().rstrip("》”」")
    while _NOTE.search(bare):
        bare = _NOTE.sub("", bare).rstrip("》”」 ")
    ending = [(len(label), code) for code, label in labels.items() if label and bare.endswith(label)]
    return max(ending, default=(0, ""))[1]
