"""What a token 程序令牌 looks like, what it may be given, from where it may call and how often. No database here."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from ipaddress import ip_address, ip_network

from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _
from songda.kernel.words import gettext_lazy

FORM = re.compile(r"sda_([0-9]{1,18})_([0-9a-f]{64})")  # what a scanner for leaked secrets looks for, too
LONGEST = dt.timedelta(days=366)
LIMITS: Mapping[str, int] = {"call": 600, "write": 60}
"""Calls a minute of one token, and how many of them may write."""
LEASE = 10  # calls a process takes from the minute's account at a time, so that a call that reads seldom writes
KEPT = dt.timedelta(hours=24)  # how long the answer to a write is kept for one who asks again
DEAD = dt.timedelta(seconds=60)  # a write that has not ended by then was that of a process that died

READS = {
    "firm.read": gettext_lazy("读本企业的政策、办理与消息"),
    "organisations.see": gettext_lazy("读机构"),
    "subjects.see": gettext_lazy("读主体与事实（不含个人信息）"),
    "policy.see": gettext_lazy("读政策措施"),
    "push.see": gettext_lazy("读推送与送达"),
    "cases.see": gettext_lazy("读辖区台账"),
    "figures.see": gettext_lazy("读指标"),
    "returns.see": gettext_lazy("读报送"),
    "bulletins.see": gettext_lazy("读简报"),
}
WRITES = {
    "firm.act": gettext_lazy("为本企业提诉求、答复"),
    "facts.personal": gettext_lazy("读、写个人信息类事实"),
    "facts.edit": gettext_lazy("登记事实"),
    "cases.file": gettext_lazy("代企业提诉求"),
    "cases.handle": gettext_lazy("读、办本岗位的事项"),
    "cases.assign": gettext_lazy("分办事项"),
    "cases.decide": gettext_lazy("督办与裁定"),
    "cases.revisit": gettext_lazy("回访"),
    "cases.close": gettext_lazy("办结审核"),
    "cases.reopen": gettext_lazy("重新交办"),
    "figures.edit": gettext_lazy("登记指标值"),
    "returns.fill": gettext_lazy("填报与提交"),
}
SCOPES = {**READS, **WRITES}
"""What a program can be given at all; nothing of the three administrators, and nothing that publishes or sends."""


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_hex(32)


def written(token_id: int, secret: str) -> str:
    """The token as its program keeps it."""
    return f"sda_{token_id}_{secret}"


def read(text: str) -> tuple[int, str] | None:
    """Number and secret of a token as it was sent, or None for what cannot be one."""
    found = FORM.fullmatch(text)
    return (int(found[1]), found[2]) if found else None


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random through and through: one round of SHA-256 cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(secret: str, digest: str) -> bool:
    """Whether this is the secret, in a time that tells nothing."""
    return secrets.compare_digest(digest_of(secret), digest)


def open_to(permissions: Collection[str]) -> list[str]:
    """The scopes that a post with these rights can give a program, in their order."""
    return [scope for scope in SCOPES if scope in permissions]


def checked_scopes(asked: Iterable[str], permissions: Collection[str]) -> list[str]:
    """The scopes asked for, in their order; Invalid for none, or for one that the post does not hold."""
    wanted = set(asked)
    if not wanted or not wanted <= set(open_to(permissions)):
        raise Invalid(_("授权范围不对。"), fields={"scopes": _("请至少选一项，且不得超出本岗位的权限。")})
    return [scope for scope in SCOPES if scope in wanted]


def checked_networks(text: str) -> list[str]:
    """Addresses and ranges written one a line, or between commas; Invalid for what is neither."""
    words = [word for word in re.split(r"[\s,，;；]+", text) if word]
    try:
        return [str(ip_network(word, strict=False)) for word in words]
    except ValueError as error:
        raise Invalid(_("来源地址不对。"), fields={"networks": _("请写 IP 地址或地址段，如 10.1.0.0/16，每行一个。")}) from error


def comes_from(address: str, networks: Collection[str]) -> bool:
    """Whether a caller's address is one of those allowed; none named: any."""
    if not networks:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(one) for one in networks)


def fingerprint(method: str, address: str, body: bytes) -> str:
    """What was asked, so that one key is not used for two things."""
    return hashlib.sha256(b"\0".join((method.encode(), address.encode(), body))).hexdigest()
