"""Sets of subjects 统计口径, in words: a figure of firms says which firms it counts (SUP-18).

“79 firms above scale in a park” and “78 industrial firms above scale in its district” do not contradict each other: the first
counts services too, the second leaves them out. Each count carries its definition, and two counts can be laid side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

from songda.kernel.words import gettext as _

INDUSTRY = ("B", "C", "D")  # 工业


@dataclass(frozen=True, slots=True)
class SubjectSet:
    """Subjects of a home area (path and name) or of a park (number and name), narrowed by sections, scale and kind.

    `sections` are letters of GB/T 4754 (none: all). A park counts its members wherever their home is; an area counts homes.
    """

    area_path: str = ""
    area_name: str = ""
    park_id: int | None = None
    park_name: str = ""
    sections: tuple[str, ...] = ()
    above_scale: bool | None = None
    kind: str = "enterprise"

    @property
    def definition(self) -> str:
        """The set in one sentence."""
        scale = {None: "", True: _("规模以上（以统计部门名录为准）"), False: _("规模以下")}[self.above_scale]
        parts = [
            _("入驻%(park)s（不论登记在何辖区）") % {"park": self.park_name} if self.park_id else "",
            _("登记在%(area)s（含其园区）") % {"area": self.area_name} if self.area_name else "",
            scale,
            _("行业门类%(sections)s") % {"sections": "、".join(self.sections)} if self.sections else _("全部行业（含服务业）"),
        ]
        return "，".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sets side by side: how many are in each, in both, and in one alone."""

    one: int
    two: int
    both: int

    @property
    def only_one(self) -> int:
        """In the first alone."""
        return self.one - self.both

    @property
    def only_two(self) -> int:
        """In the second alone."""
        return self.two - self.both
