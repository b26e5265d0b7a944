"""The tree of organisations and its history."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A unit 机构: an area government, zone, street, park, department or task force.

    `area_path` is the path of the territory the unit works for ('4101/03/003/'): an area, street or park has its own,
    a department or task force has its parent's. Scope everywhere is a range over it. Names are attributes; `code` is the key.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("市")
        DISTRICT = "district", _("县（市）区")
        ZONE = "zone", _("开发区")
        STREET = "street", _("乡镇（街道）")
        PARK = "park", _("园区")
        DEPARTMENT = "department", _("部门")
        TASK_FORCE = "task_force", _("专班")

    code = models.SlugField(_("机构代码"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级机构"))
    branch_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("派出机构所属")
    )
    area_path = models.CharField(_("辖区路径"), max_length=120, db_index=True)
    official_code = models.CharField(_("行政区划代码"), max_length=20, blank=True)
    stars = models.PositiveSmallIntegerField(_("星级"), null=True, blank=True)
    stars_on = models.DateField(_("评星日期"), null=True, blank=True)
    starts_on = models.DateField(_("设立日期"), null=True, blank=True)
    ends_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering: ClassVar = ["area_path", "code"]

    def __str__(self) -> str:
        return self.short_name


class Move(models.Model):
    """A unit's place in the tree over time: past reports use the path of their day."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="moves", verbose_name=_("机构"))
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("上级机构"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True)

    class Meta:
        verbose_name = _("隶属变更")
        verbose_name_plural = _("隶属变更")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(ends_on=None), name="one_present_place")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.area_path}"


class Member(models.Model):
    """A department taking part in a task force 专班, which thereby reaches across departments."""

    task_force = models.ForeignKey(Organisation, models.PROTECT, related_name="members", verbose_name=_("专班"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("成员单位"))
    lead = models.BooleanField(_("牵头"), default=False)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("成员单位")
        verbose_name_plural = _("成员单位")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task_force", "organisation"], condition=models.Q(ends_on=None), name="member_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.task_force_id}"
