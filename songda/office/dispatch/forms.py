"""Shapes of input: one fact of one firm; meetings, decisions, special cases, sheets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.forms.fields import UnitField
from songda.kernel.screens.widgets import DAY
from songda.ledger.cases.models import Case
from songda.office.dispatch.states import MeetingKind
from songda.registry.facts.models import FactDefinition, Source
from songda.registry.people.forms.choosing import ActorForm, PostField


class AmendForm(forms.Form):
    """Which fact, what it is now, who says so. Personal facts are told on their own page, with a logged reason."""

    fact = forms.ChoiceField(label=_("事实"))
    value = forms.CharField(label=_("现值"), max_length=80, help_text=_("带单位填写，如 60人、800万元、是、2020年3月1日。"))
    source = forms.ChoiceField(label=_("依据"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = FactDefinition.objects.filter(context="subject", personal=False).values_list("code", "name", "unit")
        named = [(code, f"{name}（{unit}）" if unit else name) for code, name, unit in facts]
        sources = list(Source.objects.order_by("name").values_list("code", "name"))
        self.fields["fact"] = forms.ChoiceField(label=_("事实"), choices=named)
        self.fields["source"] = forms.ChoiceField(label=_("依据"), choices=sources)


class MeetingForm(forms.Form):
    """A meeting to call."""

    kind = forms.ChoiceField(label=_("类型"), choices=MeetingKind.choices)
    title = forms.CharField(label=_("名称"), max_length=120)
    held_on = forms.DateField(label=_("日期"), widget=DAY)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)


class CaseForm(forms.Form):
    """A case by its number."""

    number = forms.CharField(label=_("事项编号"), max_length=40)

    def clean_number(self) -> int:
        """The key of the case of that number; whether it is in sight is the action's to say."""
        words = self.cleaned_data["number"].strip().upper()
        found = Case.objects.filter(number=words).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("没有编号为“%(number)s”的事项。"), params={"number": words})
        return found


class DecisionForm(ActorForm):
    """A decision with owner and date."""

    text = forms.CharField(label=_("决定"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    owner = UnitField(label=_("责任单位"))
    due_on = forms.DateField(label=_("期限"), widget=DAY)


class MinutesForm(forms.Form):
    """The minutes."""

    minutes = forms.CharField(label=_("会议纪要"), widget=forms.Textarea(attrs={"rows": 8}))


class SpecialForm(ActorForm):
    """A special case: cases by their numbers."""

    title = forms.CharField(label=_("专案"), max_length=120)
    leader = PostField(label=_("责任人"))
    due_on = forms.DateField(label=_("期限"), widget=DAY)
    numbers = forms.CharField(label=_("并入事项"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("每行一个事项编号。"))

    def clean_numbers(self) -> list[int]:
        """The keys of the cases."""
        words = [one.strip().upper() for one in self.cleaned_data["numbers"].split() if one.strip()]
        found = dict(Case.objects.filter(number__in=words).values_list("number", "pk"))
        missing = [one for one in words if one not in found]
        if missing:
            raise forms.ValidationError(_("没有编号为“%(number)s”的事项。"), params={"number": "、".join(missing)})
        return [found[one] for one in words]


class OutcomeForm(forms.Form):
    """What came of a special case."""

    outcome = forms.CharField(label=_("专案结果"), widget=forms.Textarea(attrs={"rows": 4}))


class SheetForm(CaseForm, ActorForm):
    """A supervision sheet by hand."""

    unit = UnitField(label=_("发往单位"))
    text = forms.CharField(label=_("督办要求"), widget=forms.Textarea(attrs={"rows": 4}))


class DailyForm(forms.Form):
    """Which day's list of what stands still, and of which unit."""

    on = forms.DateField(required=False)
    lead = forms.IntegerField(required=False, min_value=1)
