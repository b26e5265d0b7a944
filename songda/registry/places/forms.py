"""Shapes of input: filters of the list, a point to search from, a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.places.models import Place
from songda.registry.places.rules import shapes

KINDS = [("", _("全部")), *Place.Kind.choices]
NO_HOME = (Organisation.Kind.DEPARTMENT, Organisation.Kind.TASK_FORCE)


class FilterForm(forms.Form):
    """Filters; all of them stay in the address."""

    text = forms.CharField(label=_("名称"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, required=False)
    area = forms.CharField(required=False, widget=forms.HiddenInput)


class NearForm(forms.Form):
    """Where to search from, and for what."""

    near = forms.CharField(label=_("坐标（纬度, 经度）"), widget=forms.TextInput(attrs={"placeholder": "34.7466, 113.6253"}))
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, required=False)

    def clean_near(self) -> tuple[int, int]:
        """One point, in millionths of a degree."""
        points = _points(self.cleaned_data["near"], "point")
        return points[0]


class PlaceForm(forms.Form):
    """What is said of a place."""

    kind = forms.ChoiceField(label=_("类型"), choices=Place.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=120)
    home = forms.ModelChoiceField(label=_("所在辖区"), queryset=Organisation.objects.none())
    form = forms.ChoiceField(label=_("形状"), choices=Place.Form.choices)
    points = forms.CharField(
        label=_("坐标"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "每行一个“纬度, 经度”，以度为单位，WGS 84（手机定位给出的坐标）。从高德、百度等地图上抄下的坐标有偏移，不要直接填写。"
        ),
    )
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = visible_to(actor).filter(ends_on=None).exclude(kind__in=NO_HOME)
        self.fields["home"] = forms.ModelChoiceField(label=_("所在辖区"), queryset=homes)
        self.order_fields(("kind", "name", "home", "form", "points", "note"))

    def clean(self) -> dict[str, Any]:
        """The corners as numbers."""
        given = super().clean() or {}
        if "points" in given and "form" in given:
            try:
                given["points"] = _points(given["points"], given["form"])
            except forms.ValidationError as error:
                self.add_error("points", error)
        return given


def _points(text: str, form: str) -> tuple[tuple[int, int], ...]:
    try:
        points = shapes.points_of(text.splitlines())
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
    if fault := shapes.fault_of(points, form):
        raise forms.ValidationError(fault)
    return points
