"""Shapes of input: which measures or texts, to whom, where, through which channels; cuts of the coverage; a batch of firms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.access import documents_visible_to, measures_visible_to
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.push.queries import Cut
from songda.deliveries.policy.push.rules.wanted import Wanted
from songda.kernel.screens.widgets import DAY
from songda.kernel.whole import whole_number
from songda.ledger.evidence.forms import new_key
from songda.ledger.notices.queries.channels import configured
from songda.registry.actors import Actor
from songda.registry.people.forms.choosing import areas_of
from songda.registry.people.models import Contact
from songda.registry.subjects.models import Subject

SEVERAL = forms.CheckboxSelectMultiple(attrs={"class": "long-choice"})


class PushForm(forms.Form):
    """A push to be tried or sent: measures, or documents, or the words of an announcement."""

    version = forms.ModelMultipleChoiceField(label=_("措施"), queryset=MeasureVersion.objects.none(), required=False)
    document = forms.ModelMultipleChoiceField(label=_("或：政策文件"), queryset=Document.objects.none(), required=False)
    title = forms.CharField(label=_("标题"), max_length=160, required=False, help_text=_("推送措施或文件时可留空。"))
    text = forms.CharField(
        label=_("或：通知内容"), max_length=360, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只在不选措施时使用；选了文件时作为附言。"),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("推送辖区"))
    rule = forms.CharField(
        label=_("补充条件"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("如：行业 属于 {制造业} 且 企业规模 属于 {小型；微型}。推送措施时在符合的企业里再筛选；推送文件、通知时就是受众。"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("主体类型"), choices=[("", _("全部")), *Subject.Kind.choices], required=False, initial="enterprise",
        help_text=_("只用于文件和通知。"),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(label=_("渠道"), widget=forms.CheckboxSelectMultiple)
    urgent = forms.BooleanField(
        label=_("紧急"),
        required=False,
        help_text=_("排在批量消息之前，不受免打扰和每周次数限制，也发给已退订的联系人；留痕备查。"),
    )
    urgent_reason = forms.CharField(label=_("紧急理由"), max_length=200, required=False)
    request_key = forms.CharField(max_length=48, required=False, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = documents_visible_to(actor).order_by("-issued_on", "-id")
        for name, rows in (("version", pushable(actor)), ("document", documents)):
            label = self.fields[name].label
            self.fields[name] = forms.ModelMultipleChoiceField(label=label, queryset=rows, widget=SEVERAL, required=False)
        self.fields["area"] = forms.ChoiceField(label=_("推送辖区"), choices=areas_of(actor))
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("渠道"), choices=channels_here(), widget=forms.CheckboxSelectMultiple
        )

    def wanted(self) -> Wanted:
        """A valid form as what the action takes."""
        told = self.cleaned_data
        versions = tuple(one.pk for one in told["version"])
        return Wanted(
            told["area"], tuple(told["channels"]), versions, () if versions else tuple(one.pk for one in told["document"]),
            told["title"], told["text"], told["rule"], "" if versions else told["kind"], told["urgent"], told["urgent_reason"],
            told["request_key"],
        )  # fmt: skip


class CutForm(forms.Form):
    """A cut of the coverage; all of it stays in the address."""

    measure = forms.ModelChoiceField(
        label=_("措施"), queryset=MeasureVersion.objects.none(), required=False, empty_label=_("全部")
    )
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    day = forms.DateField(label=_("发出日期"), required=False, widget=DAY)
    area = forms.ChoiceField(label=_("辖区"), required=False)
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    push = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = measures_visible_to(actor).filter(state__in=("published", "superseded")).order_by("title", "pk")
        self.fields["measure"] = forms.ModelChoiceField(label=_("措施"), queryset=rows, required=False, empty_label=_("全部"))
        self.fields["channel"] = forms.ChoiceField(
            label=_("渠道"), choices=[("", _("全部")), *Contact.Channel.choices], required=False
        )
        areas = [("", _("全部")), *areas_of(actor)]
        alone = [(f"={path}", _("%(area)s（不在街道）") % {"area": str(name).strip()}) for path, name in areas if path]
        asked = str(self.data.get("area", ""))
        areas += [choice for choice in alone if choice[0] == asked]
        self.fields["area"] = forms.ChoiceField(label=_("辖区"), choices=areas, required=False)

    def cut(self) -> Cut:
        """The cut; the whole of a broken form."""
        told = self.cleaned_data if self.is_valid() else {}
        measure, day = told.get("measure"), told.get("day")
        return Cut(
            measure.pk if measure else None, told.get("channel") or "", day if isinstance(day, dt.date) else None,
            told.get("area") or "", told.get("unit"), told.get("push"),
        )  # fmt: skip


class BatchForm(forms.Form):
    """Firms chosen from a list, and the channels to send through where it is about sending."""

    subject = forms.TypedMultipleChoiceField(coerce=int, required=False)
    channels = forms.MultipleChoiceField(label=_("渠道"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("subject") if hasattr(self.data, "getlist") else []
        numbers = [(one, one) for one in given if whole_number(one) is not None]
        self.fields["subject"] = forms.TypedMultipleChoiceField(coerce=int, choices=numbers, required=False)
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("渠道"), choices=channels_here(), required=False, widget=forms.CheckboxSelectMultiple
        )


def pushable(actor: Actor) -> QuerySet[MeasureVersion]:
    """Published measures with a rule that reach the actor's areas."""
    return measures_visible_to(actor).filter(state="published").exclude(rule_version=None).order_by("title", "pk")


def channels_here() -> list[tuple[str, str]]:
    """Channels configured in this installation, by their names."""
    here = set(configured())
    return [(code, str(label)) for code, label in Contact.Channel.choices if code in here]
