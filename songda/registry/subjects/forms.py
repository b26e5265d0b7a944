"""Shapes of input: filters of the list, a new subject, a name, a merge, a park."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Alias, Subject
from songda.registry.subjects.rules.industry import SECTIONS

NO_HOME = (Organisation.Kind.DEPARTMENT, Organisation.Kind.TASK_FORCE, Organisation.Kind.PARK)


class FilterForm(forms.Form):
    """Filters; all of them stay in the address."""

    text = forms.CharField(label=_("名称、代码、别名或拼音"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("主体类型"), choices=[("", _("全部")), *Subject.Kind.choices], required=False)
    section = forms.ChoiceField(label=_("行业门类"), choices=[("", _("全部")), *SECTIONS.items()], required=False)
    size = forms.ChoiceField(label=_("企业规模"), required=False)
    above_scale = forms.ChoiceField(
        label=_("规模以上"), choices=[("", _("全部")), ("yes", _("是")), ("no", _("否"))], required=False
    )
    area = forms.ModelChoiceField(
        label=_("所在辖区"), queryset=Organisation.objects.none(), to_field_name="code", required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, actor: Actor, sizes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["size"] = forms.ChoiceField(label=_("企业规模"), choices=[("", _("全部")), *sizes.items()], required=False)
        self.fields["area"] = forms.ModelChoiceField(
            label=_("所在辖区"), queryset=homes_of(actor), to_field_name="code", required=False, empty_label=_("全部")
        )


class SubjectForm(forms.Form):
    """What is said of a new subject."""

    kind = forms.ChoiceField(label=_("主体类型"), choices=Subject.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=160)
    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, help_text=_("企业、个体工商户和合作社填写。")
    )
    local_number = forms.CharField(
        label=_("本地编号"), max_length=40, required=False, help_text=_("没有信用代码的，留空自动编号。")
    )
    home = forms.ModelChoiceField(label=_("所在辖区"), queryset=Organisation.objects.none())
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    founded_on = forms.DateField(label=_("成立日期"), required=False, widget=DAY)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"] = forms.ModelChoiceField(label=_("所在辖区"), queryset=homes_of(actor))


class RenameForm(forms.Form):
    """A new name and since when."""

    name = forms.CharField(label=_("新名称"), max_length=160)
    on = forms.DateField(label=_("变更日期"), widget=DAY)


class AliasForm(forms.Form):
    """Another name people use."""

    name = forms.CharField(label=_("别名"), max_length=160)
    kind = forms.ChoiceField(label=_("类别"), choices=[(Alias.Kind.SHORT, _("简称")), (Alias.Kind.VARIANT, _("别名"))])


class MergeForm(forms.Form):
    """Which row is the same subject, and why."""

    merged = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("理由"), max_length=200)


class ParkForm(forms.Form):
    """A park and since when."""

    park = forms.ModelChoiceField(label=_("园区"), queryset=Organisation.objects.none())
    on = forms.DateField(label=_("入驻日期"), widget=DAY)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parks = visible_to(actor).filter(kind=Organisation.Kind.PARK, ends_on=None)
        self.fields["park"] = forms.ModelChoiceField(label=_("园区"), queryset=parks)


def homes_of(actor: Actor) -> Any:
    """Places in scope that a subject may belong to."""
    return visible_to(actor).filter(ends_on=None).exclude(kind__in=NO_HOME)
