"""Words of the room with a fixed list: what a figure is, how exact, what speaks against it, how a check comes out."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class FigureKind(TextChoices):
    """What a number stands for. `rhetorical` ones are no data: they are kept so that nobody takes them for some."""

    MEASURE = "measure", _("数量")
    MONEY = "money", _("金额")
    RATE = "rate", _("比率")
    PARAMETER = "parameter", _("标准")
    TARGET = "target", _("计划数")
    DOCUMENT = "document", _("文件条数")
    DATE = "date", _("日期")
    STRUCTURE = "structure", _("结构数")
    ENUMERATION = "enumeration", _("点算数")
    RHETORICAL = "rhetorical", _("修辞")


class Precision(TextChoices):
    """How exact a number is as printed (余, 多, 超, 不低于: at least; 近: less than; 约: approximate)."""

    EXACT = "exact", _("确数")
    APPROX = "approx", _("约数")
    AT_LEAST = "at_least", _("下限")
    LESS_THAN = "less_than", _("上限")


class Basis(TextChoices):
    """Whether the text says the time of a figure or it is inferred."""

    STATED = "stated", _("原文写明")
    IMPLIED = "implied", _("推定")


class Origin(TextChoices):
    """How a figure came to be known 来历: computed from rows here, returned by a unit, or read from a text."""

    COMPUTED = "computed", _("计算")
    RETURNED = "returned", _("申报")
    READ = "read", _("取自文本")


class Counts(TextChoices):
    """What one of a number is 计数对象. Two of these are never added (Appendix G 3 of the mission)."""

    FIRMS = "firms", _("企业")
    PROJECTS = "projects", _("项目")
    MERCHANTS = "merchants", _("商户")
    MARKETS = "markets", _("市场")
    PEOPLE = "people", _("人")
    PERSON_TIMES = "person_times", _("人次")
    POSTS = "posts", _("岗位")
    CASES = "cases", _("事项")
    STEPS = "steps", _("办理动作")
    VISITS = "visits", _("走访")
    DOCUMENTS = "documents", _("文件")
    THINGS = "things", _("物资")
    LAND = "land", _("土地")
    MONEY = "money", _("资金")
    ENERGY = "energy", _("用电")
    NONE = "none", _("比率")


class Spread(TextChoices):
    """How a number stands in time: held at a moment 时点数, or counted over a period 时期数."""

    MOMENT = "moment", _("时点数")
    FLOW = "flow", _("时期数")


class FlagKind(TextChoices):
    """What speaks against a figure 提示."""

    RATIO_OVER_100 = "ratio_over_100", _("比率超过100%")
    FULL_100 = "full_100", _("恰为100%或“全部”")
    PART_OVER_WHOLE = "part_over_whole", _("部分大于整体")
    TWO_TOTALS = "two_totals", _("一事两数")
    BASE = "base", _("缺分母或基数")
    SCOPE = "scope", _("口径不一或不明")
    UNIT = "unit", _("计量单位")
    OVERLAP = "overlap", _("可能重复计算")
    STAGE = "stage", _("阶段不同")
    TIME = "time", _("时点")
    BOUND = "bound", _("只有上下限")
    UNUSUAL = "unusual", _("数值异常")
    WORDING = "wording", _("文字歧义")
    NOT_DATA = "not_data", _("数字不是数据")


class Severity(TextChoices):
    """How much a flag weighs."""

    HIGH = "high", _("重")
    MEDIUM = "medium", _("中")
    LOW = "low", _("轻")


class FlagOrigin(TextChoices):
    """Who raised a flag: a person who prepared the figures, or the rules of this room."""

    DECLARED = "declared", _("整理时注明")
    RAISED = "raised", _("核对所得")


class CheckClass(TextChoices):
    """What sort of arithmetic a check is."""

    STATED = "stated", _("两端明载")
    CONSISTENCY = "consistency", _("前后一致")
    ENUMERATION = "enumeration", _("列名")
    COUNTED = "counted", _("点算")
    DERIVED = "derived", _("推算")
    CROSS = "cross", _("跨文本")


class Outcome(TextChoices):
    """How a check comes out."""

    HOLDS = "yes", _("成立")
    FAILS = "no", _("不成立")
    OPEN = "unknown", _("无从核对")


class Verdict(TextChoices):
    """What a reviewer made of a figure read from a bulletin 审核."""

    OPEN = "open", _("待审")
    ACCEPTED = "accepted", _("已采用")
    REJECTED = "rejected", _("不采用")


class Rejection(TextChoices):
    """Why a figure that was read is not taken."""

    RHETORICAL = "rhetorical", _("修辞、俗语，不是数据")
    NAME = "name", _("名称、编号或序数")
    DOUBLE = "double", _("与另一处重复")
    MISREAD = "misread", _("数值或单位读错")
    WRONG = "wrong", _("原文有误，待刊发单位更正")
    OTHER = "other", _("其他")


READ_FIGURE = Machine(
    "read_figure",
    _("读出的数"),
    dict(Verdict.choices),
    (
        Step("accept", _("采用"), (Verdict.OPEN,), Verdict.ACCEPTED, "figures.edit"),
        Step("reject", _("不采用"), (Verdict.OPEN,), Verdict.REJECTED, "figures.edit"),
        Step("reopen", _("重新审核"), (Verdict.REJECTED,), Verdict.OPEN, "figures.edit"),
    ),
)
