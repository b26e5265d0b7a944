"""Tables that are no records 不列入保管期限的表, each with the reason."""

from __future__ import annotations

from typing import Final

FRAMEWORK = "程序框架的目录，不是业务记录"
REFERENCE = "字典和配置，随系统保存"
WORKING = "运行中的状态，用完即清"
DERIVED = "由记录生成，随记录更新和移除"

EXEMPT: Final = {
    "contenttypes.ContentType": FRAMEWORK,
    "auth.Permission": FRAMEWORK,
    "auth.Group": FRAMEWORK,
    "auth.Group_permissions": FRAMEWORK,
    "sessions.Session": WORKING,
    "django_tasks_database.DBTaskResult": "任务队列，35天后自行清理（jobs.prune）",
    "axes.AccessAttempt": "失败计数，登录成功或锁定期满即清零",
    "axes.AccessAttemptExpiration": "同上",
    "search.Entry": DERIVED,
    "search.Body": DERIVED,
    "search.IndexRow": DERIVED,
    "campaigns.Campaign": REFERENCE,
    "codes.Dictionary": REFERENCE,
    "codes.Entry": REFERENCE,
    "calendars.SpecialDay": REFERENCE,
    "notices.Group": REFERENCE,
    "notices.ChannelTerms": REFERENCE,
    "notices.Pace": WORKING,
    "cases.Kind": REFERENCE,
    "cases.KindVersion": REFERENCE,
    "cases.Counter": "编号计数，重用编号会冲突",
    "cases.SavedFilter": "个人的筛选习惯，随人员删除",
    "people.OpenSession": WORKING,
    "identities.Identity": "登录身份的绑定，解绑时删除",
    "programs.Token": "接口令牌，只存摘要，随岗位失效",
    "programs.Answered": WORKING,
    "programs.Spending": WORKING,
    "alarms.Alarm": "运行告警，解除后只作参考；事情本身在审计记录里",
    "notices.Hook": "程序接收事件的地址和密钥，停用后不再使用",
    "notices.Event": "由业务记录生成的推送，只有代码和链接",
    "people.SecondFactor": "登录凭据，停用账号时清除",
}
