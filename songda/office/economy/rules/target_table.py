"""The table of targets as it is filled in 目标表: its columns, and a row read or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.whole import whole_number
from songda.kernel.words import gettext as _
from songda.office.economy.rules.spelling import read_number

HEADINGS = ("指标", "单位代码", "年度", "全年目标", "计量单位", "进度算法", "依据文件", "调整原因")
NEEDED = ("指标", "单位代码", "年度", "全年目标", "依据文件")
HINT = "前十行内应有一行表头，至少含“指标”“单位代码”“年度”“全年目标”和“依据文件”；可下载模板填写。"
PACES = {"按全年累计": "sum", "累计": "sum", "按时点水平": "level", "水平": "level", "": ""}
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Row:
    """A row read. `indicator` is a code or a label, `unit` an organisation's code; `pace` empty: by the indicator's own spread."""

    indicator: str
    unit: str
    year: int
    number: Fraction
    measure: str
    pace: str
    source: str
    reason: str


def is_target_table(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a table of targets."""
    return all(one in headings for one in NEEDED)


def row_of(said: Mapping[str, str]) -> Row | str:
    """A row read, or the sentence of what is wrong with it first."""
    for name in NEEDED:
        if not said.get(name):
            return _("“%(name)s”为空。") % {"name": name}
    year = whole_number(said["年度"].removesuffix("年"))
    if year is None or year not in YEARS:
        return _("年度“%(text)s”应为四位数字。") % {"text": said["年度"]}
    number = read_number(said["全年目标"])
    if number is None:
        return _("全年目标“%(text)s”应为大于零的数字，不带计量单位。") % {"text": said["全年目标"]}
    if said.get("进度算法", "") not in PACES:
        return _("进度算法应为“按全年累计”或“按时点水平”。")
    return Row(
        said["指标"], said["单位代码"], year, number, said.get("计量单位", ""), PACES[said.get("进度算法", "")],
        said["依据文件"], said.get("调整原因", ""),
    )  # fmt: skip
