"""Who may not judge his own work, and what has to be said with a result. No Django here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from songda.kernel.words import gettext as _
from songda.kernel.words import gettext_lazy as lazy

HANDLING = frozenset({"take", "progress", "contact", "pause", "resume", "propose", "solve_on_spot", "ask_extension", "take_over"})
"""Steps by which somebody is a handler of a case."""

PAGES = (
    "assign", "decline", "solve_on_spot", "take", "dispute", "decide", "contact", "progress", "pause", "resume", "ask_extension",
    "extend", "refuse_extension", "reclassify", "fix", "hand_over", "take_over", "refuse_over", "replace", "ask_support",
    "answer_support", "propose", "confirm", "object", "revisit_yes", "revisit_no", "revisit_missed", "note_silence", "remind",
    "close", "send_back", "reopen", "withdraw",
)  # fmt: skip
"""The steps and notes of a demand that have a page of their own here."""

NEEDS_REASON = {
    "impossible": lazy("无法解决的，请向企业说明原因、依据和其他途径。"),
    "partly": lazy("部分解决的，请说明还有什么没有解决、下一步怎么办。"),
    "unreachable": lazy("联系不上的，请写明何时、以何种方式联系过。"),
}
SHORTEST_REASON = 8


def handled(steps: Iterable[tuple[str, int | None]]) -> frozenset[int]:
    """The accounts that handled a case, from its steps (name, account)."""
    return frozenset(account for step, account in steps if step in HANDLING and account is not None)


def fault_of_revisit(account: int | None, handlers: Collection[int]) -> str:
    """Why this account may not make the return visit; empty when it may."""
    return _("您参与过办理，回访须由其他人进行。") if account is None or account in handlers else ""


def fault_of_judge(account: int | None, appellant: int | None, handlers: Collection[int]) -> str:
    """Why this account may not decide an appeal against a rating; empty when it may."""
    return _("申诉须由未参与办理的人复核。") if account is None or account == appellant or account in handlers else ""


def fault_of_outcome(outcome: str, told: str, outcomes: Collection[str]) -> str:
    """Why a result cannot be reported so; empty when it can. Withdrawal is the firm's alone."""
    if outcome not in outcomes or outcome == "withdrawn":
        return _("请选择办理结果。")
    if not told.strip():
        return _("请写明告知企业的办理情况。")
    short = len(told.strip()) < SHORTEST_REASON
    return str(NEEDS_REASON[outcome]) if outcome in NEEDS_REASON and short else ""


def fault_of_extension(due_at: dt.datetime | None, now: dt.datetime) -> str:
    """Why an extension can no longer be asked; empty when it can. Asked before the deadline, or not at all."""
    if due_at is None:
        return _("当前没有在计时的办结时限。")
    return _("已过办结期限，不能再申请延期。") if now > due_at else ""


def fault_of_help(extra: dict[str, object]) -> str:
    """A finding carries help, or says why none is needed (SVC-14)."""
    unexplained = extra.get("help") == "none" and not str(extra.get("help_reason", "")).strip()
    return _("选择“不需要帮助”的，请写明理由。") if unexplained else ""
