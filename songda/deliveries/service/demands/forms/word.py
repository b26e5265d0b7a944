"""Forms of the firm's word: facts first, then a grade. The same questions on the firm's page and on a return visit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands import actions
from songda.deliveries.service.demands.actions import Opinion
from songda.deliveries.service.demands.forms.step import StepForm, Text, area
from songda.ledger.cases.actions import Said
from songda.ledger.cases.states import Grade

FACT = [("yes", _("是")), ("no", _("否"))]


def fact(label: Text) -> forms.TypedChoiceField:
    """A question of fact: yes, no, or not said."""
    return forms.TypedChoiceField(
        label=label,
        choices=FACT,
        required=False,
        empty_value=None,
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
    )


class OpinionForm(StepForm):
    """Contacted? useful? then a grade, and words."""

    NOTE = ""
    TEXT = _("您的意见（可不填）")
    GRADED = True

    def prepare(self) -> None:
        """The questions in their order."""
        self.fields |= {"contacted": fact(_("有人联系过您吗？")), "useful": fact(_("办理结果对您有帮助吗？"))}
        if self.GRADED:
            self.fields["grade"] = forms.ChoiceField(
                label=_("总体评价"), choices=Grade.choices, required=False, widget=forms.RadioSelect(attrs={"class": "in-a-row"})
            )
        self.fields["text"] = forms.CharField(label=self.TEXT, required=False, max_length=400, widget=area(3))

    def opinion(self) -> Opinion:
        """What was said."""
        given = self.cleaned_data
        return Opinion(given["contacted"], given["useful"], given.get("grade", ""), given["text"])


class ConfirmForm(OpinionForm):
    """The firm accepts."""

    def take(self, said: Said) -> object:
        """Confirm."""
        return actions.confirm_result(self.case.pk, self.opinion(), said, by=self.actor, now=self.now)


class ObjectForm(OpinionForm):
    """The firm does not."""

    TEXT = _("哪里还没有解决？")

    def prepare(self) -> None:
        """What is missing must be said."""
        super().prepare()
        self.fields["text"].required = True
        self.order_fields(["text"])

    def take(self, said: Said) -> object:
        """Object."""
        return actions.object_result(self.case.pk, self.opinion(), said, by=self.actor, now=self.now)


class RevisitYesForm(OpinionForm):
    """By return visit: accepted."""

    TEXT = _("企业原话")

    def take(self, said: Said) -> object:
        """Keep it."""
        return actions.revisit_firm(self.case.pk, self.opinion(), said, accepted=True, by=self.actor, now=self.now)


class RevisitNoForm(OpinionForm):
    """By return visit: not accepted."""

    TEXT = _("企业原话：哪里没有解决")

    def prepare(self) -> None:
        """What is missing must be said."""
        super().prepare()
        self.fields["text"].required = True

    def take(self, said: Said) -> object:
        """Keep it."""
        return actions.revisit_firm(self.case.pk, self.opinion(), said, accepted=False, by=self.actor, now=self.now)


class WithdrawForm(StepForm):
    """The firm takes it back."""

    NOTE = _("撤回原因（可不填）")

    def take(self, said: Said) -> object:
        """Withdraw."""
        return actions.withdraw_demand(self.case.pk, said, by=self.actor, now=self.now)
