"""A talk at the door, coverage asked for, an article, a letter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.briefings.forms.fields import LONG, ChannelsField, MeasureField
from songda.deliveries.policy.briefings.rules.merging import FIELDS
from songda.deliveries.policy.briefings.states import Audience, Way
from songda.registry.people.forms.choosing import ActorForm, AreaField

BRACED = f"({'、'.join(f'{{{name}}}' for name in FIELDS)})"


class TalkForm(forms.Form):
    """How it was explained, and what was asked."""

    way = forms.ChoiceField(label=_("方式"), choices=Way.choices)
    leader_name = forms.CharField(label=_("带队领导职务"), max_length=80, required=False)
    question = forms.CharField(label=_("企业提问"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    answer = forms.CharField(
        label=_("当场答复"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("没有当场答复的提问自动进入台账。"),
    )


class ConfirmForm(forms.Form):
    """Who signed for the firm."""

    name = forms.CharField(label=_("签字人"), max_length=80)


class SectorForm(ActorForm):
    """Which firms, and which measure (none: all that fit them)."""

    area_path = AreaField(label=_("辖区"))
    rule = forms.CharField(
        label=_("行业或其他条件"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("如：行业 属于 {建筑业}；留空为全部企业。"),
    )
    version = MeasureField(label=_("措施"), required=False, help_text=_("留空为企业符合的全部措施。"))


class InterpretationForm(ActorForm):
    """An article."""

    version = MeasureField(label=_("措施"))
    title = forms.CharField(label=_("标题"), max_length=200)
    body = forms.CharField(
        label=_("正文"), widget=forms.Textarea(attrs={"rows": 14}), help_text=_("一行一段，用企业看得懂的话写。")
    )


class LetterForm(ActorForm):
    """A letter."""

    title = forms.CharField(label=_("标题"), max_length=160)
    audience = forms.ChoiceField(label=_("对象"), choices=Audience.choices)
    version = MeasureField(label=_("措施"), required=False)
    rule = forms.CharField(
        label=_("条件"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("按条件选取时填写。")
    )
    area_path = AreaField(label=_("辖区"))
    body = forms.CharField(label=_("正文"), widget=forms.Textarea(attrs={"rows": 12}), help_text=BRACED)
    signer = forms.CharField(label=_("落款"), max_length=80)
    channels = ChannelsField(label=_("渠道"), required=False, help_text=_("都不选为只打印。"))


class LetterAnswerForm(forms.Form):
    """What the firm said."""

    text = forms.CharField(label=_("回复"), widget=LONG)
    is_question = forms.BooleanField(label=_("这是提问，请转为事项"), required=False)
