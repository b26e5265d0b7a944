"""Forms of the calendar: one day, a notice's text, a file of days, and the reason for a change."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.registry.calendars.rules import Reading, read_notice, read_table

MOST_BYTES = 200_000


class ReasonForm(forms.Form):
    """Why something is changed, with what is changed as it was signed."""

    proposal = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("写明依据，如文号或会议；留痕保存。"))


class DayForm(forms.Form):
    """A day that differs from its week."""

    day = forms.DateField(label=_("日期"), widget=DAY)
    working = forms.ChoiceField(label=_("安排"), choices=(("false", _("放假")), ("true", _("上班（调休）"))))
    name = forms.CharField(label=_("名目"), max_length=40, help_text=_("如 国庆节"))


class NoticeForm(forms.Form):
    """The text of a notice."""

    text = forms.CharField(
        label=_("通知正文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("粘贴国务院办公厅通知里“一、元旦：……”各条。日期与星期不符、天数不符的不收。"),
    )
    year = forms.IntegerField(label=_("哪一年的通知"), min_value=2000, max_value=2100)

    def reading(self) -> Reading:
        """What the text says."""
        return read_notice(self.cleaned_data["text"], self.cleaned_data["year"])


class TableForm(forms.Form):
    """A file of days."""

    file = forms.FileField(label=_("CSV 文件"), help_text=_("每行：日期,放假或上班,名目。UTF-8 或 GB 18030 编码。"))

    def reading(self) -> Reading:
        """What the file says."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            return Reading((), (str(_("文件太大。")),))
        data = file.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return read_table(data.decode(encoding))
            except UnicodeDecodeError:
                continue
        return Reading((), (str(_("读不出文件的编码，请另存为 UTF-8。")),))
