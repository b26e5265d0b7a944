"""Which room brings which command: name → (module, one line for --help)."""

from __future__ import annotations

from typing import Final

MODULES: Final = {
    "config": ("songda.portal.cli.config", "显示并检查配置"),
    "init": ("songda.portal.cli.init", "建立正式环境"),
    "demo": ("songda.portal.cli.demo", "演示：建库、装载活动包、生成城市、跑通主流程"),
    "pack": ("songda.portal.cli.pack", "活动包：检查、装载、导出"),
    "import": ("songda.registry.intake.commands", "导入名册"),
    "officers": ("songda.registry.intake.commands", "导入干部名册：账号、岗位、包联"),
    "read": ("songda.engines.reading.commands", "阅读政策文件"),
    "figures": ("songda.engines.figures.commands", "读出简报里的数并核对"),
    "index": ("songda.deliveries.policy.library.commands", "重建政策检索索引"),
    "match": ("songda.deliveries.policy.matching.commands", "匹配政策与主体"),
    "tallies": ("songda.office.indicators.commands", "计算日计"),
    "push": ("songda.deliveries.policy.push.commands", "推送政策"),
    "static": ("songda.portal.cli.static", "收集并压缩静态文件"),
    "backup": ("songda.portal.upkeep.commands", "备份数据库与文件"),
    "restore": ("songda.portal.upkeep.commands", "把备份装入空的环境并核对"),
    "doctor": ("songda.portal.upkeep.commands", "体检"),
    "ready": ("songda.portal.opening.commands", "开业检查"),
    "upgrade": ("songda.portal.upkeep.commands", "升级：备份、迁移、核验"),
    "serve": ("songda.portal.cli.serve", "启动网站"),
    "worker": ("songda.kernel.commands", "后台任务"),
    "retention": ("songda.office.retention.commands", "保管期限：核验销毁证明、恢复后重做销毁"),
    "deliveries": ("songda.ledger.notices.commands", "恢复后暂缓的消息：查看、放行、放弃"),
    "audit": ("songda.kernel.audit.commands", "审计：封存、校验"),
    "standin": ("songda.portal.standins.commands", "模拟消息平台（测试与演示）"),
}
DJANGO_FREE: Final = frozenset({"read", "figures", "config"})
