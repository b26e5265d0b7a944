"""Cases, their steps, parties, clocks and alerts. One table holds everything owed; what differs is in its kind."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.audit.models import AppendOnlyModel
from songda.ledger.cases.rules.contacts import covered
from songda.ledger.cases.states import Answer, Grade, Origin, Outcome
from songda.ledger.evidence.models import Evidence
from songda.registry.campaigns.models import Campaign
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Person, Post
from songda.registry.subjects.models import Subject

FRONT, ORDINARY = 0, 1
"""Ranks in lists: kinds declared `front` (绿色通道) come before all others."""

NEVER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
"""Where lists put a case whose main clock does not run: behind all that press."""


class Kind(models.Model):
    """A kind of case 事项类别 by code; what it says is in its versions."""

    code = models.SlugField(_("类别代码"), max_length=60, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+", verbose_name=_("活动"))

    class Meta:
        verbose_name = _("事项类别")
        verbose_name_plural = _("事项类别")

    def __str__(self) -> str:
        return self.code


class KindVersion(models.Model):
    """A kind as declared 类别版本: `body` is the pack's own data, read by `rules.kinds`. A case keeps the version it was opened under."""

    kind = models.ForeignKey(Kind, models.PROTECT, related_name="versions", verbose_name=_("事项类别"))
    number = models.PositiveIntegerField(_("版本号"))
    machine = models.CharField(_("状态机"), max_length=16)
    label = models.CharField(_("名称"), max_length=60)
    body = models.JSONField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    since = models.DateTimeField(_("启用时间"))
    retired_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("类别版本")
        verbose_name_plural = _("类别版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="kind_version_once"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(retired_at=None), name="one_kind_version_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.label} v{self.number}"


class Counter(models.Model):
    """The last number given in a series (place and year). It only rises: numbers are never used again (SVC-06)."""

    series = models.CharField(_("系列"), max_length=40, unique=True)
    last = models.PositiveBigIntegerField(_("已用到"), default=0)

    class Meta:
        verbose_name = _("编号")
        verbose_name_plural = _("编号")

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class Group(models.Model):
    """The same problem of many firms 共性问题 (举一反三), and what came of it (SVC-63)."""

    title = models.CharField(_("问题"), max_length=160)
    cause = models.CharField(_("成因"), max_length=40, blank=True)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    proposal = models.TextField(_("改进建议"), blank=True)
    changed_on = models.DateField(_("改进实施日"), null=True, blank=True)
    opened_at = models.DateTimeField(_("归并时间"))

    class Meta:
        verbose_name = _("共性问题")
        verbose_name_plural = _("共性问题")

    def __str__(self) -> str:
        return self.title


