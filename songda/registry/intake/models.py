"""Files taken in, and the rows that were refused."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.intake.states import INTAKE


class Intake(models.Model):
    """One file taken in 导入: identified by its digest and mapping, so the same file twice changes nothing."""

    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("文件摘要"), max_length=64, db_index=True)
    mapping = models.JSONField(_("列映射"), default=dict)
    area_path = models.CharField(_("辖区路径"), max_length=120, blank=True)
    as_of = models.DateField(_("数据日期"))
    state = models.CharField(_("状态"), max_length=8, choices=list(INTAKE.states.items()))
    rows = models.PositiveIntegerField(_("行数"), default=0)
    errors = models.PositiveIntegerField(_("错误数"), default=0)
    created = models.PositiveIntegerField(_("新增主体"), default=0)
    changed = models.PositiveIntegerField(_("变更主体"), default=0)
    facts = models.PositiveIntegerField(_("写入事实"), default=0)
    returned = models.CharField(_("退回工作簿"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("上传时间"))
    taken_at = models.DateTimeField(_("导入时间"), null=True)
    account_id = models.BigIntegerField(_("账号编号"), null=True)
    name = models.CharField(_("经手人"), max_length=80)

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file_name
