"""The life of a file taken in 导入: checked without a change, then taken whole in one transaction, or given up."""

from __future__ import annotations

from songda.kernel.machines import Machine, Step

INTAKE = Machine(
    name="intake",
    label="导入",
    states={"checked": "已预检", "taken": "已导入", "refused": "已放弃"},
    steps=(
        Step("take", "确认导入", ("checked",), "taken", "roster.import"),
        Step("refuse", "放弃", ("checked",), "refused", "roster.import"),
    ),
)
