"""The machines of the ledger 状态机 (DESIGN 9.1). A kind of a pack picks one; it may switch steps off, never add any.

`firm.act` marks steps of the firm itself; `system` those that only the house takes (a clock, a job).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

DEMAND: Final = Machine(
    name="demand",
    label=_("诉求"),
    states={
        "filed": _("待分办"), "assigned": _("待接单"), "disputed": _("权属待裁定"), "working": _("办理中"), "paused": _("暂停"),
        "proposed": _("待企业确认"), "confirmed": _("已确认待销号"), "closed": _("已销号"), "declined": _("不予受理"),
        "withdrawn": _("企业撤回"),
    },
    steps=(
        Step("assign", _("分办"), ("filed", "assigned"), "assigned", "cases.assign"),
        Step("decline", _("不予受理"), ("filed", "assigned"), "declined", "cases.assign"),
        Step("solve_on_spot", _("当场解决"), ("filed", "assigned"), "proposed", "cases.handle"),
        Step("take", _("接单"), ("assigned",), "working", "cases.handle"),
        Step("dispute", _("退单"), ("assigned",), "disputed", "cases.handle"),
        Step("decide", _("裁定"), ("disputed",), "assigned", "cases.decide"),
        Step("progress", _("登记进展"), ("working",), "working", "cases.handle"),
        Step("pause", _("暂停计时"), ("working",), "paused", "cases.handle"),
        Step("resume", _("恢复计时"), ("paused",), "working", "cases.handle"),
        Step("propose", _("报结"), ("working",), "proposed", "cases.handle"),
        Step("confirm", _("企业确认"), ("proposed",), "confirmed", "firm.act"),
        Step("object", _("企业不认可"), ("proposed",), "working", "firm.act"),
        Step("revisit_yes", _("回访确认"), ("proposed",), "confirmed", "cases.revisit"),
        Step("revisit_no", _("回访未解决"), ("proposed",), "working", "cases.revisit"),
        Step("note_silence", _("两次提醒未答复"), ("proposed",), "confirmed", "cases.revisit"),
        Step("close", _("销号"), ("confirmed",), "closed", "cases.close"),
        Step("send_back", _("退回补办"), ("confirmed",), "working", "cases.close"),
        Step("reopen", _("重新办理"), ("closed", "declined"), "filed", "cases.reopen"),
        Step("withdraw", _("企业撤回"), ("filed", "assigned", "disputed", "working", "paused", "proposed"), "withdrawn", "firm.act"),
    ),
)  # fmt: skip

TASK: Final = Machine(
    name="task",
    label=_("任务"),
    states={
        "issued": _("待签收"), "accepted": _("进行中"), "done": _("待核销"), "verified": _("已核销"), "cancelled": _("已取消"),
    },
    steps=(
        Step("accept", _("签收"), ("issued",), "accepted", "cases.handle"),
        Step("progress", _("登记进展"), ("accepted",), "accepted", "cases.handle"),
        Step("report", _("报告完成"), ("issued", "accepted"), "done", "cases.handle"),
        Step("verify", _("核销"), ("done",), "verified", "cases.close"),
        Step("send_back", _("退回补办"), ("done",), "accepted", "cases.close"),
        Step("cancel", _("取消"), ("issued", "accepted"), "cancelled", "cases.assign"),
        Step("reopen", _("重新办理"), ("verified", "cancelled"), "issued", "cases.reopen"),
    ),
)  # fmt: skip

OBJECTION: Final = Machine(
    name="objection",
    label=_("申诉"),
    states={"filed": _("待受理"), "examining": _("复核中"), "upheld": _("申诉成立"), "rejected": _("维持原评价"), "withdrawn": _("已撤回")},
    steps=(
        Step("examine", _("受理复核"), ("filed",), "examining", "cases.decide"),
        Step("uphold", _("认定成立"), ("examining",), "upheld", "cases.decide"),
        Step("reject", _("维持"), ("examining",), "rejected", "cases.decide"),
        Step("withdraw", _("撤回"), ("filed", "examining"), "withdrawn", "cases.handle"),
    ),
)  # fmt: skip

MACHINES: Final[Mapping[str, Machine]] = {one.name: one for one in (DEMAND, TASK, OBJECTION)}
FIRST: Final[Mapping[str, str]] = {"demand": "filed", "task": "issued", "objection": "filed"}
AT_REST: Final[Mapping[str, frozenset[str]]] = {
    "demand": frozenset({"closed", "declined", "withdrawn"}),
    "task": frozenset({"verified", "cancelled"}),
    "objection": frozenset({"upheld", "rejected", "withdrawn"}),
}


NOTES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "remark": (_("备注"), "cases.handle"),
    "contact": (_("联系企业"), "cases.handle"),
    "extend": (_("延期"), "cases.decide"),
    "ask_extension": (_("申请延期"), "cases.handle"),
    "refuse_extension": (_("不同意延期"), "cases.decide"),
    "fix": (_("限期"), "cases.decide"),
    "reclassify": (_("调整难度"), "cases.assign"),
    "hand_over": (_("请求移交"), "cases.handle"),
    "take_over": (_("接受移交"), "cases.handle"),
    "refuse_over": (_("不接受移交"), "cases.handle"),
    "replace": (_("更换经办"), "cases.assign"),
    "ask_support": (_("商请协办"), "cases.handle"),
    "answer_support": (_("协办答复"), "cases.handle"),
    "urge": (_("催办"), "cases.decide"),
    "remind": (_("提醒企业确认"), "cases.handle"),
    "revisit_missed": (_("回访未联系上"), "cases.revisit"),
    "tell": (_("告知企业"), "cases.handle"),
    "awaited": (_("条件已具备"), "cases.decide"),
    "group": (_("归并共性问题"), "cases.assign"),
}
"""What may be noted of an open case without moving it 记录: label and permission. Clocks hear them like steps."""


class Outcome(TextChoices):
    """How a matter ended 结果, kept apart (solved is never mixed with closed)."""

    SOLVED = "solved", _("已解决")
    EXPLAINED = "explained", _("已解释")
    PARTLY = "partly", _("部分解决")
    IMPOSSIBLE = "impossible", _("无法解决")
    UNREACHABLE = "unreachable", _("联系不上")
    WITHDRAWN = "withdrawn", _("企业撤回")


class Origin(TextChoices):
    """Who found it 来源 (SVC-58: proactive share)."""

    FIRM = "firm", _("企业提出")
    OFFICER = "officer", _("干部发现")
    SIGNAL = "signal", _("数据发现")
    MEETING = "meeting", _("会议交办")


class Answer(TextChoices):
    """What the firm says of the result 确认. Silence is its own answer, never satisfaction."""

    YES = "yes", _("认可")
    NO = "no", _("不认可")
    SILENT = "silent", _("未答复")
    UNREACHABLE = "unreachable", _("联系不上")


class Grade(TextChoices):
    """Five grades 好差评; the last two are bad 差评."""

    VERY_GOOD = "5", _("非常满意")
    GOOD = "4", _("满意")
    FAIR = "3", _("基本满意")
    BAD = "2", _("不满意")
    VERY_BAD = "1", _("非常不满意")
