"""Shapes of input: which measures, where, through which channels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import MeasureVersion
from songda.kernel.paths import within
from songda.ledger.notices.queries.channels import configured
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Contact

TERRITORIES = ("city", "district", "zone", "street", "park")


class PushForm(forms.Form):
    """A push to be tried or sent."""

    version = forms.ModelMultipleChoiceField(
        label=_("措施"), queryset=MeasureVersion.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    area = forms.ChoiceField(label=_("推送辖区"))
    channels = forms.MultipleChoiceField(label=_("渠道"), widget=forms.CheckboxSelectMultiple)
    title = forms.CharField(label=_("标题"), max_length=160, required=False, help_text=_("留空则取措施名称。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.ModelMultipleChoiceField(
            label=_("措施"), queryset=pushable(actor), widget=forms.CheckboxSelectMultiple
        )
        self.fields["area"] = forms.ChoiceField(label=_("推送辖区"), choices=areas_of(actor))
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("渠道"), choices=channels_here(), widget=forms.CheckboxSelectMultiple
        )


def pushable(actor: Actor) -> QuerySet[MeasureVersion]:
    """Published measures with a rule that reach the actor's areas."""
    return measures_visible_to(actor).filter(state="published").exclude(rule_version=None).order_by("title", "pk")


def areas_of(actor: Actor) -> list[tuple[str, str]]:
    """Territories in scope, wider ones first."""
    rows = Organisation.objects.filter(within(actor.area_paths), kind__in=TERRITORIES).order_by("area_path", "code")
    return [(unit.area_path, f"{'　' * unit.area_path.count('/')}{unit.short_name}") for unit in rows]


def channels_here() -> list[tuple[str, str]]:
    """Channels configured in this installation, by their names."""
    here = set(configured())
    return [(code, str(label)) for code, label in Contact.Channel.choices if code in here]
