"""Fields that offer only what the actor sees: posts, units, teams; a firm by its name or code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands.queries import units_for
from songda.deliveries.service.helping.access import teams_visible_to
from songda.deliveries.service.helping.models import Team
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.people.access import posts_visible_to
from songda.registry.people.models import Post
from songda.registry.subjects.access import visible_to

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OnePost = forms.ModelChoiceField[Post]
    OneUnit = forms.ModelChoiceField[Organisation]
    OneTeam = forms.ModelChoiceField[Team]
    SomeTeams = forms.ModelMultipleChoiceField[Team]
else:
    OnePost = OneUnit = OneTeam = forms.ModelChoiceField
    SomeTeams = forms.ModelMultipleChoiceField
DAY = forms.DateInput(attrs={"type": "date"})


class PostField(OnePost):
    """A present post at a unit of the territory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Post.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Unit, name, role."""
        return f"{obj.place} · {obj.person.name}（{obj.get_role_display()}）"


class UnitField(OneUnit):
    """A unit in sight; `only`: of one kind."""

    def __init__(self, *, only: str = "", **kwargs: Any) -> None:
        self.only = only
        super().__init__(queryset=Organisation.objects.none(), **kwargs)


class TeamField(OneTeam):
    """A standing team."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.none(), **kwargs)


class TeamsField(SomeTeams):
    """Several standing teams."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


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


class ActorForm(forms.Form):
    """A form whose choices are those of the actor."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PostField):
                there = posts_visible_to(actor).filter(ends_on=None, subject=None)
                field.queryset = there.order_by("organisation__area_path", "organisation_id", "pk")
            elif isinstance(field, UnitField):
                units = units_for(actor)
                field.queryset = units.filter(kind=field.only) if field.only else units
            elif isinstance(field, TeamField | TeamsField):
                field.queryset = teams_visible_to(actor).filter(ends_on=None).order_by("kind", "pk")
            elif isinstance(field, FirmField):
                field.actor = actor
