"""Fields that offer only what the actor sees, and money typed in 万元."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to as units_visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.people.access import posts_visible_to
from songda.registry.people.models import Post

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OnePost = forms.ModelChoiceField[Post]
    OneUnit = forms.ModelChoiceField[Organisation]
else:
    OnePost = OneUnit = forms.ModelChoiceField
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
LONG = forms.Textarea(attrs={"rows": 4})
FEN_OF_WAN = 1_000_000
TERRITORIES = ("city", "district", "zone", "street", "park")


class PostField(OnePost):
    """A present post at a unit of the territory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Post.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Unit, name, role."""
        return f"{obj.place} · {obj.person.name}（{obj.get_role_display()}）"


class UnitField(OneUnit):
    """A unit in sight that still exists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), **kwargs)


class MoneyField(forms.DecimalField):
    """An amount in 万元, exact to the yuan; cleaned to fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=4, min_value=Decimal(0), **kwargs)

    def clean(self, value: Any) -> Any:
        """Fen, or None where nothing was typed."""
        amount = super().clean(value)
        return None if amount is None else int(amount * FEN_OF_WAN)


class ActorForm(forms.Form):
    """A form whose choices are those of the actor."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PostField):
                there = posts_visible_to(actor).filter(ends_on=None, subject=None)
                field.queryset = there.order_by("organisation__area_path", "organisation_id", "pk")
            elif isinstance(field, UnitField):
                units = units_visible_to(actor).filter(within(actor.area_paths), ends_on=None)
                field.queryset = units.order_by("kind", "area_path", "code")


def areas_of(actor: Actor) -> list[tuple[str, str]]:
    """Territories in scope, wider ones first."""
    rows = Organisation.objects.filter(within(actor.area_paths), kind__in=TERRITORIES).order_by("area_path", "code")
    return [(unit.area_path, f"{'　' * unit.area_path.count('/')}{unit.short_name}") for unit in rows]
