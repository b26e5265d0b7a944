"""A new document, its text, its digest, what is handed on, the push, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.states import Level
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.watch.forms.fields import LONG
from songda.deliveries.policy.watch.states import Source, TaskKind
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import SUFFIXES, read_bytes
from songda.kernel.screens.widgets import DAY
from songda.registry.actors import Actor
from songda.registry.people.forms.choosing import ActorForm, PostField, UnitField, areas_of

OnePush = forms.ModelChoiceField[Push] if TYPE_CHECKING else forms.ModelChoiceField


class ArrivalForm(ActorForm):
    """A document as it comes in."""

    title = forms.CharField(label=_("文件名称"), max_length=300)
    number = forms.CharField(label=_("发文字号"), max_length=80, required=False)
    issuer = forms.CharField(label=_("发文机关"), max_length=160)
    source = forms.ChoiceField(label=_("来源"), choices=Source.choices)
    link = forms.URLField(label=_("原文链接"), max_length=400, required=False, assume_scheme="https")
    issued_on = forms.DateField(label=_("发文日期"), widget=DAY, required=False)
    received_on = forms.DateField(label=_("收到日期"), widget=DAY, help_text=_("时限从这一天起算。"))
    area_path = forms.ChoiceField(label=_("适用辖区"))
    owner = PostField(label=_("责任人"), required=False, help_text=_("留空为您本人。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["area_path"] = forms.ChoiceField(label=_("适用辖区"), choices=areas_of(actor))


class TextForm(forms.Form):
    """The words of the document: a file or pasted."""

    file = forms.FileField(
        label=_("文件"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text=_("Word（.docx）、能选中文字的 PDF、网页、OFD 或文本。"),
    )  # fmt: skip
    text = forms.CharField(label=_("或粘贴正文"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    level = forms.ChoiceField(label=_("层级"), choices=Level.choices, initial=Level.CITY)

    def clean(self) -> dict[str, Any]:
        """One of file and text; the file opened, so that a refusal stands beside it."""
        given: dict[str, Any] = super().clean() or {}
        upload = given.get("file")
        if isinstance(upload, UploadedFile):
            try:
                source = read_bytes(upload.read())
            except ReadingError as error:
                self.add_error("file", f"{error.message}{error.advice}")
            else:
                given |= {"text": source.text, "notes": source.notes, "file_name": upload.name or ""}
        elif not given.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", _("请选择文件，或在下面粘贴正文。"))
        return given


class DigestForm(ActorForm):
    """The digest, and whom it is handed on to."""

    whats_new = forms.CharField(label=_("新在哪里"), widget=LONG)
    who_benefits = forms.CharField(label=_("谁能受益"), widget=LONG)
    how_to_apply = forms.CharField(label=_("怎么办理"), widget=LONG)
    push = UnitField(label=_("交办推送"), required=False, help_text=_("选了单位即生成任务，进入台账。"))
    decompose = UnitField(label=_("交办分解落实"), required=False)


class HandOnForm(ActorForm):
    """One more task."""

    kind = forms.ChoiceField(label=_("任务"), choices=TaskKind.choices)
    unit = UnitField(label=_("承办单位"))


class PushedForm(forms.Form):
    """Which push told of the document."""

    note = forms.CharField(label=_("说明"), max_length=200, required=False, help_text=_("推送内容不是这份文件的措施时必填。"))

    def __init__(self, *args: Any, pushes: QuerySet[Push], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["push"] = OnePush(queryset=pushes, label=_("推送"))
        self.order_fields(["push", "note"])


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)
