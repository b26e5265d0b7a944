"""Shapes of input: coming in, a new password, a new account, a new post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.registry.actors import Actor
from songda.registry.organisations.access import visible_to as organisations_visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.people.queries import deputies_for
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import Role


def secret(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """A password field: never trimmed, never shown again."""
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}), **more)


class SignInForm(forms.Form):
    """Login name and password."""

    username = forms.CharField(
        label=_("登录名"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = secret(_("口令"), "current-password")


class PasswordForm(forms.Form):
    """The old password and, twice, the new one."""

    old = secret(_("原口令"), "current-password")
    password = secret(
        _("新口令"),
        "new-password",
        help_text=_("至少 10 个字符，含大写、小写、数字、符号中的三类；不得包含登录名，不得与最近 5 次相同。"),
    )
    again = secret(_("再输一遍新口令"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Both new ones alike."""
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("两次输入的新口令不一致。"))
        return given


class CodeForm(forms.Form):
    """Six digits from the telephone, or a recovery code."""

    code = forms.CharField(
        label=_("动态码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class AccountForm(forms.Form):
    """A new person's name and login name."""

    name = forms.CharField(label=_("姓名"), max_length=80)
    username = forms.CharField(label=_("登录名"), max_length=80, help_text=_("建议用工号或手机号；不可重复。"))


class LastDayForm(forms.Form):
    """The day on which an account ends."""

    ends_on = forms.DateField(
        label=_("到期日"), required=False, widget=DAY, help_text=_("当日起不能登录；借调、实习等请填，长期使用的留空。")
    )


class PostForm(forms.Form):
    """A post at an organisation in sight. Posts at a firm come by the firm's own way in."""

    role = forms.ChoiceField(label=_("角色"))
    organisation = forms.ModelChoiceField(label=_("机构"), queryset=Organisation.objects.none())
    title = forms.CharField(label=_("职务"), max_length=80, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in Role if role not in FIRM_ROLES]
        self.fields["role"] = forms.ChoiceField(label=_("角色"), choices=roles)
        units = organisations_visible_to(actor).filter(ends_on=None)
        self.fields["organisation"] = forms.ModelChoiceField(label=_("机构"), queryset=units)
        self.order_fields(["role", "organisation", "title"])


class LeaveForm(forms.Form):
    """Days away, and who stands in."""

    first = forms.DateField(label=_("从"), widget=DAY)
    last = forms.DateField(label=_("到（含当日）"), widget=DAY)
    deputy = forms.ChoiceField(label=_("代理人"), required=False)
    reason = forms.CharField(label=_("事由"), required=False, max_length=120)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), f"{one.person.name}（{one.place}）") for one in deputies_for(post)]
        self.fields["deputy"] = forms.ChoiceField(
            label=_("代理人"),
            choices=[("", _("暂不指定")), *named],
            required=False,
            help_text=_("同一辖区、同一角色。不指定的，统筹调度员会收到提醒。"),
        )
