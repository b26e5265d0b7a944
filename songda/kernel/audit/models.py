"""Tables of the audit trail. Rows are appended, never changed: refused here, and by a trigger in the database itself."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyError(TypeError):
    """Code tried to change or delete a row of the trail: a programming mistake, not a refusal."""

    def __init__(self) -> None:
        super().__init__("audit rows are appended, never changed or deleted")


class AppendOnlyRows(models.QuerySet[Row]):
    """A queryset that reads and inserts only."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnlyError


class AppendOnlyModel(models.Model):
    """A row that can be saved once."""

    objects: ClassVar[models.Manager[Any]] = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refused for a row that is already there."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, force_insert=True, **{key: value for key, value in kwargs.items() if key == "using"})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError


class AuditEntry(AppendOnlyModel):
    """One write, as it happened. No foreign keys: the row must outlive the account and the thing it speaks of."""

    at = models.DateTimeField(_("时间"))
    account_id = models.BigIntegerField(_("账号编号"), null=True)
    post_id = models.BigIntegerField(_("岗位编号"), null=True)
    name = models.CharField(_("经手人"), max_length=80)
    origin = models.CharField(_("来源地址"), max_length=80, blank=True)
    request_id = models.CharField(_("请求编号"), max_length=40, blank=True)
    action = models.CharField(_("动作"), max_length=80)
    thing = models.CharField(_("对象"), max_length=80)
    thing_id = models.CharField(_("对象编号"), max_length=64)
    area_path = models.CharField(_("辖区路径"), max_length=120, blank=True)
    before = models.JSONField(_("变更前"), default=dict)
    after = models.JSONField(_("变更后"), default=dict)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        indexes: ClassVar = [
            models.Index(fields=["thing", "thing_id", "id"], name="audit_thing"),
            models.Index(fields=["account_id", "id"], name="audit_account"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.thing}#{self.thing_id}"


class AuditSeal(AppendOnlyModel):
    """A link of the chain: entries `first_id`…`last_id`, chained to the seal before by SHA-256.

    Ranges touch (each begins where the last one ended), so that two sealers cannot fork the chain and nothing can be slipped
    in between two seals. `rows` may be fewer than the range: a rolled-back transaction leaves its number unused.
    """

    first_id = models.BigIntegerField(_("起始编号"), unique=True)
    last_id = models.BigIntegerField(_("截止编号"), unique=True)
    rows = models.PositiveIntegerField(_("记录数"))
    sealed_at = models.DateTimeField(_("封存时间"))
    previous = models.CharField(_("前一摘要"), max_length=64, blank=True)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("审计封条")
        verbose_name_plural = _("审计封条")

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
