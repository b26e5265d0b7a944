"""The form of a demand, its kind's own fields among it; and of a group."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands import queries
from songda.deliveries.service.demands.actions import NewDemand
from songda.deliveries.service.demands.forms.step import area
from songda.kernel.screens.widgets import DAY
from songda.ledger.cases.models import Case
from songda.ledger.cases.rules.kinds import FormField, KindSpec
from songda.ledger.cases.states import Origin

EXTRA = "extra_"


def new_key() -> str:
    """What makes a form good for one sending."""
    return f"web-{uuid.uuid4().hex}"


class OwnDemandForm(forms.Form):
    """What a firm says: what it is about, in its own words, and whom to call."""

    title = forms.CharField(label=_("一句话说明要解决什么"), max_length=160)
    text = forms.CharField(label=_("具体情况"), required=False, max_length=4000, widget=area(5))
    category = forms.ChoiceField(label=_("属于哪一类"), required=False)
    contact_name = forms.CharField(label=_("联系人"), required=False, max_length=80)
    contact_phone = forms.CharField(
        label=_("联系电话"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_key)

    def __init__(self, *args: Any, spec: KindSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        self._choose("category", [("", "—"), *queries.categories().items()])
        for one in spec.fields:
            self.fields[EXTRA + one.key] = field_of(one)

    def _choose(self, name: str, choices: Any) -> None:
        old = self.fields[name]
        self.fields[name] = forms.ChoiceField(
            label=old.label, choices=choices, required=old.required, widget=old.widget.__class__, initial=old.initial
        )

    def new(self) -> NewDemand:
        """The demand as told."""
        given = self.cleaned_data
        extra = {name.removeprefix(EXTRA): value for name, value in given.items() if name.startswith(EXTRA)}
        return NewDemand(
            title=given["title"],
            text=given["text"],
            kind=self.spec.code,
            category=given["category"],
            contact=(given["contact_name"], given["contact_phone"]),
            extra=extra,
        )


class DemandForm(OwnDemandForm):
    """The same as a desk hears it: how hard, how it came, who found it."""

    difficulty = forms.ChoiceField(
        label=_("难度"),
        choices=Case.Difficulty.choices,
        initial="ordinary",
        widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
    )
    urgent = forms.BooleanField(label=_("紧急"), required=False)
    channel = forms.ChoiceField(label=_("受理渠道"), initial="phone")
    origin = forms.ChoiceField(
        label=_("谁发现的"), choices=Origin.choices, initial="firm", widget=forms.RadioSelect(attrs={"class": "in-a-row"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("channel", list(queries.channels().items()))
        self.fields["title"].label = _("要解决什么")
        plain = ["title", "category", "text", *(EXTRA + one.key for one in self.spec.fields)]
        self.order_fields([*plain, "difficulty", "urgent", "channel", "origin", "contact_name", "contact_phone"])

    def new(self) -> NewDemand:
        """The demand as told."""
        base, given = super().new(), self.cleaned_data
        return NewDemand(
            title=base.title,
            text=base.text,
            kind=base.kind,
            category=base.category,
            difficulty=given["difficulty"],
            urgent=given["urgent"],
            origin=given["origin"],
            channel=given["channel"],
            contact=base.contact,
            extra=base.extra,
        )


class GroupForm(forms.Form):
    """What the problem is, and why."""

    title = forms.CharField(label=_("共性问题"), max_length=160)
    cause = forms.ChoiceField(label=_("成因"), required=False)
    case = forms.MultipleChoiceField(label=_("事项"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, cases: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), f"{one.number} {one.title}（{one.subject or '—'}）") for one in cases]
        self.fields["cause"] = forms.ChoiceField(
            label=_("成因"), choices=[("", "—"), *queries.choices("problem-causes").items()], required=False
        )
        self.fields["case"] = forms.MultipleChoiceField(
            label=_("事项"), choices=named, widget=forms.CheckboxSelectMultiple, initial=[pk for pk, _name in named]
        )


class ChangeForm(forms.Form):
    """What should change, and since when it has."""

    proposal = forms.CharField(label=_("改进建议"), widget=area(4), help_text=_("改哪项规定或流程、怎么改、由谁改。"))
    changed_on = forms.DateField(label=_("改进实施日"), required=False, widget=DAY)


def field_of(one: FormField) -> forms.Field:
    """A field of a kind as its pack declares it."""
    label = f"{one.label}（{one.unit}）" if one.unit else one.label
    if one.kind == "choice":
        choices = [("", "—"), *queries.choices(one.dictionary).items()]
        return forms.ChoiceField(label=label, choices=choices, required=one.required)
    if one.kind == "yes_no":
        return forms.ChoiceField(label=label, choices=[("", "—"), ("yes", _("是")), ("no", _("否"))], required=one.required)
    if one.kind == "number":
        return forms.DecimalField(label=label, required=one.required)
    if one.kind == "date":
        return forms.DateField(label=label, required=one.required, widget=DAY)
    return forms.CharField(label=label, required=one.required, max_length=400)
