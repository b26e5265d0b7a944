"""Forms of notices: shape only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.ledger.notices.states import CHANNELS, GROUP_CHANNELS


class GroupForm(forms.Form):
    """A group and its head count."""

    code = forms.SlugField(label=_("代码"), max_length=40, help_text=_("与渠道配置文件里群的代码一致。"))
    name = forms.CharField(label=_("群名"), max_length=80)
    channel = forms.ChoiceField(label=_("渠道"), choices=[(code, CHANNELS[code]) for code in GROUP_CHANNELS])
    members = forms.IntegerField(label=_("人数"), min_value=1)
    counted_on = forms.DateField(label=_("人数核对日期"), widget=DAY)


class HookForm(forms.Form):
    """A program's address, and what it is to be told of; `offered` are the events that the post may see."""

    label = forms.CharField(label=_("名称"), max_length=80, help_text=_("哪个系统在用，例如：区数据平台。"))
    url = forms.CharField(label=_("接收地址"), max_length=400, help_text=_("以 https:// 开头；主机须由系统管理员列入名单。"))

    def __init__(self, *given: Any, offered: Mapping[str, object], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [(name, f"{label}（{name}）") for name, label in offered.items()]
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("推送哪些事件"), widget=forms.CheckboxSelectMultiple, choices=choices
        )
