"""Forms of the room: shape only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel import clock
from songda.kernel.screens.widgets import DAY
from songda.office.bulletins.models import TemplateVersion
from songda.office.bulletins.rules.places import DAY_END
from songda.registry.actors import Actor
from songda.registry.people.forms.choosing import ActorForm, UnitField

HOURS = [("", _("当日末")), *((str(hour), f"{hour}时") for hour in range(24))]


class AsOfFields(forms.Form):
    """A moment to the hour."""

    day = forms.DateField(label=_("截至日期"), widget=DAY)
    hour = forms.ChoiceField(label=_("截至几时"), choices=HOURS, required=False)

    def as_of(self) -> dt.datetime:
        """The moment in UTC; a day without an hour means its last minute."""
        told = self.cleaned_data
        at = dt.time(int(told["hour"])) if told["hour"] else DAY_END
        return dt.datetime.combine(told["day"], at, clock.place()).astimezone(dt.UTC)


class DraftForm(ActorForm, AsOfFields):
    """A new piece: by which template, in whose name, as of when."""

    template = forms.ChoiceField(label=_("模板"))
    unit = UnitField(label=_("编印单位"), help_text=_("模板写明单位的，以模板为准"), required=False)

    field_order = ("template", "unit", "day", "hour")

    def __init__(self, *args: Any, actor: Actor, templates: list[TemplateVersion], **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offered = self.fields["template"]
        if isinstance(offered, forms.ChoiceField):
            offered.choices = [(one.code, one.label) for one in templates]


class SubmissionForm(AsOfFields):
    """What a unit sends in."""

    template = forms.ChoiceField(label=_("报给哪种简报"))
    text = forms.CharField(
        label=_("正文"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("按一是、二是、三是分条写；数写成占位，如 {已解决堵点}。"),
    )  # fmt: skip
    numbers = forms.CharField(
        label=_("数据"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一行一个：指标名称 数（可加约、近、余）；时期数再加起算日，如：协调解决事项 27 2020-01-25。"),
    )  # fmt: skip
    cases = forms.CharField(label=_("典型事例（事项编号）"), max_length=200, required=False)

    field_order = ("template", "day", "hour", "text", "numbers", "cases")

    def __init__(self, *args: Any, templates: list[TemplateVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["template"]
        if isinstance(offered, forms.ChoiceField):
            offered.choices = [(one.code, one.label) for one in templates]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class ExplainForm(forms.Form):
    """Why a value is as it is; printed with it."""

    text = forms.CharField(label=_("说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TakeForm(forms.Form):
    """Into which draft."""

    piece = forms.ChoiceField(label=_("采用到哪份草稿"))

    def __init__(self, *args: Any, drafts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["piece"]
        if isinstance(offered, forms.ChoiceField):
            offered.choices = drafts


class FrameForm(forms.Form):
    """What stands around a news item."""

    kicker = forms.CharField(label=_("引题"), max_length=120, required=False)
    reporters = forms.CharField(label=_("记者"), max_length=80, required=False)
    correspondents = forms.CharField(label=_("通讯员"), max_length=80, required=False)
    place = forms.CharField(label=_("地点"), max_length=40, required=False)
    embargo_until = forms.DateTimeField(
        label=_("解禁时间"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("此前只有编发人员看得到"),
    )  # fmt: skip


class QuotationForm(forms.Form):
    """Words of a person; the consent is given as a file."""

    words = forms.CharField(label=_("引语"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    speaker = forms.CharField(label=_("说话人身份"), max_length=80, help_text=_("写身份，不写姓名，如：某企业生产负责人"))


class PhotoForm(forms.Form):
    """A photograph, given as a file with it; the second file is the consent."""

    caption = forms.CharField(label=_("图说"), max_length=200)
    no_faces = forms.BooleanField(label=_("照片上没有可辨认的人"), required=False)
