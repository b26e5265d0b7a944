"""Shapes of input: files with what is said of them, a part of any form; filters of the list; a reason."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from songda.ledger.evidence.actions import Given, Offer
from songda.ledger.evidence.models import Evidence
from songda.ledger.evidence.rules.files import KINDS

TAKEN = ",".join([*KINDS, *(f".{suffix}" for kind in KINDS.values() for suffix in kind.suffixes)])
MOST_FILES = 9


def new_key() -> str:
    """A request key for a form that is about to be shown."""
    return uuid.uuid4().hex


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; a list of uploads."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself; none where none is asked for."""
        several = [one for one in data or [] if one] if isinstance(data, list | tuple) else [data] if data else []
        if not several:
            return [] if not self.required else super().clean(None, initial)
        if len(several) > MOST_FILES:
            raise forms.ValidationError(_("一次最多上传 %(n)d 个文件。"), params={"n": MOST_FILES})
        return [super(FilesField, self).clean(one, initial) for one in several]


class EvidenceForm(forms.Form):
    """Files and photographs laid to something 凭证. Show it with `evidence/upload_fields.html`; `offers` is what to store.

    The phone's camera has a field of its own beside the one for files. `latitude` and `longitude` are filled by the browser when the
    giver presses the button.
    """

    attached = FilesField(
        label=_("文件"), required=False, widget=Files(attrs={"accept": TAKEN}),
        help_text=_("照片（JPG、PNG、WebP）、PDF、DOCX、XLSX、TXT，每个不超过 20 MB，一次最多 9 个。"),
    )  # fmt: skip
    camera = FilesField(
        label=_("拍照"), required=False, widget=Files(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )  # fmt: skip
    evidence_kind = forms.ChoiceField(label=_("凭证种类"), choices=Evidence.Kind.choices, initial=Evidence.Kind.PHOTO)
    evidence_note = forms.CharField(label=_("凭证说明"), max_length=200, required=False)
    read_photo = forms.BooleanField(
        label=_("保留照片自带的拍摄时间和位置"),
        required=False,
        help_text=_("不勾选时，入库前即从照片中删除。企业看到的照片一律不带。"),
    )
    office_only = forms.BooleanField(label=_("仅机关内部可见"), required=False)
    latitude = forms.IntegerField(required=False, min_value=-90_000_000, max_value=90_000_000, widget=forms.HiddenInput)
    longitude = forms.IntegerField(required=False, min_value=-180_000_000, max_value=180_000_000, widget=forms.HiddenInput)
    evidence_key = forms.CharField(max_length=48, required=False, initial=new_key, widget=forms.HiddenInput)

    def offers(self, *, subject_id: int | None, area_path: str = "") -> list[Offer]:
        """The files of a valid form, for `actions.store_several`. Each has its own request key, made from the form's."""
        told = self.cleaned_data
        latitude, longitude = told["latitude"], told["longitude"]
        uploads: list[UploadedFile[Any]] = [*told["attached"], *told["camera"]]
        return [
            Offer(
                upload,
                upload.name or "",
                told["evidence_kind"],
                Given(
                    subject_id=subject_id,
                    area_path=area_path,
                    note=told["evidence_note"],
                    place=None if latitude is None or longitude is None else (latitude, longitude),
                    office_only=told["office_only"],
                    read_photo=told["read_photo"],
                    request_key=f"{told['evidence_key']}-{number}" if told["evidence_key"] else "",
                ),
            )
            for number, upload in enumerate(uploads)
        ]


class FilterForm(forms.Form):
    """Filters of the list; all of them stay in the address."""

    text = forms.CharField(label=_("文件名"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *Evidence.Kind.choices], required=False)
    damaged = forms.BooleanField(label=_("只看已损坏"), required=False)


class ReasonForm(forms.Form):
    """Why something is set aside."""

    reason = forms.CharField(label=_("作废理由"), max_length=200)
