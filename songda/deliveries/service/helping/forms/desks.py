"""Enquiries, roster, knowledge, hotlines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands.queries import categories, posts_of
from songda.deliveries.service.helping.forms.fields import UnitField
from songda.deliveries.service.helping.states import Channel
from songda.kernel.screens.widgets import DAY
from songda.registry.people.forms.choosing import ActorForm, FirmField

TEXT = forms.Textarea(attrs={"rows": 3})


class EnquiryForm(ActorForm):
    """A new enquiry, perhaps answered at once."""

    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices)
    subject = FirmField(label=_("企业"), required=False)
    asked_by = forms.CharField(label=_("咨询人"), max_length=80, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=120, required=False)
    question = forms.CharField(label=_("问题"), widget=TEXT)
    answer = forms.CharField(label=_("当场答复"), widget=TEXT, required=False)


class AnswerForm(forms.Form):
    """The first answer."""

    answer = forms.CharField(label=_("答复"), widget=TEXT)


class ConvertForm(forms.Form):
    """What the demand is called and about."""

    title = forms.CharField(label=_("诉求标题"), max_length=160)
    category = forms.ChoiceField(label=_("问题分类"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = forms.ChoiceField(
            label=_("问题分类"), choices=[("", _("未分类")), *categories().items()], required=False
        )


class KnowledgeForm(forms.Form):
    """A settled answer."""

    question = forms.CharField(label=_("问题"), max_length=200)
    answer = forms.CharField(label=_("答复口径"), widget=forms.Textarea(attrs={"rows": 5}))
    keywords = forms.CharField(label=_("关键词"), max_length=120, required=False, help_text=_("多个词用空格隔开。"))


class DutyForm(forms.Form):
    """From when until when, among whom."""

    first = forms.DateField(label=_("起"), widget=DAY)
    last = forms.DateField(label=_("止"), widget=DAY)
    posts = forms.MultipleChoiceField(label=_("参加值班的岗位"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.post.pk), f"{one.post.person.name}（{one.post.get_role_display()}）") for one in posts_of(unit_id)]
        self.fields["posts"] = forms.MultipleChoiceField(
            label=_("参加值班的岗位"), choices=offered, widget=forms.CheckboxSelectMultiple
        )


class HotlineForm(ActorForm):
    """A new line."""

    number = forms.CharField(label=_("号码"), max_length=20)
    purpose = forms.CharField(label=_("用途"), max_length=60)
    owner = UnitField(label=_("责任单位"))


class CallsForm(forms.Form):
    """A file of call records."""

    file = forms.FileField(
        label=_("话单"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("表头至少含热线号码、来电时间、主叫号码、结果（已接、未接）；可含话题、通话秒数。有一行不对就全部不导入。"),
    )
