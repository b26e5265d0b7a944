"""A window, and what came of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.watch.forms.fields import MoneyField
from songda.deliveries.policy.watch.states import Sort
from songda.kernel.screens.widgets import DAY
from songda.registry.people.forms.choosing import ActorForm, PostField, UnitField


class BidForm(ActorForm):
    """A new window."""

    title = forms.CharField(label=_("争取事项"), max_length=200)
    issuer = forms.CharField(label=_("上级部门"), max_length=160)
    sort = forms.ChoiceField(label=_("类型"), choices=Sort.choices)
    first = forms.DateField(label=_("窗口起"), widget=DAY)
    last = forms.DateField(label=_("窗口止"), widget=DAY)
    due_on = forms.DateField(label=_("内部时限"), widget=DAY, help_text=_("不晚于窗口截止日；到期前会提醒。"))
    lead = UnitField(label=_("牵头单位"))
    owner = PostField(label=_("责任人"), required=False)
    sought = MoneyField(label=_("申请金额（万元）"), required=False)
    papers = forms.CharField(
        label=_("材料清单"), widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text=_("一行一项。")
    )


class ResultForm(forms.Form):
    """What came back."""

    won = forms.ChoiceField(label=_("结果"), choices=(("yes", _("获批")), ("no", _("未获批"))))
    decided_on = forms.DateField(label=_("结果日期"), widget=DAY)
    won_amount = MoneyField(label=_("获批金额（万元）"), required=False, help_text=_("获批但不涉及资金的填 0。"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
