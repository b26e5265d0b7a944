"""The one form of the room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.registry.actors import Actor
from songda.registry.programs import rules


class TokenForm(forms.Form):
    """What a new token is for and may do; offers what the post itself may, with reading chosen."""

    name = forms.CharField(label=_("用途"), max_length=40, help_text=_("哪个系统用来做什么，如“财务系统每日取数”。"))
    scopes = forms.MultipleChoiceField(label=_("授权范围"), widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(label=_("到期日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    networks = forms.CharField(
        label=_("来源地址"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只许从这些地址使用，如 10.1.0.0/16，每行一个；不填则不限。"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = rules.open_to(actor.permissions)
        chosen = self.fields["scopes"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(scope, rules.SCOPES[scope]) for scope in offered]
        self.initial.setdefault("scopes", [scope for scope in offered if scope in rules.READS])
        self.initial.setdefault("expires_on", today + dt.timedelta(days=180))
