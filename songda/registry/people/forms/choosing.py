"""Fields that offer only what the actor sees 选择项: a firm by its name or code, posts, units, territories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to as units_visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.rules import TERRITORIES
from songda.registry.people.access import posts_visible_to
from songda.registry.people.models import Post
from songda.registry.subjects.access import visible_to

if TYPE_CHECKING:  # the stubs' fields say of what they are; Django's own cannot
    OnePost = forms.ModelChoiceField[Post]
    OneUnit = forms.ModelChoiceField[Organisation]
else:
    OnePost = OneUnit = forms.ModelChoiceField


@runtime_checkable
class OfActor(Protocol):
    """A field that waits to be told who looks."""

    def offer_to(self, actor: Actor) -> None:
        """Offer what this actor sees."""


class ActorForm(forms.Form):
    """A form whose choices are those of the actor. A field takes part by `offer_to`."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, OfActor):
                field.offer_to(actor)
            if isinstance(field, AreaField):
                self.initial.setdefault(name, field.widest)


class FirmField(forms.CharField):
    """A subject in sight by its whole name, its code or number, or a part of its name that only one has."""

    actor: Actor

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=160, help_text=_("企业全称、统一社会信用代码，或只有一家含有的名称片段。"), **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """Look among this actor's firms."""
        self.actor = actor

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


class PostField(OnePost):
    """A present post at a unit of the territory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Post.objects.none(), **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The present posts of the actor's territory."""
        there = posts_visible_to(actor).filter(ends_on=None, subject=None)
        self.queryset = there.order_by("organisation__area_path", "organisation_id", "pk")

    def label_from_instance(self, obj: Any) -> str:
        """Unit, name, role."""
        return f"{obj.place} · {obj.person.name}（{obj.get_role_display()}）"


class UnitField(OneUnit):
    """A unit of the territory that still exists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), **kwargs)

    def offer_to(self, actor: Actor) -> None:
        """The units of the actor's territory, by kind."""
        units = units_visible_to(actor).filter(within(actor.area_paths), ends_on=None)
        self.queryset = units.order_by("kind", "area_path", "code")


class AreaField(forms.ChoiceField):
    """A territory of the actor's; the widest is chosen to begin with."""

    widest = ""

    def offer_to(self, actor: Actor) -> None:
        """The actor's territories."""
        areas = areas_of(actor)
        self.choices, self.widest = areas, areas[0][0] if areas else ""


def areas_of(actor: Actor) -> list[tuple[str, str]]:
    """Territories in scope as choices, wider ones first, each set in as deep as it lies."""
    rows = Organisation.objects.filter(within(actor.area_paths), kind__in=TERRITORIES).order_by("area_path", "code")
    return [(unit.area_path, f"{'　' * unit.area_path.count('/')}{unit.short_name}") for unit in rows]
