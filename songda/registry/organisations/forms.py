"""Shapes of input: a new unit, a park's grade."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to
from songda.registry.organisations.models import Organisation


class UnitForm(forms.Form):
    """What is said of a new unit. Its place in the tree is given by the unit above."""

    parent = forms.ModelChoiceField(label=_("上级机构"), queryset=Organisation.objects.none(), to_field_name="code")
    kind = forms.ChoiceField(label=_("类型"), choices=Organisation.Kind.choices)
    code = forms.SlugField(label=_("机构代码"), max_length=60, help_text=_("字母、数字和连字符；一经使用不再更改。"))
    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    segment = forms.CharField(
        label=_("路径段"), max_length=12, required=False, help_text=_("区、街道、园区在上级路径下的编号；留空自动编排。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = visible_to(actor).filter(ends_on=None)
        self.fields["parent"] = forms.ModelChoiceField(label=_("上级机构"), queryset=units, to_field_name="code")


class GradeForm(forms.Form):
    """A park's stars and since when."""

    stars = forms.IntegerField(label=_("星级"), min_value=1, max_value=6)
    on = forms.DateField(label=_("评定日期"), widget=DAY)
