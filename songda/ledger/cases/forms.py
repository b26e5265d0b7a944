"""Shapes of input: filters of the list, a step, a batch, an old ledger."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from songda.engines.clocks.reading import Lamp
from songda.kernel import clock
from songda.kernel.screens.widgets import DAY
from songda.ledger.cases.models import KindVersion
from songda.ledger.cases.queries.listing import STATES, Wanted
from songda.ledger.cases.queries.words import Labels, labels
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to
from songda.registry.organisations.models import Organisation

ANY = ("", _("全部"))


class FilterForm(forms.Form):
    """Filters; all of them stay in the address. The first row is always shown, `MORE` folds away."""

    text = forms.CharField(label=_("编号、事项或企业"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    open = forms.ChoiceField(
        label=_("范围"), choices=[("yes", _("在办")), ("no", _("已办结")), ("all", _("全部"))], required=False, initial="yes"
    )
    kind = forms.ChoiceField(label=_("类别"), required=False)
    category = forms.ChoiceField(label=_("问题分类"), required=False)
    area = forms.ChoiceField(label=_("辖区"), required=False)
    origin = forms.ChoiceField(label=_("来源"), choices=[ANY, *Origin.choices], required=False)
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    due_from = forms.DateField(label=_("期限起"), required=False, widget=DAY)
    due_to = forms.DateField(label=_("期限止"), required=False, widget=DAY)
    mine = forms.BooleanField(label=_("由我或本单位办理"), required=False)
    held = forms.BooleanField(label=_("由我经办"), required=False)
    stale = forms.BooleanField(label=_("停滞"), required=False)
    lamp = forms.ChoiceField(
        choices=[("", ""), *((one.value, one.value) for one in Lamp if one.value)], required=False, widget=forms.HiddenInput
    )
    state = forms.ChoiceField(choices=[("", ""), *STATES.items()], required=False, widget=forms.HiddenInput)
    lead = forms.IntegerField(required=False, widget=forms.HiddenInput)
    holder = forms.IntegerField(required=False, widget=forms.HiddenInput)

    MORE = ("origin", "channel", "due_from", "due_to", "mine", "held", "stale")

    def __init__(self, *args: Any, actor: Actor, known: Labels | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = known or labels()
        kinds = KindVersion.objects.filter(retired_at=None).order_by("label").values_list("kind__code", "label")
        self._choose("kind", kinds)
        self._choose("category", known.categories.items())
        self._choose("channel", known.channels.items())
        self._choose("area", _areas(actor))
        if actor.subject_id is not None:
            for name in ("area", "origin", "channel", "mine", "held", "stale"):
                del self.fields[name]

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=[ANY, *choices], required=False)

    def wanted(self) -> Wanted:
        """What is asked for; a filter that is not understood does not filter."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return Wanted(**given)

    def shown_first(self) -> list[forms.BoundField]:
        """The fields always in sight."""
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    def shown_more(self) -> list[forms.BoundField]:
        """The fields that fold away."""
        return [field for field in self.visible_fields() if field.name in self.MORE]

    def more_used(self) -> bool:
        """Whether one of those is in use, so that they must be in sight."""
        return any(self.data.get(name) for name in self.MORE)


class StepForm(forms.Form):
    """What goes with a step that asks for nothing special."""

    note = forms.CharField(label=_("内部说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    told = forms.CharField(
        label=_("告知企业"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("企业能看到这段话。"),
    )
    file = forms.FileField(label=_("办理凭证"), required=False, help_text=_("照片、回执、文书。"))
    version = forms.IntegerField(widget=forms.HiddenInput)
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: str, firm: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        if firm:
            del self.fields["told"]
            self.fields["note"].label = _("您的意见")

    def clean(self) -> dict[str, Any]:
        """A progress or a remark that says nothing is no record."""
        given: dict[str, Any] = super().clean() or {}
        if self.step in SAYING and not (given.get("note") or given.get("told")):
            self.add_error("note", _("请写明情况。"))
        return given


SAYING = frozenset({"progress", "remark", "tell", "urge", "report", "send_back", "reject", "uphold", "cancel", "reopen"})


def fresh_keys(version: int) -> dict[str, str]:
    """What makes a form good for one sending, on the case as it is now."""
    return {"version": str(version), "request_key": f"web-{uuid.uuid4().hex}"}


def step_form(version: int, step: str, *, firm: bool) -> StepForm:
    """An empty form for a step, good for one sending."""
    return StepForm(initial=fresh_keys(version), step=step, firm=firm, auto_id=f"{step}-%s")


class BatchForm(forms.Form):
    """One step for the chosen rows."""

    step = forms.ChoiceField(label=_("批量办理"))
    note = forms.CharField(label=_("内部说明"), required=False, max_length=2000)
    told = forms.CharField(label=_("告知企业"), required=False, max_length=2000)
    batch_key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"] = forms.ChoiceField(label=_("批量办理"), choices=steps)


class AlertForm(forms.Form):
    """The answer to an alert."""

    answer = forms.CharField(label=_("答复"), required=False, max_length=400)


class AsOfForm(forms.Form):
    """A moment: a day and, if need be, an hour of it; the day's end without one."""

    on = forms.DateField(label=_("截至日期"), widget=DAY)
    time = forms.TimeField(label=_("时刻"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))

    def moment(self) -> dt.datetime | None:
        """The moment asked for; None where none is."""
        if not self.is_bound or not self.is_valid():
            return None
        on, time = self.cleaned_data["on"], self.cleaned_data["time"]
        return dt.datetime.combine(on, time, clock.place()) if time else clock.start_of(on + dt.timedelta(days=1))


class OldLedgerForm(forms.Form):
    """An old ledger and the kind its rows become."""

    file = forms.FileField(label=_("旧台账"), help_text=_("xlsx 或 csv；表头至少含“企业名称”和“事项”。"))
    kind = forms.ChoiceField(label=_("类别"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = KindVersion.objects.filter(retired_at=None, machine="demand").order_by("label")
        self.fields["kind"] = forms.ChoiceField(label=_("类别"), choices=list(kinds.values_list("kind__code", "label")))


def wanted_of(query: str, actor: Actor) -> Wanted:
    """The filters of a kept query."""
    return FilterForm(QueryDict(query), actor=actor).wanted()


def _areas(actor: Actor) -> list[tuple[str, str]]:
    places = visible_to(actor).filter(ends_on=None).exclude(kind__in=(Organisation.Kind.DEPARTMENT, Organisation.Kind.TASK_FORCE))
    inside = [(path, name) for path, name in places.values_list("area_path", "short_name") if actor.works_in(path)]
    return sorted(inside)
