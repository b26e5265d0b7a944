"""Forms of the room: shape only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.ledger.papers.access import units_of
from songda.ledger.papers.rules.kinds import PaperKind
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OneUnit = forms.ModelChoiceField[Organisation]
else:
    OneUnit = forms.ModelChoiceField
PREFIX = "field_"


class WritingForm(forms.Form):
    """The fields of a kind."""

    def __init__(self, *args: Any, kind: PaperKind, told: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in kind.fields:
            long = one.shape == "section"
            self.fields[f"{PREFIX}{one.key}"] = forms.CharField(
                label=one.label,
                required=False,
                initial=(told or {}).get(one.key, ""),
                max_length=100_000 if long else 200,
                help_text=_("制发前必填") if one.required else "",
                widget=forms.Textarea(attrs={"rows": 6}) if long else forms.TextInput(),
            )

    def told(self) -> dict[str, str]:
        """What was written, by key."""
        return {name.removeprefix(PREFIX): value for name, value in self.cleaned_data.items() if name.startswith(PREFIX)}


class NewForm(WritingForm):
    """A new paper: in whose name, about which firm, and its fields."""

    unit = OneUnit(label=_("制发单位"), queryset=Organisation.objects.none())
    subject = forms.IntegerField(label=_("所涉企业编号"), help_text=_("企业页面地址中的数字"), min_value=1)

    def __init__(self, *args: Any, actor: Actor, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        units = self.fields["unit"]
        if isinstance(units, forms.ModelChoiceField):
            units.queryset = Organisation.objects.filter(pk__in=units_of(actor), ends_on=None).order_by("area_path", "code")
            units.initial = actor.organisation_id
        if not kind.about_firm:
            del self.fields["subject"]


class ReasonForm(forms.Form):
    """Why a paper ends."""

    reason = forms.CharField(label=_("原因"), max_length=200)
