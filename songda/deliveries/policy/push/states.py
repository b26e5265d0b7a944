"""What a dry run can say of a firm, and why a firm that fits was never reached."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fate(models.TextChoices):
    """Where a push leaves each subject of its area 去向: exactly one, the first that holds in this order. `OUTSIDE` lies beyond the area."""

    FRESH = "fresh", _("将告知")
    BUSY = "busy", _("他人的推送正在发送")
    TOLD = "told", _("均已告知，不再推送")
    NO_CONTACT = "no_contact", _("在所选渠道上没有联系方式")
    DECLINED = "declined", _("已退订")
    NARROWED_UNKNOWN = "narrowed_unknown", _("补充条件待核")
    NARROWED = "narrowed", _("不符合补充条件")
    LAPSED = "lapsed", _("数据已变、不再符合")
    UNKNOWN = "unknown", _("待核")
    UNFIT = "unfit", _("不符合")
    OUTSIDE = "outside", _("符合，但在推送辖区之外")


EXCLUDED = tuple(fate for fate in Fate if fate is not Fate.FRESH)


class Gap(models.TextChoices):
    """Why an eligible firm has never been reached 未触达原因."""

    NEVER_PUSHED = "never_pushed", _("从未推送")
    NO_CONTACT = "no_contact", _("没有联系方式")
    DECLINED = "declined", _("已退订")
    FAILED = "failed", _("发送失败或结果不明")
    UNDERWAY = "underway", _("正在发送")
