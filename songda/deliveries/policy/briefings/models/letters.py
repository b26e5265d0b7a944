"""Letters to firms of our own accord, and every question that any of this raised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.briefings.models.explaining import Explanation
from songda.deliveries.policy.briefings.models.sessions import Briefing
from songda.deliveries.policy.briefings.states import LETTER, Audience
from songda.deliveries.policy.library.models import MeasureVersion
from songda.ledger.cases.models import Case
from songda.registry.subjects.models import Subject


class Letter(models.Model):
    """A letter 主动去信: a text with fields in braces, for an audience that is drawn once, when it is sent."""

    title = models.CharField(_("标题"), max_length=160)
    body = models.TextField(_("正文"))
    version = models.ForeignKey(MeasureVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("措施版本"))
    audience = models.CharField(_("对象"), max_length=10, choices=Audience.choices)
    rule = models.TextField(_("条件"), blank=True)
    area_path = models.CharField(_("辖区"), max_length=120)
    channels = models.JSONField(_("渠道"), default=list)
    state = models.CharField(_("状态"), max_length=8, choices=list(LETTER.states.items()), default="draft")
    signer = models.CharField(_("落款"), max_length=80)
    written_at = models.DateTimeField(_("起草时间"))
    written_name = models.CharField(_("起草人"), max_length=80)
    sent_at = models.DateTimeField(_("寄发时间"), null=True)
    sent_name = models.CharField(_("寄发人"), max_length=80, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("主动去信")
        verbose_name_plural = _("主动去信")
        indexes: ClassVar = [models.Index(fields=["area_path", "id"], name="letter_area")]

    def __str__(self) -> str:
        return self.title


class LetterCopy(models.Model):
    """The letter as one firm got it 一企一信: its own words, whether it went out by a channel, was printed, was answered."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="copies", verbose_name=_("主动去信"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="letters", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    text = models.TextField(_("正文"))
    noticed = models.BooleanField(_("已通过渠道发送"), default=False)
    printed_at = models.DateTimeField(_("打印时间"), null=True)
    opened_at = models.DateTimeField(_("企业打开时间"), null=True)
    answer = models.TextField(_("企业回复"), blank=True)
    answered_at = models.DateTimeField(_("回复时间"), null=True)
    answered_name = models.CharField(_("回复登记人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("信件")
        verbose_name_plural = _("信件")
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "subject"], name="one_copy_a_firm")]

    def __str__(self) -> str:
        return f"{self.letter_id} → {self.subject_id}"


class Question(models.Model):
    """A question 提问 asked at a briefing, at the door or in answer to a letter: it has an answer, a case, or waits (POL-33)."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, null=True, related_name="questions", verbose_name=_("政策宣讲"))
    explanation = models.ForeignKey(Explanation, models.PROTECT, null=True, related_name="questions", verbose_name=_("讲解"))
    letter_copy = models.ForeignKey(LetterCopy, models.PROTECT, null=True, related_name="questions", verbose_name=_("信件"))
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    text = models.TextField(_("问题"))
    asked_at = models.DateTimeField(_("提问时间"))
    asked_name = models.CharField(_("提问人"), max_length=80)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_name = models.CharField(_("答复人"), max_length=80, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("转办事项"))

    class Meta:
        verbose_name = _("提问")
        verbose_name_plural = _("提问")
        indexes: ClassVar = [
            models.Index(fields=["area_path", "id"], name="question_area"),
            models.Index(fields=["subject", "id"], name="question_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(briefing__isnull=False, explanation=None, letter_copy=None)
                | models.Q(briefing=None, explanation__isnull=False, letter_copy=None)
                | models.Q(briefing=None, explanation=None, letter_copy__isnull=False),
                name="question_from_one_place",
            ),
            models.CheckConstraint(condition=models.Q(answered_at=None) | ~models.Q(answer=""), name="answered_in_words"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def waits(self) -> bool:
        """Neither answered nor a case."""
        return self.answered_at is None and self.case_id is None
