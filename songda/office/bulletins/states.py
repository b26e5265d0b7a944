"""States of bulletins, news items and what units send in; the small vocabularies of the room."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Sort(TextChoices):
    """What a piece is: a bulletin of the house, or an item for the press."""

    BULLETIN = "bulletin", _("简报")
    NEWS = "news", _("新闻稿")


class Rhythm(TextChoices):
    """What kind of bulletin 类型, and what kind of news item 体裁."""

    DAILY = "daily", _("日报")
    WEEKLY = "weekly", _("周报")
    MONTHLY = "monthly", _("月报")
    SERIES = "series", _("系列简报")
    SPECIAL = "special", _("专报")
    MESSAGE = "message", _("消息")
    FEATURE = "feature", _("通讯")
    COMMENTARY = "commentary", _("评论")
    CLOSEUP = "closeup", _("特写")


NEWS_KINDS: Final = (Rhythm.MESSAGE, Rhythm.FEATURE, Rhythm.COMMENTARY, Rhythm.CLOSEUP)


class Why(TextChoices):
    """What a confirmation answers: a number typed by hand, a word such as 全部, a rate without numerator and denominator."""

    NUMBER = "number", _("未绑定的数")
    ALL = "all", _("“全部”的表述")
    BASE = "base", _("没有分子、分母的比率")


PIECE: Final = Machine(
    name="piece",
    label=_("稿件"),
    states={"draft": _("草稿"), "published": _("已印发"), "void": _("已作废")},
    steps=(
        Step("publish", _("编号印发"), ("draft",), "published", "bulletins.publish"),
        Step("void", _("作废"), ("draft",), "void", "bulletins.write"),
    ),
)

SUBMISSION: Final = Machine(
    name="submission",
    label=_("单位报送"),
    states={"sent": _("待采用"), "taken": _("已采用"), "returned": _("已退回")},
    steps=(
        Step("take", _("采用"), ("sent",), "taken", "bulletins.write"),
        Step("return", _("退回"), ("sent",), "returned", "bulletins.write"),
    ),
)
