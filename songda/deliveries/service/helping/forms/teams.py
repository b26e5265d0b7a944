"""Teams, allocation, stations, coverage."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.forms.fields import TeamField, TeamsField, UnitField
from songda.deliveries.service.helping.queries import HOW, WHAT
from songda.deliveries.service.helping.states import Rank, TeamKind
from songda.kernel.screens.widgets import DAY
from songda.registry.people.forms.choosing import ActorForm, FirmField, PostField


class TeamForm(ActorForm):
    """A new team."""

    kind = forms.ChoiceField(label=_("类型"), choices=TeamKind.choices)
    name = forms.CharField(label=_("名称"), max_length=80)
    purpose = forms.CharField(label=_("任务"), max_length=200, required=False)
    lead = UnitField(label=_("牵头单位"))
    organisation = UnitField(label=_("专班机构"), only="task_force", required=False, empty_label=_("没有，或不适用"))
    leader = PostField(label=_("负责人"))
    leader_rank = forms.ChoiceField(
        label=_("负责人职级"), choices=Rank.choices, initial=Rank.SECTION, help_text=_("服务指导小组须由科级以上干部带队。")
    )


class MemberForm(ActorForm):
    """One more member."""

    post = PostField(label=_("岗位"))
    speciality = forms.CharField(label=_("专长"), max_length=60, required=False)


class ChargeForm(ActorForm):
    """One more subject for a team."""

    subject = FirmField(label=_("企业或项目"))


class DissolveForm(ActorForm):
    """Dissolve and hand over."""

    successor = TeamField(label=_("接续队伍"), required=False, empty_label=_("没有要移交的"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class AllocateForm(ActorForm):
    """Who is shared among which teams, and how."""

    what = forms.ChoiceField(label=_("分包对象"), choices=list(WHAT.items()), initial="projects")
    teams = TeamsField(label=_("队伍"), help_text=_("同一类型的队伍。"))
    how = forms.ChoiceField(
        label=_("分法"),
        choices=[("even", _("均衡：各队数量相差不超过一，尽量不变动")), ("area", _("按辖区：同一街道归同一队"))],
        initial="even",
    )


class CoverageForm(forms.Form):
    """Which population, covered how."""

    what = forms.ChoiceField(label=_("统计口径"), choices=list(WHAT.items()))
    how = forms.ChoiceField(label=_("帮扶方式"), choices=list(HOW.items()))


class StationForm(ActorForm):
    """Send an officer to a firm."""

    subject = FirmField(label=_("企业"))
    post = PostField(label=_("驻企人员"))
    team = TeamField(label=_("所属队伍"), required=False, empty_label=_("不属于队伍"))


class GuidanceForm(forms.Form):
    """What was done at the firm."""

    text = forms.CharField(label=_("指导内容"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    case = forms.IntegerField(label=_("相关事项序号"), required=False, help_text=_("由此登记了事项的，填事项页地址中的序号。"))


class HelpedForm(ActorForm):
    """Which unit, until when."""

    unit = UnitField(label=_("单位"))
    on = forms.DateField(label=_("截至"), widget=DAY)
