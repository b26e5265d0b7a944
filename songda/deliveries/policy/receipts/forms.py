"""Shapes of input: a delivery to be, a signing, a signed list, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.access import documents_visible_to, measures_visible_to
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.receipts.actions import NewHandout
from songda.deliveries.policy.receipts.queries import Wanted
from songda.deliveries.policy.receipts.states import IN_PERSON
from songda.kernel.screens.widgets import DAY
from songda.ledger.evidence.forms import new_key
from songda.ledger.notices.queries.channels import configured
from songda.registry.actors import Actor
from songda.registry.people.forms.choosing import areas_of
from songda.registry.people.models import Contact
from songda.registry.subjects.models import Subject


class HandoutForm(forms.Form):
    """A delivery to be tried or begun."""

    title = forms.CharField(label=_("名称"), max_length=160)
    documents = forms.ModelMultipleChoiceField(label=_("政策文件"), queryset=Document.objects.none(), required=False)
    versions = forms.ModelMultipleChoiceField(label=_("政策措施"), queryset=MeasureVersion.objects.none(), required=False)
    area = forms.ChoiceField(label=_("送达辖区"))
    kind = forms.ChoiceField(label=_("主体类型"), choices=Subject.Kind.choices)
    rule = forms.CharField(
        label=_("应送达条件"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("如：规模以上 且 行业 属于 {制造业}。留空则为辖区内全部。名单在开始时一次确定，以后登记的企业不计入。"),
    )  # fmt: skip
    due_on = forms.DateField(label=_("应于"), required=False, widget=DAY)
    note = forms.CharField(label=_("说明"), max_length=400, required=False)
    opening_counts = forms.BooleanField(label=_("企业打开通知即视为签收"), required=False)
    request_key = forms.CharField(max_length=48, required=False, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = forms.CheckboxSelectMultiple
        documents = documents_visible_to(actor).order_by("-issued_on", "-id")
        versions = measures_visible_to(actor).filter(state="published").order_by("title", "pk")
        for name, rows in (("documents", documents), ("versions", versions)):
            self.fields[name] = forms.ModelMultipleChoiceField(
                label=self.fields[name].label, queryset=rows, widget=several, required=False
            )
        self.fields["area"] = forms.ChoiceField(label=_("送达辖区"), choices=areas_of(actor))

    def wanted(self) -> NewHandout:
        """A valid form as what the action takes."""
        told = self.cleaned_data
        return NewHandout(
            told["title"], told["area"], told["kind"], told["rule"], [one.pk for one in told["documents"]],
            [one.pk for one in told["versions"]], told["due_on"], told["note"], told["opening_counts"], told["request_key"],
        )  # fmt: skip


class SigningForm(forms.Form):
    """What an officer brings home."""

    method = forms.ChoiceField(
        label=_("送达方式"), choices=[(one.value, one.label) for one in IN_PERSON], initial="visit", widget=forms.RadioSelect
    )
    receiver = forms.CharField(
        label=_("签收人职务"), max_length=40, help_text=_("写职务，不写姓名，如：厂长、办公室主任。"),
    )  # fmt: skip
    at = forms.DateTimeField(
        label=_("签收时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("留空为现在。"),
    )
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class SignedListForm(forms.Form):
    """A signed list brought back."""

    file = forms.FileField(label=_("签收表"), help_text=_("xlsx 或 csv。请先导出名单，填好“签收日期”“签收人职务”后传回。"))


class VoidForm(forms.Form):
    """Why a receipt is void."""

    reason = forms.CharField(label=_("作废理由"), max_length=200)


class TellForm(forms.Form):
    """Through which channels those who have not signed are told."""

    channels = forms.MultipleChoiceField(label=_("渠道"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = set(configured())
        choices = [(code, str(label)) for code, label in Contact.Channel.choices if code in here]
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("渠道"), choices=choices, widget=forms.CheckboxSelectMultiple, initial=["inbox"]
        )


class FilterForm(forms.Form):
    """Filters of a delivery's list; all of them stay in the address."""

    show = forms.ChoiceField(
        label=_("名单"), choices=[("missing", _("未签收")), ("received", _("已签收")), ("all", _("全部"))], required=False
    )
    text = forms.CharField(label=_("企业名称"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    officer = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        """The filters; none of a broken form."""
        told = self.cleaned_data if self.is_valid() else {}
        return Wanted(told.get("show") or "missing", told.get("text") or "", told.get("area") or "", told.get("officer"))
