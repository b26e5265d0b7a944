"""Shapes of input: the sheet of a market, pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.markets.models import MarketPlan
from songda.deliveries.service.markets.queries import sheet_of
from songda.deliveries.service.markets.rules import Sheet, SheetError, read_sheet


class SheetForm(forms.Form):
    """Zones, slots, merchants, and what people are told at the gate."""

    zones = forms.CharField(
        label=_("分区"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一个：分区名称、同时容纳人数。可从表格直接粘贴。"),
    )
    slots = forms.CharField(
        label=_("时段"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("每行一个，按先后排列，如“周一 6:00—11:00”。")
    )
    stands = forms.CharField(
        label=_("商户"),
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off"}),
        help_text=_(
            "每行一户：商户、分区、经营品类、人数、最少时段、最多时段、应季（填“是”）、不能到场的时段（顿号分隔）。后六列可空。"
        ),
    )
    notice = forms.CharField(label=_("入场须知"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=600)

    def clean(self) -> dict[str, Any]:
        """Each line that cannot be read, beside its field."""
        given = super().clean() or {}
        if all(name in given for name in ("zones", "slots", "stands")):
            try:
                given["sheet"] = read_sheet(given["zones"], given["slots"], given["stands"])
            except SheetError as error:
                for field, sentence in error.faults[:20]:
                    self.add_error(field, sentence)
        return given

    def sheet(self) -> Sheet:
        """The sheet as the verbs take it."""
        found = self.cleaned_data["sheet"]
        assert isinstance(found, Sheet)
        return found


def typed(plan: MarketPlan) -> dict[str, str]:
    """A plan's sheet as it was typed."""
    sheet = sheet_of(plan)
    return {
        "zones": "\n".join(f"{zone.code}\t{zone.capacity}" for zone in sheet.zones),
        "slots": "\n".join(sheet.slots),
        "stands": "\n".join(stand.line() for stand in sheet.stands),
        "notice": plan.notice,
    }
