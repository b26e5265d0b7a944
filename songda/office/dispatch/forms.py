"""Shapes of input: one fact of one firm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.registry.facts.models import FactDefinition, Source


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
