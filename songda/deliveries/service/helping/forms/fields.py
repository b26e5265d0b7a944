"""Fields that offer only what the actor sees: units that help, teams. Firms and posts: `registry.people.forms.choosing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from songda.deliveries.service.demands.queries import units_for
from songda.deliveries.service.helping.access import teams_visible_to
from songda.deliveries.service.helping.models import Team
from songda.registry.actors import Actor
from songda.registry.people.forms import choosing

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OneTeam = forms.ModelChoiceField[Team]
    SomeTeams = forms.ModelMultipleChoiceField[Team]
else:
    OneTeam = forms.ModelChoiceField
    SomeTeams = forms.ModelMultipleChoiceField


class UnitField(choosing.UnitField):
    """A unit that may be asked to help; `only`: of one kind."""

    def __init__(self, *, only: str = "", **kwargs: Any) -> None:
        self.only = only
        super().__init__(**kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The units in sight that may lead or help."""
        units = units_for(actor)
        self.queryset = units.filter(kind=self.only) if self.only else units


class TeamField(OneTeam):
    """A standing team."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.none(), **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The standing teams in sight."""
        self.queryset = standing_teams(actor)


class TeamsField(SomeTeams):
    """Several standing teams."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The standing teams in sight."""
        self.queryset = standing_teams(actor)


def standing_teams(actor: Actor) -> QuerySet[Team]:
    """The teams in sight that have not ended, by kind."""
    return teams_visible_to(actor).filter(ends_on=None).order_by("kind", "pk")
