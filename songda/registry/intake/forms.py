"""Shapes of input: a file, for which area, as of which day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.registry.actors import Actor
from songda.registry.intake.queries import areas_for
from songda.registry.organisations.models import Organisation


class OfficersForm(forms.Form):
    """A roster of officers to check."""

    file = forms.FileField(label=_("干部名册"), help_text=_(".xlsx 或 .csv；一行一人一岗，同一人可以有几行。"))


class RosterForm(forms.Form):
    """A roster to check."""

    file = forms.FileField(label=_("名册文件"), help_text=_(".xlsx 或 .csv，不超过60MB；不含公式。"))
    area = forms.ModelChoiceField(label=_("所属辖区"), queryset=Organisation.objects.none(), to_field_name="code")
    as_of = forms.DateField(label=_("数据日期"), widget=DAY, help_text=_("数据截至哪一天，不是上传的日子。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = forms.ModelChoiceField(label=_("所属辖区"), queryset=areas_for(actor), to_field_name="code")
