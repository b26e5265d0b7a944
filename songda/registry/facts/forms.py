"""Shapes of input: why a person looks at personal facts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RevealForm(forms.Form):
    """The reason, which goes into the audit trail."""

    reason = forms.CharField(label=_("查看事由"), max_length=200)
