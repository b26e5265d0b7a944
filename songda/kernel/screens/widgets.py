"""Widgets that forms share."""

from __future__ import annotations

from typing import Final

from django import forms

DAY: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
"""A day. Browsers take and give it in this form alone, whatever the language of the page: with another it would show as blank."""
