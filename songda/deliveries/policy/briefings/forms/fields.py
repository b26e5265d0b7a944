"""Fields that offer only what the actor sees: a firm by its name or code, units, measures, territories, channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.briefings.queries import measures_to_interpret
from songda.deliveries.policy.library.models import MeasureVersion
from songda.kernel.paths import within
from songda.ledger.notices.queries.channels import configured
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to as units_visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Contact
from songda.registry.subjects.access import visible_to

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OneUnit = forms.ModelChoiceField[Organisation]
    OneMeasure = forms.ModelChoiceField[MeasureVersion]
    SomeMeasures = forms.ModelMultipleChoiceField[MeasureVersion]
else:
    OneUnit = OneMeasure = forms.ModelChoiceField
    SomeMeasures = forms.ModelMultipleChoiceField
TERRITORIES = ("city", "district", "zone", "street", "park")
LONG = forms.Textarea(attrs={"rows": 4})


class FirmField(forms.CharField):
    """A subject in sight by its whole name, its code or number, or a part of its name that only one has."""

    actor: Actor

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=160, help_text=_("企业全称、统一社会信用代码，或只有一家含有的名称片段。"), **kwargs)

    def clean(self, value: Any) -> Any:
        """The subject's key, or None."""
        words = super().clean(value).strip()
        if not words:
            return None
        seen = visible_to(self.actor)
        exact = seen.filter(Q(uscc=words.upper()) | Q(local_number=words) | Q(name=words))
        found = list(exact[:2]) or list(seen.filter(name__contains=words)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("没有找到，或不止一家。请填写全称或代码。"))
        return found[0].pk


class UnitField(OneUnit):
    """A unit in sight that still exists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), **kwargs)


class MeasureField(OneMeasure):
    """A published measure."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=MeasureVersion.objects.none(), **kwargs)


class MeasuresField(SomeMeasures):
    """Several published measures."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=MeasureVersion.objects.none(), **kwargs)


class AreaField(forms.ChoiceField):
    """A territory of the actor's."""


class ChannelsField(forms.MultipleChoiceField):
    """Channels that this installation has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)


class ActorForm(forms.Form):
    """A form whose choices are those of the actor."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, FirmField):
                field.actor = actor
            elif isinstance(field, UnitField):
                units = units_visible_to(actor).filter(within(actor.area_paths), ends_on=None)
                field.queryset = units.order_by("kind", "area_path", "code")
            elif isinstance(field, MeasureField | MeasuresField):
                field.queryset = measures_to_interpret(actor)
            elif isinstance(field, AreaField):
                field.choices = areas_of(actor)
                self.initial.setdefault(name, field.choices[0][0] if field.choices else "")
            elif isinstance(field, ChannelsField):
                here = set(configured())
                field.choices = [(code, str(label)) for code, label in Contact.Channel.choices if code in here]


def areas_of(actor: Actor) -> list[tuple[str, str]]:
    """Territories in scope, wider ones first."""
    rows = Organisation.objects.filter(within(actor.area_paths), kind__in=TERRITORIES).order_by("area_path", "code")
    return [(unit.area_path, f"{'　' * unit.area_path.count('/')}{unit.short_name}") for unit in rows]
