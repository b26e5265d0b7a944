"""What happens around every call: who calls, how often it may, and that a write is done once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.api.doors import KEY
from songda.kernel.errors import Invalid, Refused, SongdaError, TooMany
from songda.portal.faults import told_to_program
from songda.registry.programs import actions, rules
from songda.registry.programs.queries import Caller

Run = Callable[..., HttpResponse]
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST: Final = 1024 * 1024  # bytes of a body
KEY_FORM: Final = re.compile(r"[!-~]{8,255}")
RETRY_AFTER: Final = 2  # seconds after which a write that is under way may be asked for again


class TooLarge(Refused):
    """More than a call may bring."""

    code = "too_large"
    http = 413


def entrance(run: Run) -> Run:
    """Round an operation: let the caller in or refuse it, count the call, do a write once."""

    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        now = clock.now()
        told: dict[str, str] = {}
        try:
            caller = actions.let_in(sent(request), address=request.META.get("REMOTE_ADDR", ""), now=now)
            vars(request).update(caller=caller, actor=caller.actor)
            account = actions.spend(caller.token, "call", now=now)
            told = {
                "RateLimit-Limit": str(account.limit),
                "RateLimit-Remaining": str(account.left),
                "RateLimit-Reset": str(account.reset),
            }
            answer = (
                run(request, *args, **kwargs)
                if request.method in SAFE
                else once(request, caller, lambda: run(request, *args, **kwargs))
            )
        except SongdaError as error:
            answer = refused(request, error, 60 - int(now.timestamp()) % 60)
        for name, value in {**told, "Cache-Control": "no-store"}.items():
            answer[name] = value
        return answer

    return entered


def sent(request: HttpRequest) -> str:
    """The token in the header, or nothing."""
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def refused(request: HttpRequest, error: SongdaError, wait: int) -> HttpResponse:
    """The refusal in the one shape, with when to come again."""
    answer = told_to_program(request, error)
    if error.http == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        answer["Retry-After"] = str(wait)
    elif error.retry:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def once(request: HttpRequest, caller: Caller, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Do a write, or give the answer that was given under its key. What is refused leaves nothing, its key neither."""
    now = clock.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge(_("发送的内容太大，没有收下。"), advice=_("请分几次发送。"))
    actions.spend(caller.token, "write", now=now)
    key = request.headers.get(KEY, "")
    if not KEY_FORM.fullmatch(key):
        raise Invalid(
            _("写入须带请求头“%(header)s”。") % {"header": KEY}, advice=_("请为每个新的请求另取一个键，8 到 255 个字符。"),
            code="no_idempotency_key",
        )  # fmt: skip
    asked = rules.fingerprint(request.method or "", request.get_full_path(), request.body)
    held = actions.claim(caller.token, key, asked, now=now)
    if isinstance(held, actions.Kept):
        answer = HttpResponse(held.body, status=held.status, content_type="application/json; charset=utf-8")
        answer["Idempotency-Replayed"] = "true"
        return answer
    done = False
    try:
        answer, done = kept(held, run)
    finally:
        if not done:
            actions.let_go(held)
    return answer


@transaction.atomic
def kept(held: actions.Claim, run: Callable[[], HttpResponse]) -> tuple[HttpResponse, bool]:
    """The write and its answer, both or neither."""
    answer = run()
    done = answer.status_code < 400
    if done:
        actions.fulfil(held, answer.status_code, answer.content.decode())
    else:
        transaction.set_rollback(True)
    return answer, done
