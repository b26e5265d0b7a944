"""Forms of notices: shape only."""

from __future__ import annotations

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