class Case(models.Model):
    """One thing owed to a subject 事项. Everything that lists filter by is a column; what only its kind knows is in `extra`.

    `due_at` is the deadline of the main clock, `wake_at` when any of its clocks next changes. `pressing_at` is `due_at` while that
    clock runs and `NEVER` otherwise, `blue_at` and `yellow_at` its lamp moments while it runs: lists sort and filter by them. All are
    written by `actions.clocks` alone.
    `rank` is its kind's: what is 0 stands before what is 1 in every list of open cases.
    `holder` is the post accountable now, `lead` its unit. `version` rises with each step: two officers cannot both win.
    """

    class Difficulty(models.TextChoices):
        CONSULT = "consult", _("咨询")
        ORDINARY = "ordinary", _("一般")
        HARD = "hard", _("疑难")
        JOINT = "joint", _("多部门")

    number = models.CharField(_("编号"), max_length=40, unique=True)
    kind = models.ForeignKey(KindVersion, models.PROTECT, related_name="cases", verbose_name=_("类别"))
    machine = models.CharField(_("状态机"), max_length=16)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="cases", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    title = models.CharField(_("标题"), max_length=160)
    text = models.TextField(_("内容"), blank=True)
    category = models.CharField(_("问题分类"), max_length=40, blank=True)
    difficulty = models.CharField(_("难度"), max_length=8, choices=Difficulty.choices, default=Difficulty.ORDINARY)
    urgent = models.BooleanField(_("紧急"), default=False)
    rank = models.PositiveSmallIntegerField(_("列表次序"), default=ORDINARY, db_default=ORDINARY)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin.choices)
    channel = models.CharField(_("渠道"), max_length=20)
    contact_name = models.CharField(_("联系人"), max_length=80, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="led_cases", verbose_name=_("牵头单位"))
    holder = models.ForeignKey(Post, models.PROTECT, null=True, related_name="held_cases", verbose_name=_("经办岗位"))
    state = models.CharField(_("状态"), max_length=12)
    open = models.BooleanField(_("未办结"), default=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome.choices, blank=True)
    cause = models.CharField(_("成因"), max_length=40, blank=True)
    opened_at = models.DateTimeField(_("登记时间"))
    opened_by = models.BigIntegerField(_("登记账号"), null=True)
    moved_at = models.DateTimeField(_("最近办理时间"))
    proposed_by = models.BigIntegerField(_("报结账号"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    due_at = models.DateTimeField(_("办结期限"), null=True)
    blue_at = models.DateTimeField(_("蓝灯"), null=True)
    yellow_at = models.DateTimeField(_("黄灯"), null=True)
    pressing_at = models.DateTimeField(_("在计时的期限"), default=NEVER)
    wake_at = models.DateTimeField(_("下次查看"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=0)
    bounced = models.PositiveSmallIntegerField(_("退单次数"), default=0)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级事项"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="cases", verbose_name=_("共性问题"))
    demonstration = models.BooleanField(_("演示数据"), default=False)
    extra = models.JSONField(_("其他字段"), default=dict)
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)

    personal_fields: ClassVar = frozenset({"contact_name", "contact_phone"})

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        indexes: ClassVar = [
            # What presses first, in the order lists show it, with what scope asks: ten thousand entries where the table has a hundred
            # thousand rows. Participation is found by the foreign keys' own indexes. Measured: benchmarks/bench_cases.py.
            models.Index(fields=["rank", "pressing_at", "id", "area_path"], condition=models.Q(open=True), name="case_open"),
            models.Index(fields=["opened_at", "id"], name="case_opened"),
            models.Index(fields=["opened_by"], name="case_opened_by"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    covered_contact = property(covered)


class CaseStep(AppendOnlyModel):
    """One thing that happened to a case 办理记录, in its order. `note` is for the offices, `told` is what the firm reads.

    `used` keeps what the step stood on: rule versions, a length of extension, the clock it concerns, the answer given.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name=_("事项"))
    seq = models.PositiveIntegerField(_("序号"))
    step = models.CharField(_("步骤"), max_length=24)
    before = models.CharField(_("原状态"), max_length=12, blank=True)
    after = models.CharField(_("新状态"), max_length=12)
    at = models.DateTimeField(_("时间"))
    account_id = models.BigIntegerField(_("账号"), null=True)
    post_id = models.BigIntegerField(_("岗位"), null=True)
    name = models.CharField(_("经手人"), max_length=80)
    for_name = models.CharField(_("代谁办理"), max_length=80, blank=True)
    note = models.TextField(_("内部说明"), blank=True)
    told = models.TextField(_("告知企业"), blank=True)
    used = models.JSONField(_("依据"), default=dict)
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="case_step_in_order")]
        indexes: ClassVar = [models.Index(fields=["at", "id"], name="case_step_at")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.step}"


class CaseEvidence(models.Model):
    """Evidence laid to a step of a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence", verbose_name=_("事项"))
    step = models.ForeignKey(CaseStep, models.PROTECT, null=True, related_name="evidence", verbose_name=_("办理记录"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("凭证"))

    class Meta:
        verbose_name = _("事项凭证")
        verbose_name_plural = _("事项凭证")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "evidence"], name="case_evidence_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.evidence_id}"


class Party(models.Model):
    """A unit that takes part in a case 承办单位: one lead, any number of supporters; refusals and hand-overs are answered here.

    Who is asked to take a case over stands here too, beside the lead, until it answers: nothing moves before.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("协办")
        TAKEOVER = "takeover", _("接手")

    class Answer(models.TextChoices):
        ASKED = "asked", _("待接受")
        ACCEPTED = "accepted", _("已接受")
        REFUSED = "refused", _("已退单")
        DONE = "done", _("已办结")
        RELEASED = "released", _("已移交")

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties", verbose_name=_("事项"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("岗位"))
    role = models.CharField(_("角色"), max_length=8, choices=Role.choices)
    answer = models.CharField(_("答复"), max_length=8, choices=Answer.choices, default=Answer.ASKED)
    final = models.BooleanField(_("已裁定"), default=False)
    reason = models.CharField(_("理由"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("交办时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("承办单位")
        verbose_name_plural = _("承办单位")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(role="lead", ended_at=None), name="one_lead_a_case"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(role="takeover", ended_at=None), name="one_hand_over_a_case"
            ),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=models.Q(role__in=("lead", "support"), ended_at=None),
                name="party_once_a_case",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "ended_at", "case"], name="party_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.case_id}"


class CaseClock(models.Model):
    """A clock of a case as last read 时限: everything here can be recomputed from the steps, and a job proves that it is the same.

    `cycle` rises when the clock begins afresh (reopened), so that each rung of the ladder is climbed once a cycle. `trouble` is why the
    sweeper put it off; it is shown, never swallowed.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", verbose_name=_("事项"))
    code = models.CharField(_("时限"), max_length=24)
    cycle = models.PositiveSmallIntegerField(_("轮次"), default=1)
    main = models.BooleanField(_("办结时限"), default=False)
    standing = models.CharField(_("状态"), max_length=8)
    counts_from = models.DateTimeField(_("起算"), null=True)
    blue_at = models.DateTimeField(_("蓝灯"), null=True)
    yellow_at = models.DateTimeField(_("黄灯"), null=True)
    due_at = models.DateTimeField(_("到期"), null=True)
    stopped_at = models.DateTimeField(_("停表"), null=True)
    late = models.BooleanField(_("超期"), default=False)
    provisional = models.BooleanField(_("暂定"), default=False)
    wake_at = models.DateTimeField(_("下次查看"), null=True)
    failures = models.PositiveSmallIntegerField(_("失败次数"), default=0)
    trouble = models.CharField(_("故障"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("事项时限")
        verbose_name_plural = _("事项时限")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "code"], name="clock_once_a_case")]
        indexes: ClassVar = [models.Index(fields=["wake_at", "id"], name="clock_wake")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"


class Alert(models.Model):
    """A rung of the ladder climbed 催办: which, when, for whom (`to`: holder, lead, dispatcher, leader). Each rung once a cycle
    (the constraint), however late the sweeper comes.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="alerts", verbose_name=_("事项"))
    clock = models.CharField(_("时限"), max_length=24)
    cycle = models.PositiveSmallIntegerField(_("轮次"))
    level = models.CharField(_("级别"), max_length=24)
    act = models.CharField(_("动作"), max_length=12)
    owed_at = models.DateTimeField(_("应催时间"))
    at = models.DateTimeField(_("催办时间"))
    to = models.CharField(_("对象"), max_length=24)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="alerts", verbose_name=_("催办岗位"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    sheet = models.CharField(_("督办单号"), max_length=40, blank=True)
    seen_at = models.DateTimeField(_("签收时间"), null=True)
    answer = models.CharField(_("回复"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("催办记录")
        verbose_name_plural = _("催办记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "clock", "cycle", "level", "to"], name="rung_climbed_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "seen_at", "id"], name="alert_post"),
            models.Index(fields=["area_path", "id"], name="alert_area"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.clock} {self.level}"


class Word(models.Model):
    """What the firm says of the result 企业评价: its answer, facts asked for (contacted? useful?), and one of five grades; once a round."""

    class By(models.TextChoices):
        FIRM = "firm", _("企业自评")
        VISIT = "visit", _("回访")
        CLOCK = "clock", _("到期未答")

    case = models.ForeignKey(Case, models.PROTECT, related_name="words", verbose_name=_("事项"))
    cycle = models.PositiveSmallIntegerField(_("轮次"))
    by = models.CharField(_("方式"), max_length=6, choices=By.choices)
    answer = models.CharField(_("答复"), max_length=12, choices=Answer.choices)
    contacted = models.BooleanField(_("有人联系"), null=True)
    useful = models.BooleanField(_("有帮助"), null=True)
    grade = models.CharField(_("评价"), max_length=1, choices=Grade.choices, blank=True)
    text = models.CharField(_("意见"), max_length=400, blank=True)
    at = models.DateTimeField(_("时间"))
    account_id = models.BigIntegerField(_("经手账号"), null=True)
    name = models.CharField(_("经手人"), max_length=80)
    struck_at = models.DateTimeField(_("申诉剔除时间"), null=True)

    class Meta:
        verbose_name = _("企业评价")
        verbose_name_plural = _("企业评价")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "cycle"], name="one_word_a_round")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.answer}"


class SavedFilter(models.Model):
    """Filters of the list that a person keeps under a name 常用筛选: theirs, whatever post they sit in; it grants no sight."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("人员"))
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("筛选条件"), max_length=400)
    at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="filter_name_once_a_person")]

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """A workbook of the ledger asked for 导出: by whom, with which filters; made at once or, when large, by a job. Who took what is on record."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("岗位"))
    query = models.CharField(_("筛选条件"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("申请时间"))
    made_at = models.DateTimeField(_("生成时间"), null=True)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    file = models.CharField(_("文件"), max_length=120, blank=True)
    trouble = models.CharField(_("未完成原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("台账导出")
        verbose_name_plural = _("台账导出")
        indexes: ClassVar = [models.Index(fields=["post", "id"], name="case_export_post")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.query}"
