"""States of measures and of implementing rules (POL-02: draft → reviewed → published → superseded, two persons)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Level(TextChoices):
    """Level of the issuer (POL-04)."""

    CENTRAL = "central", _("中央")
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    DISTRICT = "district", _("区")
    PARK = "park", _("园区")


class Relation(TextChoices):
    """How one document stands to another (POL-04)."""

    IMPLEMENTS = "implements", _("落实")
    ADDS = "adds", _("增补")
    SUPERSEDES = "supersedes", _("替代")


class Validity(TextChoices):
    """Whether a document is in force on a day (POL-34); worked out, never stored."""

    NOT_YET = "not_yet", _("尚未生效")
    IN_FORCE = "in_force", _("现行有效")
    UNTIL_EVENT = "until_event", _("有效，至事件结束")
    EXPIRED = "expired", _("已失效")
    SUPERSEDED = "superseded", _("已被替代")


class MeasureKind(TextChoices):
    """Two kinds of measure (POL-19): they need different fields and are counted apart."""

    FUND = "fund", _("资金奖补类")
    SERVICE = "service", _("优化服务类")


class SourceRole(TextChoices):
    """What a cited piece is to its measure."""

    CLAUSE = "clause", _("条文")
    DEFINITION = "definition", _("释义")


class RulePart(TextChoices):
    """What a piece of a text says of how a measure is had (POL-03)."""

    CONDITIONS = "conditions", _("办理条件")
    PAPERS = "papers", _("申报材料")
    STEPS = "steps", _("办理步骤")
    TIME_LIMIT = "time_limit", _("办理时限")
    PAYMENT = "payment", _("资金来源与拨付依据")
    CONTACT = "contact", _("办理地点与咨询方式")


class AnnotationKind(TextChoices):
    """标重点，划红线 (POL-30)."""

    KEY_POINT = "key_point", _("重点")
    RED_LINE = "red_line", _("红线")


class Standing(TextChoices):
    """How the words of an annotation fared in a later version of the document."""

    EXACT = "exact", _("原文一致")
    MOVED = "moved", _("原文有改动")
    LOST = "lost", _("原文已无")


MEASURE = Machine(
    name="measure",
    label=_("政策措施"),
    states={
        "draft": _("草稿"), "reviewed": _("已审核"), "published": _("已发布"), "superseded": _("已被替代"),
        "withdrawn": _("已撤回"),
    },
    steps=(
        Step("confirm", _("审核确认"), ("draft",), "reviewed", "policy.edit"),
        Step("return", _("退回修改"), ("reviewed",), "draft", "policy.publish"),
        Step("publish", _("发布"), ("reviewed",), "published", "policy.publish"),
        Step("supersede", _("替代"), ("published",), "superseded", "policy.publish"),
        Step("withdraw", _("撤回"), ("draft", "reviewed"), "withdrawn", "policy.edit"),
    ),
)  # fmt: skip
