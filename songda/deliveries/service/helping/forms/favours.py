"""Letters, errands, packages, days of delay."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.forms.fields import UnitField
from songda.deliveries.service.helping.states import FeedbackKind, Period
from songda.kernel.screens.widgets import DAY
from songda.kernel.whole import whole_number
from songda.registry.people.forms.choosing import ActorForm, FirmField, PostField

TEXT = forms.Textarea(attrs={"rows": 3})


class FeedbackForm(ActorForm):
    """A letter."""

    kind = forms.ChoiceField(label=_("种类"), choices=FeedbackKind.choices)
    unit = UnitField(label=_("对哪个单位"))
    subject = FirmField(label=_("企业"), required=False)
    case = forms.IntegerField(label=_("相关事项序号"), required=False, help_text=_("事项页地址中的序号；感谢信应能追溯到事项。"))
    received_on = forms.DateField(label=_("收到日期"), widget=DAY)
    text = forms.CharField(label=_("要点"), widget=TEXT)
    mention = forms.IntegerField(label=_("只是提及已登记的来信"), required=False, help_text=_("填那封来信的编号；提及不另计数。"))
    consented = forms.BooleanField(label=_("来信人同意公开"), required=False)


class PowerForm(ActorForm):
    """A power of attorney; the paper is uploaded beside it."""

    subject = FirmField(label=_("委托企业"), required=False)
    agent = PostField(label=_("代办人"))
    scope = forms.CharField(label=_("委托事项"), max_length=200)
    first = forms.DateField(label=_("起"), widget=DAY)
    last = forms.DateField(label=_("止"), widget=DAY)


class OwnPowerForm(forms.Form):
    """The same by the firm itself: the agent is its officer."""

    scope = forms.CharField(label=_("委托事项"), max_length=200)
    first = forms.DateField(label=_("起"), widget=DAY)
    last = forms.DateField(label=_("止"), widget=DAY)


class ErrandForm(ActorForm):
    """An errand to take on."""

    subject = FirmField(label=_("委托企业"))
    title = forms.CharField(label=_("代办什么"), max_length=160)
    text = forms.CharField(label=_("具体要求"), widget=TEXT, required=False)


class HandOverForm(forms.Form):
    """The errand is done."""

    told = forms.CharField(label=_("告知企业办理结果"), widget=TEXT)
    trips = forms.IntegerField(label=_("企业跑动次数"), min_value=0, initial=0)


class RightsField(forms.CharField):
    """Services of a package, one a line: 招聘专场，1，每月."""

    def clean(self, value: Any) -> Any:
        """(service, quota, period) for each line."""
        periods = {str(label): code for code, label in Period.choices}
        found = []
        for line in super().clean(value).splitlines():
            parts = [part.strip() for part in re.split(r"[，,]", line)]
            if not any(parts):
                continue
            quota = whole_number(parts[1]) if len(parts) == 3 else None
            if quota is None or parts[2] not in periods:
                raise forms.ValidationError(_("“%(line)s”应为：服务，次数，每月（每季度、每年）。"), params={"line": line})
            found.append((parts[0], quota, periods[parts[2]]))
        return found


class PackageForm(forms.Form):
    """What a grade is entitled to."""

    grade = forms.CharField(label=_("服务等级"), max_length=20)
    title = forms.CharField(label=_("名称"), max_length=60)
    rights = RightsField(
        label=_("服务"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("每行一项，如：招聘专场，1，每月。至少三项。")
    )


class DelayForm(forms.Form):
    """A span of days."""

    first = forms.DateField(label=_("起"), widget=DAY)
    last = forms.DateField(label=_("止"), widget=DAY)
    reason = forms.CharField(label=_("原因"), max_length=200)


class DecideDelayForm(forms.Form):
    """Whether it is accepted."""

    accepted = forms.ChoiceField(label=_("审核"), choices=[("yes", _("认可")), ("no", _("不予认可"))])
    note = forms.CharField(label=_("意见"), max_length=200, required=False)
