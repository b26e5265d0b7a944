"""Forms of handling, closing and rating."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Result
from songda.deliveries.service.demands.forms.step import StepForm
from songda.ledger.cases.actions import Said
from songda.ledger.cases.states import Outcome

OUTCOMES = [(code, label) for code, label in Outcome.choices if code != Outcome.WITHDRAWN]


class ContactForm(StepForm):
    """Whether the firm was reached, and what was said."""

    NOTE = _("联系情况")
    NOTED = True
    HINT = _("何时、以何种方式、与谁联系。")
    reached = forms.TypedChoiceField(
        label=_("是否联系上"),
        choices=[("yes", _("联系上了")), ("no", _("没有联系上"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def take(self, said: Said) -> object:
        """Note it."""
        reached = self.cleaned_data["reached"]
        return actions.contact_firm(self.case.pk, said, reached=reached, by=self.actor, now=self.now)


class ProgressForm(StepForm):
    """One step forward."""

    NOTE = _("进展")
    NOTED = True
    TOLD = _("告知企业（可不填）")
    EVIDENCE = True

    def take(self, said: Said) -> object:
        """Note it."""
        return actions.note_progress(self.case.pk, said, by=self.actor, now=self.now)


class ResumeForm(StepForm):
    """Go on."""

    NOTE = _("说明")

    def take(self, said: Said) -> object:
        """Resume."""
        return actions.resume_demand(self.case.pk, said, by=self.actor, now=self.now)


class AskExtensionForm(StepForm):
    """How many days more, and why."""

    NOTE = _("延期理由")
    NOTED = True
    HINT = _("须在到期前提出；批准后企业能看到理由。")
    days = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=60, initial=3)

    def take(self, said: Said) -> object:
        """Ask."""
        return actions.ask_extension(self.case.pk, self.cleaned_data["days"], said, by=self.actor, now=self.now)


class ResultForm(StepForm):
    """What came of it, with its proof."""

    TOLD = _("告知企业的办理情况")
    EVIDENCE = True
    outcome = forms.ChoiceField(label=_("办理结果"), choices=OUTCOMES, widget=forms.RadioSelect, initial="solved")
    cause = forms.ChoiceField(label=_("问题成因"), required=False, help_text=_("用于归并共性问题、改进政策。"))

    def prepare(self) -> None:
        """Causes from the dictionary."""
        causes = [("", "—"), *queries.choices("problem-causes").items()]
        self.fields["cause"] = forms.ChoiceField(
            label=_("问题成因"), choices=causes, required=False, help_text=_("用于归并共性问题、改进政策。")
        )
        self.fields["told"].required = True
        self.order_fields(["outcome", "told", "cause", "note"])

    def result(self) -> Result:
        """The result as told."""
        return Result(self.cleaned_data["outcome"], self.cleaned_data["cause"])

    def take(self, said: Said) -> object:
        """Report it."""
        return actions.propose_result(self.case.pk, self.result(), said, by=self.actor, now=self.now)


class SpotForm(ResultForm):
    """The same, on the spot."""

    def take(self, said: Said) -> object:
        """Solve it where it was raised."""
        return actions.solve_on_spot(self.case.pk, said, by=self.actor, now=self.now, result=self.result())


class RemindForm(StepForm):
    """Ask the firm once more."""

    TOLD = _("提醒内容")
    NOTE = ""

    def take(self, said: Said) -> object:
        """Remind."""
        return actions.remind_firm(self.case.pk, said, by=self.actor, now=self.now)


class MissForm(StepForm):
    """A return visit that reached nobody."""

    NOTE = _("联系经过")
    NOTED = True
    HINT = _("何时、拨打哪个号码或到访何处。两次联系不上的，记为“联系不上”。")

    def take(self, said: Said) -> object:
        """Note it."""
        return actions.miss_firm(self.case.pk, said, by=self.actor, now=self.now)


class SilenceForm(StepForm):
    """No answer after the reminders."""

    HINT = _("只记为“未答复”或“联系不上”，不计入满意。")

    def take(self, said: Said) -> object:
        """Note the silence."""
        return actions.note_silence(self.case.pk, said, by=self.actor, now=self.now)


class CloseForm(StepForm):
    """Write it off."""

    TOLD = _("告知企业")
    NOTE = _("复核意见")

    def take(self, said: Said) -> object:
        """Close."""
        return actions.close_demand(self.case.pk, said, by=self.actor, now=self.now)


class SendBackForm(StepForm):
    """What is still missing."""

    NOTE = _("还缺什么")
    NOTED = True

    def take(self, said: Said) -> object:
        """Back to work."""
        return actions.send_back(self.case.pk, said, by=self.actor, now=self.now)


class ReopenForm(StepForm):
    """Why again."""

    TOLD = _("告知企业")
    NOTE = _("重新办理的原因")
    NOTED = True

    def take(self, said: Said) -> object:
        """Reopen."""
        return actions.reopen_demand(self.case.pk, said, by=self.actor, now=self.now)


class AppealForm(StepForm):
    """Why the rating is unfair."""

    NOTE = _("申诉理由")
    NOTED = True
    HINT = _("由未参与办理的人复核；成立的，评价不计入统计，记录仍保留。")

    def take(self, said: Said) -> object:
        """Appeal."""
        return actions.appeal_rating(self.case.pk, said, by=self.actor, now=self.now)


class UpholdForm(StepForm):
    """The appeal holds."""

    NOTE = _("复核结论")
    NOTED = True
    UPHELD = True

    def take(self, said: Said) -> object:
        """Decide."""
        return actions.decide_appeal(self.case.pk, said, upheld=self.UPHELD, by=self.actor, now=self.now)


class RejectForm(UpholdForm):
    """The rating stays."""

    UPHELD = False
