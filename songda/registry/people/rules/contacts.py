"""What an address must look like on its channel."""

from __future__ import annotations

import re

from songda.kernel.words import gettext as _

MOBILE = re.compile(r"1[3-9]\d{9}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def fault_of_address(channel: str, address: str) -> str:
    """Why an address cannot be used on a channel; empty when it can."""
    if channel == "sms" and not MOBILE.fullmatch(address):
        return _("短信须填 11 位手机号码。")
    if channel == "email" and not MAIL.fullmatch(address):
        return _("电子邮件地址应如 name@example.com。")
    if channel in ("dingtalk", "wecom") and not address:
        return _("请填写该平台上的用户编号。")
    return ""
