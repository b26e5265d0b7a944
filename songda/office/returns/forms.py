"""Shapes of the room's small forms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.office.returns.states import Cause


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class SuspectForm(forms.Form):
    """Why a return is suspect; empty takes the mark off."""

    why = forms.CharField(label=_("存疑原因"), max_length=200, required=False, help_text=_("留空为取消存疑。报表和数不会删除。"))


class ReopenForm(forms.Form):
    """Until when a locked return is open again, and why."""

    until = forms.DateField(label=_("开放至"), widget=DAY)
    reason = forms.CharField(label=_("原因"), max_length=200)


class ExplainForm(forms.Form):
    """Why a figure is as it is."""

    cause = forms.ChoiceField(label=_("原因类别"), choices=Cause.choices)
    text = forms.CharField(
        label=_("说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("说明随数一起保存，通报时一并印出。"),
    )


class UploadForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(label=_("填好的表格"), help_text=_("须用本页下载的表格；有错的行会标红退回，整份不入库。"))
