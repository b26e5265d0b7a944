"""How a file's headings were read, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from songda.registry.facts import queries as facts

PLACES = {
    "uscc": gettext_lazy("统一社会信用代码"), "local_number": gettext_lazy("本地编号"), "name": gettext_lazy("名称"),
    "home": gettext_lazy("所在辖区"), "address": gettext_lazy("地址"), "kind": gettext_lazy("主体类型"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A heading and what it was taken for; `meaning` is empty for a column that was left out."""

    heading: str
    meaning: str


def columns_in_words(columns: Iterable[Mapping[str, object]]) -> list[Read]:
    """Every heading of a kept mapping with its meaning."""
    names = facts.catalogue().by_code
    found = []
    for one in columns:
        fact = names.get(str(one["fact"]))
        meaning = _("事实“%(name)s”") % {"name": fact.name} if fact else str(PLACES.get(str(one["place"]), ""))
        if fact and one.get("year"):
            meaning += _("（%(year)s年）") % {"year": one["year"]}
        if fact and (one.get("unit") or fact.unit):
            meaning += _("，单位%(unit)s") % {"unit": one.get("unit") or fact.unit}
        found.append(Read(str(one["heading"]), meaning))
    return found


def unknown_in_words(columns: Iterable[Mapping[str, object]]) -> str:
    """The columns of a kept mapping that were not recognised, and how many cells were left out with them; '' for none."""
    listed = list(columns)
    if not listed:
        return ""
    near = _("“%(heading)s”（是不是“%(near)s”？）")
    said = (near % one if one["near"] else _("“%(heading)s”") % one for one in listed)
    told = {"columns": "、".join(said), "n": sum(int(str(one["cells"])) for one in listed)}
    return _("没有认出的列：%(columns)s。这些列的 %(n)d 格没有导入；要导入，请把表头改成事实目录里的名称再传。") % told
