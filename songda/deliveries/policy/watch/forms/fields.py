"""Money typed in 万元, and the widgets of the room. Posts, units and territories: `registry.people.forms.choosing`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

LONG = forms.Textarea(attrs={"rows": 4})
FEN_OF_WAN = 1_000_000


class MoneyField(forms.DecimalField):
    """An amount in 万元, exact to the yuan; cleaned to fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=4, min_value=Decimal(0), **kwargs)

    def clean(self, value: Any) -> Any:
        """Fen, or None where nothing was typed."""
        amount = super().clean(value)
        return None if amount is None else int(amount * FEN_OF_WAN)
