"""Account, Person, Post and Contact are four things (DESIGN 9.7)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.organisations.models import Organisation
from songda.registry.people.states import ADMINISTRATORS, Role
from songda.registry.subjects.models import Subject


class Person(models.Model):
    """A human being 人员. What may be personal is here and nowhere else; a person may have posts and no account."""

    personal_fields: ClassVar = frozenset({"name"})

    name = models.CharField(_("姓名"), max_length=80)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name


class Account(AbstractBaseUser):
    """A way to sign in 账号. Rights come from posts, never from the account (no superuser, no groups).

    It opens until `ends_on`, that day no longer included; unused for 90 days it is stopped (`rules.passwords`).
    """

    username = models.CharField(_("登录名"), max_length=80, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account", verbose_name=_("人员"))
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("首次登录须改密"), default=False)
    one_time_from = models.DateTimeField(_("一次性口令发放时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("开户时间"))
    password_changed_at = models.DateTimeField(_("改密时间"), null=True, blank=True)
    ends_on = models.DateField(_("到期日"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("重新启用时间"), null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager["Account"]()

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.username


class PastPassword(models.Model):
    """A hash once used, so that the last few passwords are not used again. Deleted when it leaves the last few."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="past_passwords", verbose_name=_("账号"))
    password = models.CharField(_("口令摘要"), max_length=128)
    replaced_at = models.DateTimeField(_("停用时间"))

    class Meta:
        verbose_name = _("历史口令")
        verbose_name_plural = _("历史口令")

    def __str__(self) -> str:
        return f"{self.account_id} {self.replaced_at}"


class SecondFactor(models.Model):
    """The second factor of an account 第二因素: in use from `confirmed_at` on. The secret is kept encrypted, recovery codes as digests.

    `last_step` is the step of the last code used: none opens twice. Five wrong codes lock it until `locked_until`.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="second_factor", verbose_name=_("账号"))
    secret = models.CharField(_("密钥（加密）"), max_length=200)
    begun_at = models.DateTimeField(_("开始设置"))
    confirmed_at = models.DateTimeField(_("启用时间"), null=True)
    last_step = models.BigIntegerField(_("已用时段"), default=0)
    recovery = models.JSONField(_("恢复码摘要"), default=list)
    failures = models.PositiveSmallIntegerField(_("连续不正确"), default=0)
    locked_until = models.DateTimeField(_("锁定至"), null=True)
    tried_at = models.DateTimeField(_("最近核对"), null=True)

    class Meta:
        verbose_name = _("第二因素")
        verbose_name_plural = _("第二因素")

    def __str__(self) -> str:
        return f"{self.account_id}"


class Post(models.Model):
    """A post 岗位: a person in a role for one organisation or one firm. Rights and scope come from it.

    It holds from `starts_on` until `ends_on`, that day no longer included: a post ended today opens no door today.
    The three administrators 三员 (system, security, audit) are separated: a person holds at most one of these roles (the
    constraint below) and, while holding it, no other post (`people.rules.may_hold`).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("机构")
    )
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("主体"))
    title = models.CharField(_("职务"), max_length=80, blank=True)
    starts_on = models.DateField(_("任职日期"))
    ends_on = models.DateField(_("离任日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(subject=None), name="post_for_organisation_or_subject"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(role__in=ADMINISTRATORS, ends_on=None),
                name="one_administrator_role_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"

    @property
    def place(self) -> str:
        """The name of the organisation or the firm."""
        seat = self.organisation or self.subject
        return seat.name if seat else ""


class Contact(models.Model):
    """An address 联系方式 at which a firm (or a post) can be told something. `inbox` is the firm's page itself.

    `declined_at`: no bulk messages here since then 退订; what is urgent, and answers to the firm's own matters, still arrive.
    """

    personal_fields: ClassVar = frozenset({"address", "holder"})

    class Channel(models.TextChoices):
        INBOX = "inbox", _("站内信")
        SMS = "sms", _("短信")
        EMAIL = "email", _("电子邮件")
        DINGTALK = "dingtalk", _("钉钉")
        WECOM = "wecom", _("企业微信")

    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("主体"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("岗位"))
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("地址"), max_length=120)
    holder = models.CharField(_("联系人"), max_length=80, blank=True)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    declined_at = models.DateTimeField(_("退订时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("联系方式")
        verbose_name_plural = _("联系方式")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(subject=None) ^ models.Q(post=None), name="contact_of_firm_or_post"),
            models.UniqueConstraint(
                fields=["subject", "channel", "address"], condition=models.Q(ends_on=None), name="contact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.address}"


class Absence(models.Model):
    """Days on which a post is away 请假, the last one included, and who stands in. Without a deputy 代理人 it is watched for."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences", verbose_name=_("岗位"))
    deputy = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="stands_in", verbose_name=_("代理岗位"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    reason = models.CharField(_("事由"), max_length=120, blank=True)
    noted_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("请假")
        verbose_name_plural = _("请假")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~models.Q(deputy=models.F("post")), name="nobody_is_his_own_deputy"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.starts_on}–{self.ends_on}"


class Assignment(models.Model):
    """The accountable officer 包联干部 of a firm: exactly one at a time (SVC-02, Appendix G 8)."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="assignments", verbose_name=_("主体"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments", verbose_name=_("岗位"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("包联")
        verbose_name_plural = _("包联")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], condition=models.Q(ends_on=None), name="one_officer_a_firm")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} ← {self.post_id}"


class OpenSession(AbstractBaseSession):
    """A session 登录 as the server keeps it (`portal.sessions` writes it): under a digest of its key, which the browser alone holds.

    Ending a session is deleting its row: what the browser still sends opens nothing. Without an account for a visitor.
    """

    session_key = models.CharField(_("会话摘要"), max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions", verbose_name=_("账号"))
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+", verbose_name=_("岗位"))
    opened_at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近使用"))
    address = models.CharField(_("来访地址"), max_length=45, blank=True)
    device = models.CharField(_("设备"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("登录")
        verbose_name_plural = _("登录")

    def __str__(self) -> str:
        return f"{self.account_id} {self.device}"
