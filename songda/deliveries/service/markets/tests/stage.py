"""A market and its sheet, invented."""

from __future__ import annotations

from songda.deliveries.service.markets.rules import read_sheet
from songda.registry.people.tests.cast import Cast, firm
from songda.registry.subjects.models import Subject

SHEET = read_sheet(
    "苗木区\t12\n日杂区\t6",
    "周一上午\n周一下午\n周二上午\n周二下午",
    "\n".join(
        ["青禾苗木\t苗木区\t苗木\t4\t1\t4\t是", "绿源苗木\t苗木区\t苗木\t4\t1\t4\t是", *(f"花卉{n}\t苗木区\t花卉\t3\t1\t4" for n in range(4)),
         *(f"日杂{n}\t日杂区\t日杂\t2\t1\t2\t\t周二下午" for n in range(5))]
    ),
)  # fmt: skip


def market_at(cast: Cast) -> Subject:
    """A market in the cast's street."""
    return firm("示例花木市场", cast.street_office, "M-1", kind="market")
