"""A briefing, its list of attendance, its questions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.briefings.forms.fields import LONG, MeasuresField
from songda.deliveries.policy.briefings.states import Medium
from songda.registry.people.forms.choosing import ActorForm, AreaField, FirmField, UnitField

MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class BriefingForm(ActorForm):
    """What is planned."""

    title = forms.CharField(label=_("主题"), max_length=200)
    medium = forms.ChoiceField(label=_("方式"), choices=Medium.choices)
    starts_at = forms.DateTimeField(label=_("开始"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("结束"), widget=MOMENT)
    join_link = forms.URLField(
        label=_("会场链接"), max_length=400, required=False, assume_scheme="https", help_text=_("线上的必填。")
    )
    place = forms.CharField(label=_("地点"), max_length=200, required=False, help_text=_("现场的必填。"))
    speaker = UnitField(label=_("主讲单位"))
    area_path = AreaField(label=_("面向辖区"))
    capacity = forms.IntegerField(label=_("名额"), min_value=1, required=False, help_text=_("一家企业一个名额；不限的留空。"))
    plan = forms.CharField(label=_("议程"), widget=LONG, required=False)
    versions = MeasuresField(label=_("宣讲措施"), required=False)


class AttendanceForm(forms.Form):
    """A list of who signed in."""

    file = forms.FileField(
        label=_("签到表"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("表头含“参会人”和“企业名称”或“统一社会信用代码”。有一行不对就全部不导入。"),
    )  # fmt: skip


class ReplayForm(forms.Form):
    """Where the recording is."""

    link = forms.URLField(label=_("回放链接"), max_length=400, required=False, assume_scheme="https")


class AskForm(ActorForm):
    """A question taken down for somebody."""

    text = forms.CharField(label=_("问题"), widget=LONG)
    subject = FirmField(label=_("企业"), required=False)
    asked_name = forms.CharField(label=_("提问人"), max_length=80, required=False)


class OwnAskForm(forms.Form):
    """A firm's own question."""

    text = forms.CharField(label=_("问题"), widget=LONG)


class AnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(label=_("答复"), widget=LONG)


class RegisterForm(forms.Form):
    """Who will come."""

    attendee = forms.CharField(label=_("参会人"), max_length=80, required=False)


class BookForm(ActorForm):
    """A place for a firm that telephoned."""

    subject = FirmField(label=_("企业"))
    attendee = forms.CharField(label=_("参会人"), max_length=80, required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)
