"""Forms of the dispatcher and of ownership."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Assignees
from songda.deliveries.service.demands.forms.step import StepForm, choose_post, choose_unit, filling, number
from songda.kernel import clock
from songda.kernel.screens.widgets import DAY
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case


class AssignForm(StepForm):
    """Lead, holder, support; begun from the suggestion."""

    TOLD = _("告知企业")
    NOTE = _("分办说明")

    def prepare(self) -> None:
        """Units in sight, the suggested ones chosen."""
        self.suggestion = queries.suggest(self.case, on=clock.day_of(self.now))
        units = list(queries.units_for(self.actor))
        lead, holder = self.suggestion.lead, self.suggestion.holder
        chosen = number(self.data.get("lead")) if self.is_bound else lead.pk if lead else None
        self.fields = {
            "lead": filling(choose_unit(_("牵头单位"), units), "/demands/holders/"),
            "holder": choose_post(_("经办人"), chosen, _("括号内为目前在办件数。")),
            "support": choose_unit(_("协办单位"), units, several=True),
            **self.fields,
        }
        self.initial.update(
            {
                "lead": lead.pk if lead else "",
                "holder": holder.pk if holder else "",
                "support": [one.pk for one in self.suggestion.support],
                "note": self.suggestion.reason,
            }
        )

    def take(self, said: Said) -> object:
        """Ask the units."""
        given = self.cleaned_data
        support = tuple(int(one) for one in given["support"])
        to = Assignees(int(given["lead"]), number(given["holder"]), support)
        return actions.assign_demand(self.case.pk, to, said, by=self.actor, now=self.now)


class DeclineForm(StepForm):
    """Which of the published reasons, and where else the firm can turn."""

    TOLD = _("补充说明")
    HINT = ""
    reason = forms.ChoiceField(label=_("不予受理的情形"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        """The published list."""
        self.fields["reason"] = forms.ChoiceField(
            label=_("不予受理的情形"), choices=list(queries.choices("not-accepted").items()), widget=forms.RadioSelect
        )
        self.fields["told"].help_text = _("企业会看到所选情形和这段话；请写明可以向哪里反映。")
        self.order_fields(["reason", "told", "note"])

    def take(self, said: Said) -> object:
        """Do not accept."""
        return actions.decline_demand(self.case.pk, self.cleaned_data["reason"], said, by=self.actor, now=self.now)


class TakeForm(StepForm):
    """Take on."""

    TOLD = _("告知企业")
    NOTE = ""

    def take(self, said: Said) -> object:
        """Take it."""
        return actions.take_demand(self.case.pk, said, by=self.actor, now=self.now)


class DisputeForm(StepForm):
    """Why it is not ours, and whose it is."""

    NOTE = _("退单依据")
    NOTED = True
    HINT = _("写明不属于本单位职责的依据。权属由统筹调度员裁定，裁定后不能再退。")

    def prepare(self) -> None:
        """Units that work for the place."""
        self.fields["suggested"] = choose_unit(_("建议由谁承办"), list(queries.units_near(self.case.area_path)))
        self.fields["suggested"].required = False

    def take(self, said: Said) -> object:
        """Refuse."""
        suggested = number(self.cleaned_data["suggested"])
        return actions.dispute_demand(self.case.pk, said, by=self.actor, now=self.now, suggested_id=suggested)


class DecideForm(StepForm):
    """Whose it is, for good."""

    TOLD = _("告知企业")
    NOTE = _("裁定理由")
    NOTED = True

    def prepare(self) -> None:
        """Units in sight; the one that who refused suggested is chosen."""
        asked = queries.latest(self.case, ("dispute",))
        self.asked = asked
        self.fields = {"lead": choose_unit(_("由谁承办"), list(queries.units_for(self.actor))), **self.fields}
        self.initial["lead"] = asked.used.get("suggested") or "" if asked else ""

    def take(self, said: Said) -> object:
        """Decide."""
        return actions.decide_demand(self.case.pk, int(self.cleaned_data["lead"]), said, by=self.actor, now=self.now)


class HandOverForm(StepForm):
    """To whom, and why."""

    NOTE = _("移交原因")
    NOTED = True
    HINT = _("对方接受之前，事项仍由您负责。")

    def prepare(self) -> None:
        """Units that work for the place."""
        unit = number(self.data.get("organisation")) if self.is_bound else None
        self.fields = {
            "organisation": filling(choose_unit(_("移交给"), list(queries.units_near(self.case.area_path))), "/demands/posts/"),
            "holder": choose_post(_("指定岗位（可不选）"), unit),
            **self.fields,
        }

    def take(self, said: Said) -> object:
        """Ask."""
        given = self.cleaned_data
        unit, post = int(given["organisation"]), number(given["holder"])
        return actions.hand_over(self.case.pk, unit, said, by=self.actor, now=self.now, post_id=post)


class AcceptForm(StepForm):
    """Accept what was handed over."""

    TOLD = _("告知企业")

    def take(self, said: Said) -> object:
        """Accept."""
        return actions.accept_hand_over(self.case.pk, said, by=self.actor, now=self.now)


class RefuseOverForm(StepForm):
    """Do not accept."""

    NOTE = _("不接受的理由")
    NOTED = True

    def take(self, said: Said) -> object:
        """Refuse."""
        return actions.refuse_hand_over(self.case.pk, said, by=self.actor, now=self.now)


class SupportForm(StepForm):
    """Which units, for what."""

    NOTE = _("需要协办单位做什么")
    NOTED = True

    def prepare(self) -> None:
        """Units that work for the place."""
        self.fields = {
            "units": choose_unit(_("协办单位"), list(queries.units_near(self.case.area_path)), several=True),
            **self.fields,
        }

    def take(self, said: Said) -> object:
        """Ask them."""
        units = [int(one) for one in self.cleaned_data["units"]]
        return actions.ask_support(self.case.pk, units, said, by=self.actor, now=self.now)


class AnswerSupportForm(StepForm):
    """A supporter's answer."""

    NOTE = _("情况说明")
    HINT = _("退回或办结须说明。")
    answer = forms.ChoiceField(
        label=_("答复"),
        choices=[("accepted", _("接受协办")), ("done", _("协办部分已办结")), ("refused", _("退回"))],
        widget=forms.RadioSelect,
    )

    def take(self, said: Said) -> object:
        """Answer."""
        return actions.answer_support(self.case.pk, self.cleaned_data["answer"], said, by=self.actor, now=self.now)


