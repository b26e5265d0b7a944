"""Shapes of input: a bulletin, and what the reviewer says of figures read from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import read_bytes
from songda.kernel.screens.widgets import DAY
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.states import Rejection
from songda.registry.people.forms.choosing import ActorForm, UnitField

_TEXT = forms.Textarea(attrs={"rows": 3})


class BulletinForm(ActorForm):
    """A bulletin as a file or pasted."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        help_text=_("可以拖到这里。Word（.docx）、能选中文字的 PDF 或文本（.txt），不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = forms.CharField(label=_("或粘贴正文"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    organisation = UnitField(label=_("单位"), help_text=_("简报里的数是哪个单位辖区的。"))
    title = forms.CharField(label=_("标题"), required=False, max_length=200, help_text=_("留空则取正文第一行。"))
    issuer = forms.CharField(label=_("刊发单位"), required=False, max_length=120, help_text=_("留空则为上面的单位。"))
    issued_on = forms.DateField(
        label=_("刊发日期"), required=False, widget=DAY, help_text=_("正文只写“3月16日”“截至目前”时，据此补年份和日期。")
    )

    def clean(self) -> dict[str, Any]:
        """One of file and text; the file opened, so that a refusal stands beside it."""
        given = super().clean() or {}
        upload = given.get("file")
        if isinstance(upload, UploadedFile):
            try:
                source = read_bytes(upload.read())
            except ReadingError as error:
                self.add_error("file", error.sentence)
            else:
                given["text"], given["notes"] = source.text, source.notes
                upload.seek(0)
        elif not given.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", _("请选择文件，或在下面粘贴正文。"))
        return given


class AcceptForm(ActorForm):
    """What figures are taken as. Empty as-of and scope: as they were read."""

    organisation = UnitField(label=_("单位"))
    indicator = forms.ChoiceField(label=_("指标"), required=False, help_text=_("选了指标，采用后即为该指标的一个值。"))
    day = forms.DateField(label=_("截至日期"), required=False, widget=DAY)
    hour = forms.TimeField(
        label=_("截至时刻"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("留空为当日全天。"),
    )
    since = forms.DateField(label=_("起算日"), required=False, widget=DAY, help_text=_("时期数（今年以来、本月）从哪天算起。"))
    scope = forms.CharField(label=_("口径"), required=False, max_length=200, help_text=_("数的是哪些：全区、规模以上工业……"))
    note = forms.CharField(label=_("说明"), required=False, max_length=200, widget=_TEXT)

    def __init__(self, *args: Any, indicators: dict[str, Definition], several: bool, grave: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{one.label}（{one.unit}）") for code, one in indicators.items()]
        choice = self.fields["indicator"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("不归入指标，只作登记")), *named]
        if several:
            del self.fields["indicator"], self.fields["since"]
            self.fields["day"].help_text = self.fields["scope"].help_text = _("留空则各用读出的。")
        self.fields["note"].required = grave
        if grave:
            self.fields["note"].help_text = _("有重要疑点：写明核实情况和采用的理由，说明随数保存。")

    @property
    def as_of(self) -> str:
        """Day and, where given, hour: 2020-03-16T16:00; empty where no day is given."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if not isinstance(day, dt.date):
            return ""
        return f"{day.isoformat()}T{hour:%H:%M}" if isinstance(hour, dt.time) else day.isoformat()


class RejectForm(forms.Form):
    """Why figures are not taken."""

    reason = forms.ChoiceField(label=_("不采用的原因"), choices=Rejection.choices)
    note = forms.CharField(label=_("说明"), required=False, max_length=200, widget=_TEXT)


class CorrectForm(forms.Form):
    """What an accepted figure is to be, and why."""

    value = forms.RegexField(
        r"^\d{1,15}(\.\d{1,6})?$", label=_("更正为"), max_length=24, help_text=_("阿拉伯数字，单位同原来的。")
    )
    scope = forms.CharField(label=_("口径"), required=False, max_length=200, help_text=_("留空则不变。"))
    reason = forms.CharField(label=_("更正原因"), max_length=200, widget=_TEXT)
