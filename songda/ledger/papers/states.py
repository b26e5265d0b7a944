"""States of a paper, and the small vocabularies of the room."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Sort(TextChoices):
    """What a kind is in print 体例."""

    DOCUMENT = "document", _("文件")
    BULLETIN = "bulletin", _("简报")
    LIST = "list", _("清单")
    RECORD = "record", _("登记文书")


class Readers(TextChoices):
    """Who may read an issued paper 公开范围, widest first."""

    PUBLIC = "public", _("公开")
    FIRM = "firm", _("企业本身与各单位")
    OFFICE = "office", _("各单位")
    LEDGER = "ledger", _("台账岗位")
    UNIT = "unit", _("制发单位")


PAPER: Final = Machine(
    name="paper",
    label=_("文书"),
    states={"draft": _("草稿"), "issued": _("已制发"), "withdrawn": _("已撤回"), "void": _("已作废")},
    steps=(
        Step("issue", _("编号制发"), ("draft",), "issued", "kind"),
        Step("withdraw", _("撤回"), ("issued",), "withdrawn", "kind"),
        Step("void", _("作废"), ("draft",), "void", "kind"),
    ),
)
"""Which permission a step asks for is said by the kind of the paper (`rules.kinds.PaperKind`), not here."""

NUMBERED: Final = ("issued", "withdrawn")
