"""The form of a step 办理: what every step carries, and how it becomes a verb."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands import queries
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

Text = Any  # a text, or one translated late


def area(rows: int) -> forms.Textarea:
    """A text field of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class StepForm(forms.Form):
    """One step of one case. `NOTE` and `TOLD` name the two texts (empty: none), `EVIDENCE` whether files go with it.

    `take` is the verb. The form is good for one sending (`request_key`), on the case as it was seen (`version`).
    """

    NOTE: ClassVar[Text] = _("内部说明")
    TOLD: ClassVar[Text] = ""
    NOTED: ClassVar[bool] = False  # whether the note must be given
    EVIDENCE: ClassVar[bool] = False
    HINT: ClassVar[Text] = ""

    version = forms.IntegerField(widget=forms.HiddenInput)
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, actor: Actor, now: dt.datetime, **kwargs: Any) -> None:
        kept = {"version": case.version, "request_key": f"web-{uuid.uuid4().hex}"}
        super().__init__(*args, **{**kwargs, "initial": {**kept, **(kwargs.get("initial") or {})}})
        self.case, self.actor, self.now = case, actor, now
        if self.TOLD:
            hint = _("企业能看到这段话。")
            self.fields["told"] = forms.CharField(
                label=self.TOLD, required=False, max_length=2000, widget=area(3), help_text=hint
            )
        if self.NOTE:
            self.fields["note"] = forms.CharField(
                label=self.NOTE, required=self.NOTED, max_length=2000, widget=area(3), help_text=self.HINT
            )
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the case."""

    def renew(self) -> None:
        """After a refusal: show the form again with what was written, on the case as it is now."""
        self.case.refresh_from_db()
        again = QueryDict(mutable=True)
        again.update(self.data)
        again["version"], again["request_key"] = str(self.case.version), f"web-{uuid.uuid4().hex}"
        self.data = again

    def said(self, evidence: Sequence[int] = ()) -> Said:
        """What goes with the step."""
        given = self.cleaned_data
        return Said(
            note=given.get("note", ""),
            told=given.get("told", ""),
            evidence=tuple(evidence),
            version=given["version"],
            request_key=given["request_key"],
        )

    def take(self, said: Said) -> object:
        """The verb."""
        raise NotImplementedError


def choose_unit(label: Text, units: Sequence[Organisation], *, several: bool = False) -> forms.ChoiceField:
    """A choice of units, by their kind."""
    choices = [("", "—"), *by_kind(units)] if not several else by_kind(units)
    if several:
        return forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=forms.SelectMultiple(attrs={"size": 6})
        )
    return forms.ChoiceField(label=label, choices=choices)


def filling(field: forms.ChoiceField, address: str) -> forms.ChoiceField:
    """A choice of units that fills the choice of posts beside it."""
    field.widget.attrs.update({"hx-get": address, "hx-target": "#id_holder", "hx-trigger": "change"})
    return field


def by_kind(units: Sequence[Organisation]) -> list[Any]:
    """Units in groups of their kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        found.setdefault(unit.get_kind_display(), []).append((str(unit.pk), unit.short_name))
    return list(found.items())


def choose_post(label: Text, unit_id: int | None, help_text: Text = "") -> forms.ChoiceField:
    """A choice of posts of a unit with their load; the page fills it anew when another unit is chosen."""
    laden = queries.posts_of(unit_id) if unit_id else []
    return AnyPost(label=label, choices=[("", _("由承办单位指定")), *named(laden)], required=False, help_text=help_text)


def named(laden: Sequence[queries.Laden]) -> list[tuple[str, str]]:
    """Posts with what they hold."""
    said = _("%(name)s（%(role)s，在办 %(n)d 件）")
    return [
        (str(one.post.pk), str(said) % {"name": one.post.person.name, "role": one.post.get_role_display(), "n": one.load})
        for one in laden
    ]


class AnyPost(forms.ChoiceField):
    """A post by its number: which unit it belongs to is checked by the verb."""

    def valid_value(self, value: str) -> bool:
        """Any number."""
        return str(value).isascii() and str(value).isdecimal()


def number(text: object) -> int | None:
    """A chosen number, or None for no choice."""
    return int(str(text)) if text else None
