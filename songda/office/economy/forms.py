"""Shapes of input: a target, a table of targets, a new entry, the proof of a condition, acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.office.economy.rules.entry import Item
from songda.office.economy.rules.spelling import read_number
from songda.office.economy.states import Pace
from songda.office.indicators.queries import definitions
from songda.registry.people.forms.choosing import ActorForm, FirmField, UnitField

NOTE = forms.Textarea(attrs={"rows": 2})
MONTH = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")


class NumberField(forms.CharField):
    """A positive decimal as people write it; a Fraction."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The number, or what is wrong with it."""
        text = super().clean(value)
        number = read_number(text) if text else None
        if text and number is None:
            raise forms.ValidationError(_("应为大于零的数字，不带计量单位。"))
        return number


class TargetForm(ActorForm):
    """A yearly target."""

    code = forms.ChoiceField(label=_("指标"))
    organisation = UnitField(label=_("单位"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2099)
    number = NumberField(label=_("全年目标"), help_text=_("按指标的计量单位填写。"))
    pace = forms.ChoiceField(
        label=_("进度算法"), choices=[("", _("按指标性质")), *Pace.choices], required=False,
        help_text=_("按全年累计：与时间进度比；按时点水平：随时应达到。"),
    )  # fmt: skip
    source = forms.CharField(label=_("依据文件"), max_length=200, help_text=_("下达目标的文件名称和文号。"))
    reason = forms.CharField(
        label=_("调整原因"), max_length=200, required=False, help_text=_("已有目标的，须写明原因；原目标保留。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.code, f"{one.label}（{one.unit}）") for one in definitions().values()]
        self.fields["code"] = forms.ChoiceField(label=_("指标"), choices=[("", "—"), *offered])


class ChangeForm(forms.Form):
    """Another number for a target that stands."""

    number = NumberField(label=_("全年目标"))
    source = forms.CharField(label=_("依据文件"), max_length=200)
    reason = forms.CharField(label=_("调整原因"), max_length=200)


class TableForm(forms.Form):
    """A table of targets."""

    file = forms.FileField(
        label=_("目标表"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("有一行不对就全部不导入，并退回标明原因的表。"),
    )


class EntryForm(ActorForm):
    """A subject that should enter the register."""

    subject = FirmField(label=_("项目或企业"))
    text = forms.CharField(label=_("情况说明"), widget=NOTE, required=False)


class ProofForm(forms.Form):
    """Which condition is proved, by which sum; the papers come beside it."""

    condition = forms.ChoiceField(label=_("入库条件"))
    amount = NumberField(label=_("金额（万元）"), required=False, help_text=_("条件要求金额时填写。"))
    note = forms.CharField(label=_("说明"), widget=NOTE, required=False)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.condition.code, f"{one.condition.label}：{one.condition.asks}") for one in items]
        self.fields["condition"] = forms.ChoiceField(label=_("入库条件"), choices=offered)


class NoteForm(forms.Form):
    """What is said with an application."""

    note = forms.CharField(label=_("申报说明"), widget=NOTE)


class AcceptForm(forms.Form):
    """From which month on the subject counts."""

    month = forms.CharField(
        label=_("纳入月份"), widget=MONTH, help_text=_("自该月起纳入统计；不早于条件落实的月份，不晚于本月。")
    )
    note = forms.CharField(label=_("核准意见"), widget=NOTE)
