"""Files and the occasions on which they were given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.subjects.models import Subject


class StoredFile(models.Model):
    """The bytes of a file 文件, kept once by their SHA-256 under `MEDIA_ROOT`; a changed file no longer has its digest (SUP-16)."""

    digest = models.CharField(_("内容摘要"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    media_type = models.CharField(_("类型"), max_length=80)
    stored_at = models.DateTimeField(_("入库时间"))
    verified_at = models.DateTimeField(_("核验时间"), null=True)
    damaged = models.BooleanField(_("已损坏"), default=False)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        indexes: ClassVar = [models.Index(fields=["verified_at", "id"], name="file_verified")]

    def __str__(self) -> str:
        return self.digest[:12]


class Evidence(models.Model):
    """A file as given by somebody for something 凭证: photo, letter, receipt, list. Never edited; a wrong one is set aside with a reason.

    `request_key` is made on the giver's device, so that a phone on a bad line may send twice and give once. Places are WGS 84 in
    millionths of a degree; place and moment of a photograph are kept only where the giver allowed it. `office_only`: not for the firm.
    """

    personal_fields: ClassVar = frozenset({"note"})

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        LETTER = "letter", _("信函")
        RECEIPT = "receipt", _("回执")
        LIST = "list", _("清单")
        RECORD = "record", _("记录")
        OTHER = "other", _("其他")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="given_as", verbose_name=_("文件"))
    kind = models.CharField(_("种类"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("文件名"), max_length=160)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="evidence", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    office_only = models.BooleanField(_("仅机关内部可见"), default=False)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    latitude = models.IntegerField(_("纬度"), null=True)
    longitude = models.IntegerField(_("经度"), null=True)
    given_at = models.DateTimeField(_("提交时间"))
    given_by = models.BigIntegerField(_("提交账号"), null=True)
    given_name = models.CharField(_("提交人"), max_length=80)
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)
    set_aside_at = models.DateTimeField(_("作废时间"), null=True)
    set_aside_reason = models.CharField(_("作废理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("凭证")
        verbose_name_plural = _("凭证")
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="evidence_subject"),
            models.Index(fields=["area_path", "id"], name="evidence_area"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it has a small picture to show."""
        return self.file.media_type.startswith("image/")

    @property
    def counts(self) -> bool:
        """Whether it proves anything: whole, and not set aside."""
        return self.set_aside_at is None and not self.file.damaged

    @property
    def can_be_marked(self) -> bool:
        """Whether a marked copy of it can be made."""
        return self.is_picture or self.file.media_type == "application/pdf"

    @property
    def suffix(self) -> str:
        """The suffix of its name."""
        return self.name.rsplit(".", 1)[-1]

    @property
    def where(self) -> str:
        """Its place in degrees, '' where none is kept."""
        if self.latitude is None or self.longitude is None:
            return ""
        sides = ("N" if self.latitude >= 0 else "S", "E" if self.longitude >= 0 else "W")
        return f"{abs(self.latitude) / 1e6:.5f}°{sides[0]} {abs(self.longitude) / 1e6:.5f}°{sides[1]}"
