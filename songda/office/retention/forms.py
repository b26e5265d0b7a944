"""Shapes of input: a list to propose, a hold, a reason, an export on a firm's behalf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.office.retention.rules.table import HOLDINGS
from songda.registry.people.forms.choosing import ActorForm, FirmField


class ProposalForm(forms.Form):
    """What to put on a list: holdings with something due, as of a day, why."""

    as_of = forms.DateField(label=_("截至日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    holdings = forms.MultipleChoiceField(label=_("门类"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("如：2026年度到期档案鉴定。"))

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holdings"] = forms.MultipleChoiceField(
            label=_("门类"), widget=forms.CheckboxSelectMultiple, choices=list(offered)
        )


class HoldForm(forms.Form):
    """A legal hold on one thing."""

    firm = forms.CharField(
        label=_("企业代码"), max_length=40, required=False, help_text=_("统一社会信用代码或本地编号，与来文一致。")
    )
    case = forms.CharField(label=_("事项编号"), max_length=40, required=False)
    holding = forms.ChoiceField(
        label=_("整个门类"),
        required=False,
        choices=lambda: [("", "—"), *((one.code, one.title) for one in HOLDINGS.values() if one.since)],
    )
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("写明来文机关和文号。"))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class BehalfForm(ActorForm):
    """A firm's data, asked for by a registry clerk."""

    subject = FirmField(label=_("企业"))
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("如：企业书面申请，收文号。"))
