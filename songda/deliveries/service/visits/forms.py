"""Shapes of input: a visit, an answer, a contact, a plan and its lines, production."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.visits.actions import Answer, Basis, Call, Line, Made, Plan, Sheet, Wanted
from songda.deliveries.service.visits.states import VisitKind, Way
from songda.kernel.paths import within
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.people.access import posts_visible_to
from songda.registry.people.models import Post
from songda.registry.people.states import Role

OWNERS = ("city", "district", "zone", "street", "department", "task_force")


class Moment(forms.DateTimeInput):
    """A day and an hour, as phones and desks ask for them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Day(forms.DateInput):
    """A day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class VisitForm(forms.Form):
    """A visit to be planned; the firms are chosen before, the wishes beside each."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    purpose = forms.CharField(label=_("目的"), max_length=160, help_text=_("企业会看到，请写清楚为什么来。"))
    kind = forms.ChoiceField(label=_("类型"), choices=VisitKind.choices[:4], initial="routine")
    starts_at = forms.DateTimeField(label=_("时间"), widget=Moment)
    minutes = forms.IntegerField(label=_("预计时长（分钟）"), initial=60, min_value=10, max_value=600)
    places = forms.CharField(
        label=_("其他点位"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("每行一个地点，排在企业之后。")
    )
    attendees = forms.ModelMultipleChoiceField(
        label=_("同行人员"), required=False, queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    mandatory = forms.BooleanField(label=_("依法检查，无须企业同意"), required=False)
    basis = forms.CharField(label=_("法律依据"), max_length=160, required=False)
    extra_reason = forms.CharField(
        label=_("超次理由"), max_length=200, required=False, help_text=_("企业当月已满次数时填写，报统筹调度员批准。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["attendees"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = companions(actor)
        if not field.queryset.exists():
            del self.fields["attendees"]

    def plan(self, firms: Sequence[Wanted]) -> Plan:
        """The form as the verb takes it."""
        given = self.cleaned_data
        places = [Wanted(place=line.strip()) for line in given["places"].splitlines() if line.strip()]
        return Plan(
            purpose=given["purpose"],
            starts_at=given["starts_at"],
            stops=(*firms, *places),
            kind=given["kind"],
            minutes=given["minutes"],
            attendees=[post.pk for post in given.get("attendees", ())],
            mandatory=given["mandatory"],
            basis=given["basis"],
            extra_reason=given["extra_reason"],
        )


def companions(actor: Actor) -> QuerySet[Post]:
    """Who may come along: the present posts of the own unit, and leaders in sight."""
    present = posts_visible_to(actor).filter(ends_on=None).exclude(pk=actor.post_id or 0)
    own = present.filter(organisation_id=actor.organisation_id or 0)
    leaders = present.filter(role__in=(Role.LEADER, Role.DEPARTMENT_LEAD))
    return (own | leaders).select_related("person").order_by("role", "pk")


class AnswerForm(forms.Form):
    """A firm's answer to a slot."""

    reply = forms.ChoiceField(choices=[("accepted", _("同意")), ("declined", _("谢绝")), ("moved", _("另约时间"))])
    note = forms.CharField(max_length=200, required=False)
    proposed_at = forms.DateTimeField(required=False, widget=Moment)
    spoken_by = forms.CharField(max_length=80, required=False)

    def answer(self) -> Answer:
        """The form as the verb takes it."""
        given = self.cleaned_data
        return Answer(given["reply"], given["note"], given["proposed_at"], given["spoken_by"])


class CallForm(forms.Form):
    """A call or a survey, noted before it is made."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    way = forms.ChoiceField(label=_("方式"), choices=[choice for choice in Way.choices if choice[0] in ("call", "survey")])
    purpose = forms.CharField(label=_("目的"), max_length=160)
    on = forms.DateField(label=_("日期"), widget=Day)
    extra_reason = forms.CharField(label=_("超次理由"), max_length=200, required=False)

    def call(self) -> Call:
        """The form as the verb takes it."""
        given = self.cleaned_data
        return Call(given["way"], given["purpose"], given["on"], given["extra_reason"])


class PlanForm(forms.Form):
    """The head of a firm's plan."""

    diagnosis = forms.CharField(label=_("企业现状"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    goals = forms.CharField(label=_("目标"), widget=forms.Textarea(attrs={"rows": 3}))
    review_on = forms.DateField(label=_("复核日期"), widget=Day)

    def sheet(self, lines: BaseFormSet[Any]) -> Sheet:
        """The form and its lines as the verb takes them."""
        given = self.cleaned_data
        rows = [form.line() for form in lines.forms if isinstance(form, LineForm) and form.says_something()]
        return Sheet(given["diagnosis"], given["goals"], given["review_on"], rows)


class LineForm(forms.Form):
    """A measure of the plan. An empty one is no line."""

    case = forms.TypedChoiceField(label=_("难题"), coerce=int, empty_value=None, required=False)
    text = forms.CharField(label=_("措施"), max_length=300, required=False)
    measure = forms.ChoiceField(label=_("对应政策"), required=False)
    owner = forms.TypedChoiceField(label=_("责任单位"), coerce=int, required=False, empty_value=None)
    due_on = forms.DateField(label=_("完成期限"), widget=Day, required=False)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[object, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {str(key): label for key, label in choices["measure"]}
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "—"), *given]

    def says_something(self) -> bool:
        """Whether anything was written into the line."""
        return bool(self.cleaned_data.get("text") or self.cleaned_data.get("measure"))

    def clean(self) -> dict[str, Any]:
        """A line that says something says by whom and until when."""
        given = super().clean() or {}
        if (given.get("text") or given.get("measure")) and not (given.get("owner") and given.get("due_on")):
            raise forms.ValidationError(_("请写明责任单位和完成期限。"))
        return given

    def line(self) -> Line:
        """The form as the verb takes it."""
        given = self.cleaned_data
        text = given["text"] or self.titles.get(given["measure"], "")
        return Line(text, given["owner"], given["due_on"], given["case"], given["measure"])


LineFormSet = formset_factory(LineForm, extra=2, max_num=40)


def line_choices(actor: Actor, cases: QuerySet[Case], measures: Sequence[tuple[str, str]]) -> dict[str, list[tuple[object, str]]]:
    """What a line may choose from."""
    units = Organisation.objects.filter(within(actor.area_paths), kind__in=OWNERS, ends_on=None).order_by("area_path", "code")
    return {
        "case": [(case.pk, f"{case.number} {case.title}") for case in cases],
        "measure": list(measures),
        "owner": [(unit.pk, unit.short_name) for unit in units],
    }


class ProductionForm(forms.Form):
    """A product to be watched."""

    product = forms.CharField(label=_("产品"), max_length=80)
    unit = forms.CharField(label=_("计量单位"), max_length=16, help_text=_("台、吨、万件……产量填整数。"))
    normal = forms.IntegerField(label=_("疫前周产量"), min_value=1)
    capacity = forms.IntegerField(label=_("设计周产能"), min_value=1)

    def basis(self) -> Basis:
        """The form as the verb takes it."""
        given = self.cleaned_data
        return Basis(given["product"], given["unit"], given["normal"], given["capacity"])


class WeekForm(forms.Form):
    """A week's figures."""

    monday = forms.DateField(label=_("周一"), widget=Day)
    planned = forms.IntegerField(label=_("计划产量"), min_value=0)
    actual = forms.IntegerField(label=_("实际产量"), min_value=0, required=False, help_text=_("还没有数据的留空。"))
    bottleneck = forms.CharField(label=_("瓶颈"), max_length=200, required=False, help_text=_("写明后自动登入台账。"))

    def made(self) -> Made:
        """The form as the verb takes it."""
        given = self.cleaned_data
        return Made(given["monday"], given["planned"], given["actual"], given["bottleneck"])


def next_monday(after: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return after - dt.timedelta(days=after.weekday())
