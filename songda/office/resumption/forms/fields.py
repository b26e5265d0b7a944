"""Forms of the room: shapes only; what may be done is checked by the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.office.resumption.queries.gates import terms
from songda.office.resumption.states import Cause, Level, Light, Population, Sort, Variant
from songda.registry.people.forms.choosing import ActorForm, AreaField, FirmField, UnitField
from songda.registry.subjects.models import Subject

LINES = forms.Textarea(attrs={"rows": 2})


def batches() -> list[tuple[str, str]]:
    """The batches of the order in force, with their days."""
    order = terms()
    return [(one.code, f"{one.label}（{one.date.isoformat()} 起）") for one in order.batches] if order else []


class BoardForm(ActorForm):
    """Which territory, whom, by which definition, on which day."""

    area = AreaField(label=_("辖区"))
    population = forms.ChoiceField(label=_("总体"), choices=Population.choices)
    variant = forms.ChoiceField(label=_("口径"), choices=Variant.choices)
    on = forms.DateField(label=_("截至"), widget=DAY)


class EntryForm(ActorForm):
    """A new entry of the negative list."""

    sort = forms.ChoiceField(label=_("条目类别"), choices=Sort.choices)
    industry = forms.CharField(
        label=_("行业代码"), max_length=8, required=False, help_text=_("条目为行业时填写，含其下各级，如 R、87、8760。")
    )
    kind = forms.ChoiceField(label=_("场所类别"), choices=[("", "—"), *Subject.Kind.choices], required=False)
    subject = FirmField(label=_("主体"), required=False)
    area = AreaField(label=_("适用辖区"))
    starts_on = forms.DateField(label=_("自"), widget=DAY)
    document = forms.CharField(label=_("依据文件"), max_length=120)
    reason = forms.CharField(label=_("理由"), max_length=200, widget=LINES)


class LastDayForm(forms.Form):
    """The last day of something, and why."""

    last_day = forms.DateField(label=_("最后一日"), widget=DAY)
    reason = forms.CharField(label=_("理由"), max_length=200, widget=LINES)


class EndForm(forms.Form):
    """The last day of something."""

    last_day = forms.DateField(label=_("最后一日"), widget=DAY)


class LightForm(forms.Form):
    """A control light and why."""

    light = forms.ChoiceField(label=_("防控灯"), choices=Light.choices, help_text=_("红灯会立即签发停工令并通知企业和包联干部。"))
    why = forms.CharField(label=_("原因"), max_length=200, widget=LINES)
    evidence = forms.IntegerField(label=_("凭证序号"), required=False, help_text=_("凭证页地址中的数字；没有可不填。"))


class LiftForm(forms.Form):
    """Lift a stop order: what was found, and the light afterwards."""

    light = forms.ChoiceField(label=_("解除后的防控灯"), choices=[one for one in Light.choices if one[0] != Light.RED])
    reason = forms.CharField(label=_("复查结果"), max_length=200, widget=LINES)


class ExplainForm(forms.Form):
    """Why more people are there than were due."""

    cause = forms.ChoiceField(label=_("原因"), choices=Cause.choices)
    text = forms.CharField(label=_("说明"), max_length=200, widget=LINES)


class FreezeForm(ActorForm):
    """Freeze a denominator."""

    unit = UnitField(label=_("单位"))
    population = forms.ChoiceField(label=_("总体"), choices=Population.choices)
    variant = forms.ChoiceField(label=_("口径"), choices=Variant.choices, initial=Variant.UNLISTED)
    base_on = forms.DateField(label=_("基准日"), widget=DAY)
    reason = forms.CharField(
        label=_("变更原因"), max_length=200, required=False, help_text=_("第一次固定可不填，以后变更必须说明。")
    )


class RiskForm(forms.Form):
    """A risk area."""

    name = forms.CharField(label=_("地区"), max_length=60)
    code = forms.CharField(label=_("行政区划代码"), max_length=6, help_text=_("六位；420000 为全省，420100 为全市。"))
    level = forms.ChoiceField(label=_("风险等级"), choices=Level.choices)
    starts_on = forms.DateField(label=_("自"), widget=DAY)
    days = forms.IntegerField(label=_("隔离天数"), required=False, min_value=0, max_value=60, help_text=_("不填按复工规定。"))
    document = forms.CharField(label=_("依据文件"), max_length=120)


class ArrivalForm(ActorForm):
    """Persons who arrived."""

    subject = FirmField(label=_("用工主体"))
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=2000, initial=1)
    alias = forms.CharField(
        label=_("姓名缩写"), max_length=40, required=False, help_text=_("只填能认出本人的缩写，如“李某”；不填证件号和电话。")
    )
    from_name = forms.CharField(label=_("来自"), max_length=60)
    from_code = forms.CharField(label=_("来自（区划代码）"), max_length=6)
    arrived_on = forms.DateField(label=_("到达日期"), widget=DAY)


class RevealForm(forms.Form):
    """Why a name is looked at."""

    reason = forms.CharField(label=_("查看事由"), max_length=120, help_text=_("查看会留痕。"))


class ApplyForm(ActorForm):
    """An application to resume, filed for a firm."""

    subject = FirmField(label=_("企业或项目"))
    batch = forms.ChoiceField(label=_("复工批次"), choices=batches)
    text = forms.CharField(label=_("防控准备和用工安排"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class OwnApplyForm(forms.Form):
    """An application to resume by the firm itself."""

    batch = forms.ChoiceField(label=_("复工批次"), choices=batches)
    text = forms.CharField(label=_("防控准备和用工安排"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class SheetForm(forms.Form):
    """A sheet of the daily report."""

    on = forms.DateField(label=_("日期"), widget=DAY)
    file = forms.FileField(label=_("日报表"))
