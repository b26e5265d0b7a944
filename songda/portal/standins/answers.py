"""What the platforms answer, request by request.

POST /robot/send?access_token=&timestamp=&sign=               DingTalk: group robot, no key
GET  /gettoken?appkey=&appsecret=                             DingTalk: token
POST /topapi/message/corpconversation/asyncsend_v2            DingTalk: work notice, header Idempotency-Key
POST /topapi/message/corpconversation/getsendresult           DingTalk: who has it
GET  /cgi-bin/gettoken?corpid=&corpsecret=                    WeCom: token
POST /cgi-bin/message/send                                    WeCom: application message, the same content once in the interval
POST /cgi-bin/webhook/send?key=                               WeCom: group robot, no key
POST /sms/send, GET /sms/status?key=                          short messages, signed, asked by the sender's key
GET  /received                                                all messages taken
POST /faults  ["cut-after", "errcode", …]                     faults for the next requests
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass

from songda.portal.standins.platform import FAULTS, Message, Platform, gateway_signature

ROBOT = "/robot/send"
WORK_NOTICE = "/topapi/message/corpconversation/asyncsend_v2"
SEND_RESULT = "/topapi/message/corpconversation/getsendresult"
WECOM_MESSAGE = "/cgi-bin/message/send"
WECOM_ROBOT = "/cgi-bin/webhook/send"
SMS = "/sms/send"
MAIL = "smtp"
MESSAGES = (ROBOT, WORK_NOTICE, WECOM_MESSAGE, WECOM_ROBOT, SMS)

TAKEN = 0
BUSY = -1
WRONG_SIGNATURE = 310000
ROBOT_TOO_FAST = 130101
NOTICE_TOO_FAST = 143103
WECOM_TOO_FAST = 45009
SMS_TOO_FAST = 1002
SMS_WRONG_SIGNATURE = 1001
WRONG_CONTENT = 40035
WRONG_TOKEN = 40014
LONGEST_BODY = 20_000  # bytes, as for the robot
LONGEST_INTERVAL = 4 * 3600  # seconds that WeCom remembers a content at the most

Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as an answer sees it. `headers` have small letters."""

    platform: Platform
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


def robot(asked: Asked) -> Answer:
    """DingTalk: a group robot's message."""
    platform = asked.platform
    signed = platform.signed_well(asked.query.get("timestamp", ""), asked.query.get("sign", ""))
    if not asked.query.get("access_token", "").startswith(platform.entry) or not signed:
        return {"errcode": WRONG_SIGNATURE, "errmsg": "sign not match"}
    if len(asked.body) > LONGEST_BODY:
        return {"errcode": WRONG_CONTENT, "errmsg": "消息过长"}
    message = json.loads(asked.body)
    to = ",".join(message.get("at", {}).get("atMobiles", [])) or asked.query["access_token"]
    number = platform.take(Message(0, ROBOT, to, "", text_of(message)))
    return _taken(number, ROBOT_TOO_FAST)


def work_notice(asked: Asked) -> Answer:
    """DingTalk: a work notice to users, shown once per Idempotency-Key."""
    if asked.query.get("access_token") != asked.platform.entry:
        return {"errcode": WRONG_TOKEN, "errmsg": "不合法的access_token"}
    message = json.loads(asked.body)
    key = asked.headers.get("idempotency-key", "")
    number = asked.platform.take(Message(0, WORK_NOTICE, message["userid_list"], key, text_of(message["msg"])))
    return _taken(number, NOTICE_TOO_FAST, "task_id")


def send_result(asked: Asked) -> Answer:
    """DingTalk: who has the message of a task."""
    message = asked.platform.numbered(str(json.loads(asked.body).get("task_id", "")))
    if asked.query.get("access_token") != asked.platform.entry or message is None:
        return {"errcode": WRONG_TOKEN if message else WRONG_CONTENT, "errmsg": "不合法的参数"}
    name = "failed_user_id_list" if message.to in asked.platform.bounces else "unread_user_id_list"
    return {"errcode": TAKEN, "errmsg": "ok", "send_result": {name: [message.to]}}


def token(asked: Asked) -> Answer:
    """The token of an application that knows the secret, on either platform."""
    given = asked.query.get("appsecret") or asked.query.get("corpsecret")
    if given != asked.platform.signing:
        return {"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"}
    return {"errcode": TAKEN, "errmsg": "ok", "access_token": asked.platform.entry, "expires_in": 7200}


