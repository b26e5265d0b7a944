"""Providers 身份提供方 as the installation configures them, read strictly: a mistake here would be an open door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from songda.kernel.outside import fault_of_address
from songda.kernel.words import gettext as _

ALGORITHMS = ("RS256", "ES256")
NEEDS: Mapping[str, tuple[str, ...]] = {
    "oidc": ("client_id", "client_secret", "issuer"),
    "dingtalk": ("client_id", "client_secret"),
    "wecom": ("client_id", "client_secret", "agent"),
}
PLACES: Mapping[str, Mapping[str, str]] = {
    "oidc": {},
    "dingtalk": {"login_url": "https://login.dingtalk.com", "base_url": "https://api.dingtalk.com"},
    "wecom": {"login_url": "https://login.work.weixin.qq.com", "base_url": "https://qyapi.weixin.qq.com"},
}
LABELS: Mapping[str, str] = {"oidc": "统一身份认证", "dingtalk": "钉钉", "wecom": "企业微信"}
ADDRESSES = ("issuer", "login_url", "base_url")
CODE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `issuer` is an OIDC provider's address; the others have a page to log in at and an address to be asked at.

    `second_factor`: it asks for one itself and is trusted with that. The secret is in no text made of this.
    """

    code: str
    kind: str
    label: str
    client_id: str
    client_secret: str = field(repr=False)
    issuer: str = ""
    login_url: str = ""
    base_url: str = ""
    agent: str = ""
    second_factor: bool = False
    algorithms: tuple[str, ...] = ALGORITHMS

    @property
    def realm(self) -> str:
        """Within what its subjects are unique: the issuer; DingTalk's application and WeCom's corporation."""
        return self.issuer or self.client_id


def read(given: Mapping[str, Any], *, loopback: bool) -> tuple[dict[str, Provider], list[str]]:
    """The providers by code, and a sentence for each that cannot be used: such a one is not there at all."""
    found, wrong = {}, []
    for code, one in given.items():
        faults = list(faults_of(code, one, loopback=loopback)) if isinstance(one, Mapping) else [_("应是一组设置")]
        if faults:
            wrong.append(_("身份提供方 %(code)s：%(faults)s。") % {"code": code, "faults": "；".join(faults)})
        else:
            found[code] = provider(code, one)
    return found, wrong


def provider(code: str, given: Mapping[str, Any]) -> Provider:
    """One provider from settings without fault."""
    kind = given["kind"]
    told = {"label": LABELS[kind], **PLACES[kind], **given, "algorithms": tuple(given.get("algorithms", ALGORITHMS))}
    for name in ADDRESSES[1:]:
        told[name] = str(told.get(name, "")).rstrip("/")
    return Provider(code=code, **told)


def faults_of(code: str, given: Mapping[str, Any], *, loopback: bool) -> Iterator[str]:
    """What is wrong with the settings of one."""
    kind = str(given.get("kind", ""))
    if not code or set(code) - CODE or len(code) > 40:
        yield _("代码只能用小写字母、数字和 -")
    if kind not in NEEDS:
        yield _("kind 只能是 %(kinds)s") % {"kinds": "、".join(NEEDS)}
        return
    missing = [name for name in NEEDS[kind] if not given.get(name)]
    if missing:
        yield _("缺少 %(names)s") % {"names": "、".join(missing)}
    known = {"kind", "label", "second_factor", "client_id", "client_secret", *NEEDS[kind], *PLACES[kind]}
    strange = sorted(set(given) - known - ({"algorithms"} if kind == "oidc" else set()))
    if strange:
        yield _("不认识 %(names)s") % {"names": "、".join(strange)}
    yield from faults_of_values(given, loopback=loopback)


def faults_of_values(given: Mapping[str, Any], *, loopback: bool) -> Iterator[str]:
    """What is wrong with single values. None is repeated: it may be a secret in the wrong place."""
    for name, value in given.items():
        if name == "second_factor":
            good = isinstance(value, bool)
        elif name == "algorithms":
            good = isinstance(value, list) and bool(value) and set(value) <= set(ALGORITHMS)
        else:
            good = isinstance(value, str)
        if not good:
            yield _("%(name)s 的值不对") % {"name": name}
        elif name in ADDRESSES and (fault := fault_of_address(value, loopback=loopback)):
            yield f"{name} {fault}"
