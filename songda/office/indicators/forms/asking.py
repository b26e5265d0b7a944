"""What pages of indicators are asked for: a moment, what was known when, a stretch of days. Shape alone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY

MOMENT = {"type": "datetime-local"}


class MomentForm(forms.Form):
    """截至某时、按某时所知."""

    as_of = forms.DateTimeField(
        label=_("截至"), required=False, widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )
    known_at = forms.DateTimeField(
        label=_("按何时所知"), required=False, widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )


class DaysForm(forms.Form):
    """A stretch of days."""

    first = forms.DateField(label=_("起"), required=False, widget=DAY)
    last = forms.DateField(label=_("止"), required=False, widget=DAY)


class ExplainForm(forms.Form):
    """The explanation of a value."""

    text = forms.CharField(label=_("说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