def wecom_message(asked: Asked) -> Answer:
    """WeCom: an application's message; the same content to the same user is shown once within the interval, if that is asked for."""
    if asked.query.get("access_token") != asked.platform.entry:
        return {"errcode": WRONG_TOKEN, "errmsg": "invalid access_token"}
    message = json.loads(asked.body)
    checked = message.get("enable_duplicate_check") == 1
    key = hashlib.sha256(asked.body).hexdigest() if checked else ""
    lives = min(int(message.get("duplicate_check_interval", 1800)), LONGEST_INTERVAL)
    number = asked.platform.take(Message(0, WECOM_MESSAGE, message["touser"], key, text_of(message)), lives)
    return _taken(number, WECOM_TOO_FAST, "msgid")


def wecom_robot(asked: Asked) -> Answer:
    """WeCom: a group robot's message."""
    if not asked.query.get("key", "").startswith(asked.platform.entry):
        return {"errcode": 93000, "errmsg": "invalid webhook url"}
    number = asked.platform.take(Message(0, WECOM_ROBOT, asked.query["key"], "", text_of(json.loads(asked.body))))
    return _taken(number, WECOM_TOO_FAST, "msgid")


def sms(asked: Asked) -> Answer:
    """A short message. The key is kept to answer for it, not to hide a repeat."""
    if not signed_request(asked):
        return {"errcode": SMS_WRONG_SIGNATURE, "errmsg": "签名不正确"}
    message = json.loads(asked.body)
    number = asked.platform.take(Message(0, SMS, message["phone"], message["key"], message["text"]), 0)
    return _taken(number, SMS_TOO_FAST, "number")


def sms_status(asked: Asked) -> Answer:
    """What became of the message with the sender's key."""
    if not signed_request(asked):
        return {"errcode": SMS_WRONG_SIGNATURE, "errmsg": "签名不正确"}
    message = asked.platform.by_key(asked.query.get("key", ""))
    if message is None:
        return {"errcode": TAKEN, "errmsg": "ok", "status": "absent"}
    bounced = message.to in asked.platform.bounces
    said = {"status": "bounced", "reason": "空号"} if bounced else {"status": "delivered"}
    return {"errcode": TAKEN, "errmsg": "ok", "number": str(message.number), **said}


def signed_request(asked: Asked) -> bool:
    """Whether the request bears the gateway's signature, made within the hour."""
    at, given = asked.headers.get("x-timestamp", ""), asked.headers.get("x-signature", "")
    right = gateway_signature(asked.platform.signing, at, asked.path, asked.body)
    return asked.platform.is_fresh(at) and hmac.compare_digest(right, given)


def received(asked: Asked) -> Answer:
    """All messages taken so far."""
    return {"errcode": TAKEN, **asked.platform.report()}


def commit_faults(asked: Asked) -> Answer:
    """Faults for the next requests, refused when one is unknown."""
    faults = json.loads(asked.body)
    unknown = [fault for fault in faults if fault not in ("", *FAULTS)]
    if unknown:
        return {"errcode": WRONG_CONTENT, "errmsg": f"未知的故障 {unknown[0]}，可用：{'、'.join(FAULTS)}"}
    asked.platform.faults.extend(faults)
    return {"errcode": TAKEN, "errmsg": "ok"}


def text_of(message: dict[str, dict[str, str]]) -> str:
    """The text of a text or markdown message, on either platform."""
    markdown = message.get("markdown", {})
    return markdown.get("text") or markdown.get("content") or message.get("text", {}).get("content", "")


def _taken(number: int | None, too_fast: int, name: str = "") -> Answer:
    if number is None:
        return {"errcode": too_fast, "errmsg": "send too fast"}
    return {"errcode": TAKEN, "errmsg": "ok"} | ({name: number} if name else {})


ANSWERS: dict[str, Callable[[Asked], Answer]] = {
    f"POST {ROBOT}": robot,
    f"POST {WORK_NOTICE}": work_notice,
    f"POST {SEND_RESULT}": send_result,
    "GET /gettoken": token,
    "GET /cgi-bin/gettoken": token,
    f"POST {WECOM_MESSAGE}": wecom_message,
    f"POST {WECOM_ROBOT}": wecom_robot,
    f"POST {SMS}": sms,
    "GET /sms/status": sms_status,
    "GET /received": received,
    "POST /faults": commit_faults,
}
