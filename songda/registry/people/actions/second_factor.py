"""The second factor: set up by its owner, asked at sign-in, taken away by the security administrator when the telephone is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from songda.kernel import sealing
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.actors import Actor
from songda.registry.people.access import account_for
from songda.registry.people.actions.open_account import must_edit_people, shut
from songda.registry.people.models import Account, SecondFactor
from songda.registry.people.queries import SESSION_SECOND, bearer_of
from songda.registry.people.rules.second_factor import (
    LOCKED_FOR,
    TRIES,
    is_recovery_code,
    new_recovery_codes,
    new_secret,
    plain_code,
    step_of,
)

SALT = "songda.second-factor"


@dataclass(frozen=True, slots=True)
class Begun:
    """A second factor to be confirmed: the secret, shown to its owner alone."""

    factor: SecondFactor
    secret: str


@transaction.atomic
def begin_second_factor(account: Account, *, now: dt.datetime) -> Begun:
    """Begin, or go on with one that was begun and not confirmed. Conflict where one is in use."""
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is not None and factor.confirmed_at is not None:
        raise Conflict(_("已经启用第二因素。"), advice=_("更换手机请先由安全管理员解除。"))
    if factor is None:
        factor = SecondFactor.objects.create(account=account, secret=sealed(new_secret()), begun_at=now)
        record("account.begin_second_factor", account, by=bearer_of(account), now=now)
    return Begun(factor, opened(factor.secret))


@transaction.atomic
def confirm_second_factor(request: HttpRequest, account: Account, code: str, *, now: dt.datetime) -> tuple[str, ...]:
    """Put it in use with a first code from the telephone; returns the recovery codes, which are shown this once."""
    factor = begin_second_factor(account, now=now).factor
    step = step_of(opened(factor.secret), code, now, factor.last_step)
    if step is None:
        raise Invalid(
            _("动态码不正确。"), advice=_("请确认手机时间准确，再输入当前的 6 位数字。"), fields={"code": _("不正确。")}
        )
    codes = new_recovery_codes()
    factor.last_step, factor.confirmed_at = step, now
    factor.recovery = [digest(code) for code in codes]
    factor.save(update_fields=["last_step", "confirmed_at", "recovery"])
    request.session.pop(SESSION_SECOND, None)
    record("account.confirm_second_factor", account, by=bearer_of(account), now=now)
    return codes


def pass_second_factor(request: HttpRequest, account: Account, code: str, *, now: dt.datetime) -> None:
    """Let a session in that has shown its password. Each code opens once; five wrong ones end the session for half an hour."""
    with transaction.atomic():
        let_in = _tried(account, code, now)
    if not let_in:
        if is_locked(SecondFactor.objects.get(account=account), now):
            logout(request)
            raise NotPermitted(
                _("动态码连续 %(n)d 次不正确，已锁定半小时。") % {"n": TRIES}, advice=_("请稍后重新登录，或联系安全管理员。")
            )
        raise Invalid(_("动态码不正确，或已经用过。"), advice=_("请等待下一个动态码。"), fields={"code": _("不正确。")})
    request.session.pop(SESSION_SECOND, None)
    request.session.cycle_key()


@transaction.atomic
def remove_second_factor(account_id: int, *, by: Actor, now: dt.datetime) -> Account:
    """Take it away 解除: the telephone is lost. Open sessions end; who must have one sets it up anew at the next sign-in."""
    must_edit_people(by)
    account = account_for(account_id, by)
    if account.person_id == by.person_id:
        raise NotPermitted(_("不能解除自己的第二因素。"), advice=_("请由另一位安全管理员办理。"))
    removed, _kinds = SecondFactor.objects.filter(account=account).delete()
    if not removed:
        raise Conflict(_("此账号没有启用第二因素。"))
    record("account.remove_second_factor", account, by=by, now=now, after={"sessions_ended": shut(account)})
    return account


def _tried(account: Account, code: str, now: dt.datetime) -> bool:
    """Whether the code is good; wrong ones are counted. The row is read under the writer's lock by its first change."""
    SecondFactor.objects.filter(account=account).update(tried_at=now)
    factor = SecondFactor.objects.get(account=account)
    good = not is_locked(factor, now) and _used_up(factor, code, now)
    if not is_locked(factor, now):
        factor.failures = 0 if good else factor.failures + 1
        factor.locked_until = now + LOCKED_FOR if factor.failures >= TRIES else None
        factor.failures %= TRIES
    factor.save(update_fields=["last_step", "recovery", "failures", "locked_until"])
    said = "account.pass_second_factor" if good else "account.refuse_second_factor"
    record(said, account, by=bearer_of(account), now=now, after={"codes_left": len(factor.recovery)})
    return good


def is_locked(factor: SecondFactor, now: dt.datetime) -> bool:
    """Whether wrong codes have locked it."""
    return factor.locked_until is not None and factor.locked_until > now


def _used_up(factor: SecondFactor, code: str, now: dt.datetime) -> bool:
    """Whether the code is good; then it is good no more."""
    if is_recovery_code(code):
        kept, used = len(factor.recovery), digest(code)
        factor.recovery = [one for one in factor.recovery if one != used]
        return len(factor.recovery) < kept
    step = step_of(opened(factor.secret), code, now, factor.last_step)
    factor.last_step = step or factor.last_step
    return step is not None


def sealed(secret: str) -> str:
    """A secret as it is kept: encrypted with a key made of the installation's."""
    return sealing.sealed(secret, SALT)


def opened(kept: str) -> str:
    """A kept secret; Conflict where the installation's key is another one now."""
    try:
        return sealing.opened(kept, SALT)
    except Conflict as error:
        raise Conflict(_("系统密钥已更换，第二因素无法核对。"), advice=_("请由安全管理员解除后重新启用。")) from error


def digest(code: str) -> str:
    """A recovery code as it is kept."""
    return salted_hmac(SALT, plain_code(code), algorithm="sha256").hexdigest()
