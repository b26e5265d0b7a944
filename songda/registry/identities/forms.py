"""Forms of the room: shape only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PasswordOnceMoreForm(forms.Form):
    """The password of who is signed in, shown once more."""

    password = forms.CharField(
        label=_("本账号的口令"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
