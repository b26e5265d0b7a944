"""Which room brings which command: name → (module, one line for --help)."""

from __future__ import annotations

from typing import Final

MODULES: Final = {
    "init": ("songda.portal.cli.init", "建立正式环境"),
    "demo": ("songda.portal.cli.demo", "演示：建库、装载活动包、生成城市、跑通主流程"),
    "pack": ("songda.portal.cli.pack", "活动包：检查、装载、导出"),
    "import": ("songda.registry.intake.commands", "导入名册"),
    "read": ("songda.engines.reading.commands", "阅读政策文件"),
    "figures": ("songda.engines.figures.commands", "读出简报里的数并核对"),
    "index": ("songda.deliveries.policy.library.commands", "重建政策检索索引"),
    "match": ("songda.deliveries.policy.matching.commands", "匹配政策与主体"),
    "push": ("songda.deliveries.policy.push.commands", "推送政策"),
    "serve": ("songda.portal.cli.serve", "启动网站"),
    "worker": ("songda.kernel.commands", "后台任务"),
    "audit": ("songda.kernel.audit.commands", "审计：封存、校验"),
    "standin": ("songda.portal.standins.commands", "模拟消息平台（测试与演示）"),
}
DJANGO_FREE: Final = frozenset({"read", "figures"})
