"""Shapes of input for plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.access import documents_visible_to
from songda.deliveries.policy.library.forms import areas_in
from songda.deliveries.policy.library.models import Measure
from songda.deliveries.policy.plans.actions import NewPlan, RowSaid
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.kernel.screens.widgets import DAY
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation


class NewPlanForm(forms.Form):
    """A plan to be drafted by machine from its superior document."""

    title = forms.CharField(label=_("名称"), max_length=160)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = documents_visible_to(actor).order_by("-issued_on", "-pk")
        self.fields["upper"] = forms.ModelChoiceField(
            seen, label=_("上位文件"), help_text=_("逐条生成落实事项；写明举措数的，逐项生成。")
        )
        self.fields["document"] = forms.ModelChoiceField(
            seen, label=_("本方案的文件"), required=False, help_text=_("方案已印发并收文的，可以选取。")
        )
        self.fields["area_path"] = forms.ChoiceField(label=_("适用辖区"), choices=areas_in(actor))

    def new_plan(self, *, demonstration: bool) -> NewPlan:
        """What was typed."""
        told = self.cleaned_data
        return NewPlan(told["title"], told["upper"], told["area_path"], told["document"], demonstration=demonstration)


class RowForm(forms.Form):
    """One row: a unit with a day and the local parameters, or a reason."""

    due_on = forms.DateField(label=_("完成期限"), required=False, widget=DAY)
    ratio = forms.CharField(
        label=_("追加配比"), required=False, max_length=12, help_text=_("如 1:0.5，即上级每补 1 元，本区追加 0.5 元。")
    )
    local = forms.CharField(label=_("本地参数"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    not_applicable = forms.CharField(
        label=_("不适用的理由"), required=False, max_length=200, help_text=_("填写后不指定牵头单位，也不生成任务。")
    )

    def __init__(self, *args: Any, row: PlanRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, own = units_of(row.plan), Measure.objects.filter(versions__area_path__startswith=row.plan.area_path).distinct()
        self.fields["lead"] = forms.ModelChoiceField(units, label=_("牵头单位"), required=False, empty_label=_("未指定"))
        size = forms.SelectMultiple(attrs={"size": 6})
        self.fields["support"] = forms.ModelMultipleChoiceField(units, label=_("配合单位"), required=False, widget=size)
        self.fields["measure"] = forms.ModelChoiceField(own, label=_("本地措施"), required=False, empty_label=_("没有"))
        self.order_fields(("lead", "support", "due_on", "ratio", "local", "measure", "not_applicable"))
        self.initial = {
            "lead": row.lead_id, "support": list(row.support.values_list("pk", flat=True)), "due_on": row.due_on, "ratio": row.ratio,
            "local": row.local, "measure": row.measure_id, "not_applicable": row.not_applicable,
        }  # fmt: skip

    def said(self) -> RowSaid:
        """What was typed."""
        told = self.cleaned_data
        return RowSaid(
            told["lead"].pk if told["lead"] else None,
            tuple(one.pk for one in told["support"]),
            told["due_on"],
            told["ratio"],
            told["local"],
            told["measure"].pk if told["measure"] else None,
            told["not_applicable"],
        )


class WorkbookForm(forms.Form):
    """A filled-in table."""

    file = forms.FileField(
        label=_("方案表"), help_text=_("先下载本方案的表，填好后上传；有一行写不进去，就全部不写入。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip


def units_of(plan: Plan) -> QuerySet[Organisation]:
    """Units of the plan's territory."""
    found = Organisation.objects.filter(area_path__startswith=plan.area_path, ends_on=None)
    return found.exclude(kind__in=("city", "district", "zone")).order_by("code")
