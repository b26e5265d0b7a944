"""Shapes of input for guides."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.guides.actions import Question
from songda.deliveries.policy.guides.models import IndustryGroup
from songda.deliveries.policy.library.forms import Day, areas_in
from songda.deliveries.policy.library.models import ContactCard, MeasureVersion
from songda.deliveries.policy.library.queries import posts_for
from songda.deliveries.policy.library.rules.contacts import FIELDS
from songda.registry.actors import Actor


class IssueForm(forms.Form):
    """Which guide to issue."""

    area_path = forms.ChoiceField(label=_("适用辖区"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.ModelChoiceField(IndustryGroup.objects.all(), label=_("行业"), to_field_name="code")
        self.fields["area_path"] = forms.ChoiceField(label=_("适用辖区"), choices=areas_in(actor))
        self.order_fields(("group", "area_path"))


class CardForm(forms.Form):
    """A contact card: section, person, method; bound to a post where there is one."""

    section = forms.CharField(label=_("联系科室"), max_length=80)
    post_title = forms.CharField(label=_("联系人（职务）"), max_length=80)
    phone = forms.CharField(label=_("电话"), max_length=40)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    wechat = forms.CharField(label=_("微信"), max_length=60, required=False)
    valid_from = forms.DateField(label=_("生效日期"), widget=Day())
    valid_until = forms.DateField(label=_("失效日期"), required=False, widget=Day())

    def __init__(self, *args: Any, version: MeasureVersion, last: ContactCard | None, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, hint = _("对应岗位"), _("选定后，该岗位离任当天联系卡自动失效，措施列入缺联系人清单。")
        held = posts_for(version, on)
        self.fields["post"] = forms.ModelChoiceField(held, label=label, required=False, help_text=hint, empty_label=_("不对应"))
        self.order_fields(("section", "post", "post_title"))
        self.initial = {"valid_from": on}
        if last is not None:
            self.initial |= {name: getattr(last, name) for name in FIELDS} | {"post": last.post_id}


class QuestionForm(forms.Form):
    """A question or a claim through a contact card."""

    asks = forms.ChoiceField(
        label=_("事由"),
        choices=(("question", _("咨询政策")), ("claim", _("申请兑现"))),
        widget=forms.RadioSelect,
        initial="question",
    )
    text = forms.CharField(label=_("想问什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    name = forms.CharField(label=_("怎么称呼"), max_length=80, required=False)
    phone = forms.CharField(label=_("回电号码"), max_length=40, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def question(self) -> Question:
        """What was typed."""
        told = self.cleaned_data
        return Question(told["asks"], told["text"], (told["name"], told["phone"]))
