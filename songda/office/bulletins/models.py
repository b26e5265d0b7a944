"""Templates, pieces (bulletins and news items) with their bound numbers, what was confirmed, and what units send in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.ledger.evidence.models import Evidence
from songda.office.bulletins.states import PIECE, SUBMISSION, Rhythm, Sort, Why
from songda.office.indicators.models import Value
from songda.registry.organisations.models import Organisation


class TemplateVersion(Declared):
    """A template 模板 as declared: `body` is read by `rules.templates`."""

    class Meta(Declared.Meta):
        verbose_name = _("简报模板")
        verbose_name_plural = _("简报模板")


class Piece(models.Model):
    """A bulletin 简报 or news item 新闻稿, as of a moment. `sections` hold its text with places; numbers stand in `BoundNumber`.

    Publishing gives a bulletin its number, freezes what it reads (`frozen`, `digest`) and keeps its print (`pdf`, `docx`: digests of
    kept files). It never changes afterwards; a correction is another edition that `restates` it under the same number.
    """

    template = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="pieces", verbose_name=_("模板"))
    sort = models.CharField(_("种类"), max_length=8, choices=Sort.choices)
    kind = models.CharField(_("类型"), max_length=10, choices=Rhythm.choices)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("编印单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    readers = models.CharField(_("公开范围"), max_length=6, default="office")
    as_of = models.DateTimeField(_("截至"))
    headline = models.CharField(_("标题原稿"), max_length=300)
    title = models.CharField(_("标题"), max_length=200)
    sections = models.JSONField(_("正文"), default=list)
    state = models.CharField(_("状态"), max_length=10, choices=list(PIECE.states.items()), default="draft")
    drafted_at = models.DateTimeField(_("起草时间"))
    drafted_by = models.BigIntegerField(_("起草账号"), null=True)
    drafted_name = models.CharField(_("起草人"), max_length=80)
    written_at = models.DateTimeField(_("最近修改"))
    written_by = models.BigIntegerField(_("修改账号"), null=True)
    changes = models.JSONField(_("取数变化"), default=list)
    series = models.CharField(_("编号系列"), max_length=160, blank=True)
    ordinal = models.PositiveIntegerField(_("期数"), null=True)
    number = models.CharField(_("期号"), max_length=80, blank=True)
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    restates = models.OneToOneField("self", models.PROTECT, null=True, related_name="restated_by", verbose_name=_("更正"))
    reason = models.CharField(_("更正或作废原因"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("印发时间"), null=True)
    published_name = models.CharField(_("签发人"), max_length=80, blank=True)
    keep_until = models.DateField(_("保管至"), null=True)
    frozen = models.JSONField(_("印发内容"), default=dict)
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True)
    pdf = models.CharField(_("PDF 摘要"), max_length=64, blank=True)
    docx = models.CharField(_("Word 摘要"), max_length=64, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("稿件")
        verbose_name_plural = _("稿件")
        indexes: ClassVar = [models.Index(fields=["area_path", "id"], name="piece_area")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "ordinal", "edition"], condition=~models.Q(series=""), name="bulletin_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False, sort="bulletin", ordinal__isnull=False)
                | models.Q(state="published", published_at__isnull=False, sort="news", ordinal=None)
                | models.Q(state__in=("draft", "void"), ordinal=None, published_at=None),
                name="only_published_bulletins_are_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class BoundNumber(models.Model):
    """A number of a text 绑定的数 with the value behind it; `value` None: not known yet."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="bound", verbose_name=_("稿件"))
    seq = models.PositiveSmallIntegerField(_("序号"))
    token = models.CharField(_("占位"), max_length=160)
    code = models.CharField(_("指标代码"), max_length=60)
    value = models.ForeignKey(Value, models.PROTECT, null=True, related_name="+", verbose_name=_("值"))
    text = models.CharField(_("写法"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("绑定的数")
        verbose_name_plural = _("绑定的数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["piece", "token"], name="number_bound_once")]

    def __str__(self) -> str:
        return f"{self.token} {self.text}"


class Confirmation(models.Model):
    """What a person answers for 确认: a number typed by hand, 全部 without exceptions, a rate whose parts nobody reported."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="confirmations", verbose_name=_("稿件"))
    sort = models.CharField(_("事由"), max_length=8, choices=Why.choices)
    key = models.CharField(_("内容"), max_length=200)
    reason = models.CharField(_("理由"), max_length=200)
    confirmed_at = models.DateTimeField(_("确认时间"))
    confirmed_name = models.CharField(_("确认人"), max_length=80)

    class Meta:
        verbose_name = _("确认")
        verbose_name_plural = _("确认")
        constraints: ClassVar = [models.UniqueConstraint(fields=["piece", "sort", "key"], name="confirmed_once")]

    def __str__(self) -> str:
        return f"{self.sort} {self.key}"


class NewsFrame(models.Model):
    """What a news item has beside its text 新闻要素: kicker, by-line, place of the date line, embargo."""

    piece = models.OneToOneField(Piece, models.CASCADE, related_name="frame", verbose_name=_("新闻稿"))
    kicker = models.CharField(_("引题"), max_length=120, blank=True)
    reporters = models.CharField(_("记者"), max_length=80, blank=True)
    correspondents = models.CharField(_("通讯员"), max_length=80, blank=True)
    place = models.CharField(_("地点"), max_length=40, blank=True)
    embargo_until = models.DateTimeField(_("解禁时间"), null=True)

    class Meta:
        verbose_name = _("新闻要素")
        verbose_name_plural = _("新闻要素")

    def __str__(self) -> str:
        return self.kicker


class Quotation(models.Model):
    """Words of a person 引语 in a news item, with the record of consent (`consent`) that they may be printed."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="quotations", verbose_name=_("新闻稿"))
    words = models.CharField(_("引语"), max_length=400)
    speaker = models.CharField(_("说话人身份"), max_length=80)
    consent = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("同意凭证"))

    class Meta:
        verbose_name = _("引语")
        verbose_name_plural = _("引语")

    def __str__(self) -> str:
        return self.words[:40]


class Photo(models.Model):
    """A photograph 照片 of a news item, from evidence; `consent` where somebody is to be known on it, or `no_faces`."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="photos", verbose_name=_("新闻稿"))
    picture = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("照片"))
    caption = models.CharField(_("图说"), max_length=200)
    no_faces = models.BooleanField(_("无可辨认的人"), default=False)
    consent = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("同意凭证"))

    class Meta:
        verbose_name = _("照片")
        verbose_name_plural = _("照片")

    def __str__(self) -> str:
        return self.caption


class Submission(models.Model):
    """What a unit sends in for a bulletin 单位报送: a section, numbers by indicator, cases. Taken by the editor or returned with a reason.

    `numbers` are pairs of indicator and number (as text); taken, they become returned values of the unit.
    """

    template = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+", verbose_name=_("简报"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("报送单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    as_of = models.DateTimeField(_("截至"))
    text = models.TextField(_("正文"))
    numbers = models.JSONField(_("数据"), default=list)
    cases = models.CharField(_("典型事例（事项编号）"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=list(SUBMISSION.states.items()), default="sent")
    piece = models.ForeignKey(Piece, models.SET_NULL, null=True, related_name="submissions", verbose_name=_("采用于"))
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("报送时间"))
    sent_by = models.BigIntegerField(_("报送账号"), null=True)
    sent_name = models.CharField(_("报送人"), max_length=80)
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_name = models.CharField(_("处理人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("单位报送")
        verbose_name_plural = _("单位报送")
        indexes: ClassVar = [models.Index(fields=["area_path", "id"], name="submission_area")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.as_of:%Y-%m-%d}"
