"""Looks at what the house works with: pack, roster, measures, channels, retention."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from songda.deliveries.policy.library.models import ContactCard, Measure, MeasureVersion
from songda.deliveries.policy.library.queries import published_versions
from songda.kernel.errors import Unavailable
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.channels import INBOX, configured
from songda.office.retention.models import ScheduleVersion
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning
from songda.registry.campaigns.queries import in_force, present_sheets
from songda.registry.intake.models import Intake
from songda.registry.subjects.models import Subject

SAMPLE = "/sample-"  # how the names of the starter pack's examples begin
ARRIVED = ("sent", "delivered", "opened", "acted")


def pack() -> Finding:
    """Whether a pack is applied, and the examples of the starter are gone."""
    found = in_force()
    if found is None:
        return fault("活动包", "还没有装载。", "请运行 songda init --pack 活动包。")
    said = f"{found.name} {found.version}，{found.applied_at:%Y-%m-%d} 装载（装载前已逐项检查）。"
    samples = present_sheets(found.code).filter(file__contains=SAMPLE).count()
    if samples:
        advice = "请换成自己的政策，删去 sample 开头的文件，再 songda pack apply；示例不要发布。"
        return fault("活动包", f"{said}里面还有 {samples} 个示例文件。", advice)
    return ok("活动包", said)


def roster(on: dt.date) -> Finding:
    """Whether firms are in the register, and as of when."""
    total = Subject.objects.filter(status=Subject.Status.OPEN).count()
    last = Intake.objects.filter(state="taken").order_by("-as_of").first()
    if not total or last is None:
        return fault("企业名册", f"名录里有 {total} 个主体，还没有导入过名册。", "请统筹调度员或注册登记员导入名册。")
    said = f"{total} 个主体，名册数据截至 {last.as_of}。"
    if (on - last.as_of).days > 180:
        return warning("企业名册", said, "数据超过半年，请导入新的名册。")
    return ok("企业名册", said)


def measures(on: dt.date) -> Finding:
    """Whether there is something to tell firms, each with somebody to ask."""
    published = published_versions(on)
    total = published.count()
    shut = MeasureVersion.objects.filter(state="published").count() - total
    said = f"已发布 {total} 项" + (f"（另有 {shut} 项今天不在受理期）" if shut else "")
    cards = ContactCard.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), measure=OuterRef("measure"))
    without = published.exclude(Exists(cards)).count()
    if not total:
        return fault("政策措施", f"{said}，库里共 {Measure.objects.count()} 项。", "请政策编辑确认、政策发布员发布。")
    if without:
        return warning("政策措施", f"{said}，其中 {without} 项没有联系卡。", "请补联系卡，企业才知道问谁。")
    return ok("政策措施", f"{said}，都有联系卡。")


def channels() -> Finding:
    """Whether a channel beside the page itself is configured and has once delivered."""
    try:
        names = [name for name in configured() if name != INBOX]
    except Unavailable as error:
        return fault("消息渠道", error.message, error.advice)
    if not names:
        return warning("消息渠道", "只有站内信。", "要用短信、钉钉、企业微信或邮件，请写 SONGDA_HOME/channels.json。")
    arrived = set(
        NoticeDelivery.objects.filter(channel__in=names, state__in=ARRIVED).values_list("channel", flat=True).distinct()
    )
    untried = [name for name in names if name not in arrived]
    if untried:
        return warning("消息渠道", f"已配置 {'、'.join(names)}；{'、'.join(untried)} 还没有发成过。", "请向自己人发一条试试。")
    return ok("消息渠道", f"{'、'.join(names)} 都发成过。")


def retention() -> Finding:
    """Whether it is said how long records are kept."""
    total = ScheduleVersion.objects.filter(retired_at=None).count()
    if not total:
        return fault("保管期限", "还没有期限表，什么都不会到期。", "请在活动包里写 retention.yaml 后装载。")
    return ok("保管期限", f"{total} 类记录有期限。")
