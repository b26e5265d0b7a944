"""Fields that offer only what the actor sees: measures, channels. Firms, units and territories: `registry.people.forms.choosing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from songda.deliveries.policy.briefings.queries import measures_to_interpret
from songda.deliveries.policy.library.models import MeasureVersion
from songda.ledger.notices.queries.channels import configured
from songda.registry.actors import Actor
from songda.registry.people.models import Contact

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OneMeasure = forms.ModelChoiceField[MeasureVersion]
    SomeMeasures = forms.ModelMultipleChoiceField[MeasureVersion]
else:
    OneMeasure = forms.ModelChoiceField
    SomeMeasures = forms.ModelMultipleChoiceField
LONG = forms.Textarea(attrs={"rows": 4})


class MeasureField(OneMeasure):
    """A published measure."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=MeasureVersion.objects.none(), **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The measures that the actor may explain."""
        self.queryset = measures_to_interpret(actor)


class MeasuresField(SomeMeasures):
    """Several published measures."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=MeasureVersion.objects.none(), **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The measures that the actor may explain."""
        self.queryset = measures_to_interpret(actor)


class ChannelsField(forms.MultipleChoiceField):
    """Channels that this installation has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer_to(self, _actor: Actor) -> None:
        """What is configured."""
        here = set(configured())
        self.choices = [(code, str(label)) for code, label in Contact.Channel.choices if code in here]
