"""Ask another system for a day's messages 拉取.

GET /approval/messages?day=2020-03-10 with X-Account, X-Timestamp (milliseconds), X-Signature (`rules.signing`) answers a JSON list of
messages; the header X-Signature of the answer is over its body. What is not signed well is not read.
"""

from __future__ import annotations

import datetime as dt
import json
import ssl
from functools import cache

import httpx
from django.utils.translation import gettext as _

from songda.kernel.errors import Unavailable
from songda.ledger.mirrors.actions.receive_messages import Received, receive_messages
from songda.ledger.mirrors.queries import configured
from songda.ledger.mirrors.rules.signing import is_signed, request_signature

PATH = "/approval/messages"
PATIENCE = httpx.Timeout(20.0, connect=3.0)


def pull_day(system: str, day: dt.date, *, now: dt.datetime) -> Received:
    """Fetch and keep a day's messages; they are applied by `apply_waiting`. Unavailable where the system cannot be read."""
    account = configured().get(system)
    if account is None:
        raise Unavailable(_("没有配置外部系统“%(code)s”。") % {"code": system}, advice=_("请系统管理员填写对接配置。"))
    body = _fetch(account["base_url"], account.get("application", ""), account["signing"], day, now)
    try:
        messages = json.loads(body)
    except ValueError as error:
        raise Unavailable(_("外部系统的答复不是有效的 JSON。"), advice=_("稍后会自动再取。")) from error
    if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        raise Unavailable(_("外部系统的答复不是消息列表。"), advice=_("请与对方系统核对接口。"))
    return receive_messages(system, messages, now=now)


def _fetch(base_url: str, application: str, signing: str, day: dt.date, now: dt.datetime) -> bytes:
    at = str(int(now.timestamp() * 1000))
    headers = {"X-Account": application, "X-Timestamp": at, "X-Signature": request_signature(signing, at, PATH)}
    verify = _authorities() if base_url.startswith("https:") else False
    try:
        with httpx.Client(base_url=base_url, timeout=PATIENCE, trust_env=False, verify=verify) as client:
            answer = client.get(PATH, params={"day": day.isoformat()}, headers=headers)
    except httpx.TransportError as error:
        raise Unavailable(_("外部系统连接不上。"), advice=_("稍后会自动再取。")) from error
    if answer.status_code != httpx.codes.OK:
        raise Unavailable(_("外部系统拒绝了请求（HTTP %(n)d）。") % {"n": answer.status_code}, advice=_("请核对对接配置。"))
    if not is_signed(signing, answer.content, answer.headers.get("X-Signature", "")):
        raise Unavailable(_("外部系统的答复签名不符，未予读取。"), advice=_("请核对密钥，并查明答复来源。"))
    return answer.content


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to believe; read once."""
    return ssl.create_default_context()
