"""Shape of a new edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.compendium.actions.draft_edition import NewEdition
from songda.deliveries.policy.library.forms import Day, areas_in
from songda.registry.actors import Actor


class EditionForm(forms.Form):
    """Number, title, issuer, territory and day."""

    number = forms.CharField(label=_("期号"), max_length=40, help_text=_("例如“第1期”，不能与以前重复。"))
    title = forms.CharField(label=_("书名"), max_length=120)
    issuer = forms.CharField(label=_("编印单位"), max_length=120)
    as_of = forms.DateField(label=_("收录截止"), widget=Day)
    area_path = forms.ChoiceField(label=_("适用辖区"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_path"] = forms.ChoiceField(label=_("适用辖区"), choices=areas_in(actor))

    def new_edition(self, *, demonstration: bool) -> NewEdition:
        """What was filled in."""
        return NewEdition(**self.cleaned_data, demonstration=demonstration)
