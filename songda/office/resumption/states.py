"""Words of the room: lights, ways to be listed, denominators, machines of stop orders and arrivals."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Light(TextChoices):
    """The control light 防控灯 of a subject."""

    GREEN = "green", _("绿灯")
    YELLOW = "yellow", _("黄灯")
    RED = "red", _("红灯")


class Sort(TextChoices):
    """What an entry of the negative list names 负面清单条目."""

    INDUSTRY = "industry", _("行业")
    KIND = "kind", _("场所类别")
    SUBJECT = "subject", _("单个主体")


class Population(TextChoices):
    """Whom a rate is about 总体: projects are not firms and are never added to them."""

    FIRMS = "firms", _("企业")
    PROJECTS = "projects", _("建设工程")
    MERCHANTS = "merchants", _("商户")


class Variant(TextChoices):
    """The three official ways to count who is due to resume 口径. No rate is shown without its own."""

    ABOVE = "above", _("口径①：全部规上（不扣负面清单，持续生产计入已复工）")
    UNLISTED = "unlisted", _("口径②：全部减负面清单（持续生产不计）")
    CONTINUOUS = "continuous", _("口径③：全部减负面清单，含未停产持续生产")


class Cause(TextChoices):
    """Why more people are at work than were due 超基数原因."""

    HIRING = "hiring", _("扩产新招")
    SITE = "site", _("工地进场高峰")
    OUTDATED = "outdated", _("基数过时")
    MISTAKE = "mistake", _("填报有误，待更正")
    OTHER = "other", _("其他")


class Level(TextChoices):
    """The level of a risk area 风险等级."""

    MIDDLE = "middle", _("中风险")
    HIGH = "high", _("高风险")


class Production(TextChoices):
    """The production state of a subject 生产状态: codes of the fact 复工状态."""

    NOT_DUE = "not-due", _("未到复工期")
    LISTED = "listed", _("负面清单暂缓")
    APPLIED = "applied", _("已申请复工")
    RESUMED = "resumed", _("已复工")
    CONTINUOUS = "continuous", _("持续生产")
    STOPPED = "stopped", _("停产（非疫情）")
    HALTED = "halted", _("停工令停产")


WORKING: Final = frozenset({Production.RESUMED.value, Production.CONTINUOUS.value})

STOP: Final = Machine(
    name="stop_order",
    label=_("停工令"),
    states={"standing": _("生效中"), "lifted": _("已解除")},
    steps=(Step("lift", _("解除"), ("standing",), "lifted", "resumption.control"),),
)

ARRIVAL: Final = Machine(
    name="arrival",
    label=_("来返人员"),
    states={"isolating": _("隔离中"), "free": _("无隔离要求"), "cleared": _("已放行")},
    steps=(
        Step("isolate", _("列入隔离"), ("free", "isolating", "cleared"), "isolating", "resumption.control"),
        Step("clear", _("放行"), ("isolating", "free"), "cleared", "resumption.report"),
    ),
)