class ReplaceForm(StepForm):
    """Another holder of the same unit."""

    NOTE = _("更换原因")
    NOTED = True

    def prepare(self) -> None:
        """The unit's posts with their load."""
        self.fields = {"holder": choose_post(_("改由谁经办"), self.case.lead_id), **self.fields}
        self.fields["holder"].required = True

    def take(self, said: Said) -> object:
        """Replace."""
        return actions.replace_holder(self.case.pk, int(self.cleaned_data["holder"]), said, by=self.actor, now=self.now)


class ReclassifyForm(StepForm):
    """Another class, and why."""

    NOTE = _("调整理由")
    NOTED = True
    difficulty = forms.ChoiceField(label=_("难度"), choices=Case.Difficulty.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """The class as it is."""
        self.initial["difficulty"] = self.case.difficulty

    def take(self, said: Said) -> object:
        """Change it."""
        return actions.reclassify_demand(self.case.pk, self.cleaned_data["difficulty"], said, by=self.actor, now=self.now)


class FixForm(StepForm):
    """By when."""

    NOTE = _("依据")
    NOTED = True
    due = forms.DateTimeField(label=_("限期"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def take(self, said: Said) -> object:
        """Fix it."""
        return actions.fix_deadline(self.case.pk, self.cleaned_data["due"], said, by=self.actor, now=self.now)


class ExtendForm(StepForm):
    """Grant more time."""

    TOLD = _("告知企业")
    NOTE = _("审批意见")

    def prepare(self) -> None:
        """What was asked."""
        self.asked = queries.extension_asked(self.case)
        self.fields["told"].help_text = _("不填写时，企业看到的是申请理由和延长的天数。")

    def take(self, said: Said) -> object:
        """Extend."""
        return actions.decide_extension(self.case.pk, said, granted=True, by=self.actor, now=self.now)


class RefuseExtensionForm(StepForm):
    """Do not grant it."""

    NOTE = _("不同意的理由")
    NOTED = True

    def prepare(self) -> None:
        """What was asked."""
        self.asked = queries.extension_asked(self.case)

    def take(self, said: Said) -> object:
        """Refuse."""
        return actions.decide_extension(self.case.pk, said, granted=False, by=self.actor, now=self.now)


class PauseForm(StepForm):
    """What the firm owes, until when."""

    TOLD = _("需要企业补充什么")
    NOTE = ""
    until = forms.DateField(label=_("等到哪一天"), widget=DAY)

    def prepare(self) -> None:
        """A week from now."""
        self.initial["until"] = clock.day_of(self.now) + dt.timedelta(days=7)

    def take(self, said: Said) -> object:
        """Pause."""
        return actions.pause_demand(self.case.pk, self.cleaned_data["until"], said, by=self.actor, now=self.now)
