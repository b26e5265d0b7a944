"""What is said of an alarm."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WordForm(forms.Form):
    """A word on what it was."""

    word = forms.CharField(label=_("处理情况"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
