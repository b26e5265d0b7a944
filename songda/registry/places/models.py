"""Places, and where areas stand on the tile map."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.organisations.models import Organisation
from songda.registry.places.rules.geometry import Point
from songda.registry.subjects.models import Subject


class Place(models.Model):
    """A place 位置: a point, a line or an area in WGS 84, whole millionths of a degree.

    `points` are its corners `[[latitude, longitude], …]`; the box beside it is computed from them and indexed, so that the database
    answers which few rows need looking at, and Python looks exactly. `closed_on`: since when it is no longer there.
    """

    class Kind(models.TextChoices):
        ROAD = "road", _("道路")
        SITE = "site", _("工地")
        CHECKPOINT = "checkpoint", _("检查点")
        PARCEL = "parcel", _("地块")
        MARKET = "market", _("市场")
        FIRM = "firm", _("企业")
        ZONE = "zone", _("区域")

    class Form(models.TextChoices):
        POINT = "point", _("点")
        LINE = "line", _("线")
        AREA = "area", _("面")

    code = models.SlugField(_("代码"), max_length=60, unique=True, null=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=120)
    name_key = models.CharField(_("拼音排序键"), max_length=200)
    home = models.ForeignKey(Organisation, models.PROTECT, related_name="places", verbose_name=_("所在辖区"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="places", verbose_name=_("主体"))
    form = models.CharField(_("形状"), max_length=5, choices=Form.choices)
    points = models.JSONField(_("坐标"))
    south = models.IntegerField(_("南"))
    west = models.IntegerField(_("西"))
    north = models.IntegerField(_("北"))
    east = models.IntegerField(_("东"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)
    closed_on = models.DateField(_("撤销日期"), null=True)

    class Meta:
        verbose_name = _("位置")
        verbose_name_plural = _("位置")
        indexes: ClassVar = [
            models.Index(fields=["south", "north", "west", "east"], name="place_box"),
            models.Index(fields=["area_path", "name_key", "id"], name="place_area_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(south__lte=models.F("north"), west__lte=models.F("east")), name="place_box_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def corners(self) -> tuple[Point, ...]:
        """Its corners as pairs."""
        return tuple((latitude, longitude) for latitude, longitude in self.points)


class Tile(models.Model):
    """Where an area stands on the schematic map 方块位置: rows from the top, columns from the left, from 0."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="tile", verbose_name=_("辖区"))
    row = models.PositiveSmallIntegerField(_("行"))
    column = models.PositiveSmallIntegerField(_("列"))

    class Meta:
        verbose_name = _("方块位置")
        verbose_name_plural = _("方块位置")
        constraints: ClassVar = [models.UniqueConstraint(fields=["row", "column"], name="one_area_a_tile")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.row},{self.column}"
