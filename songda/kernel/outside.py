"""Outside 对外: connections to other machines. Nothing is taken from the environment's proxies, no redirect is followed, none waits for ever."""

from __future__ import annotations

import ssl
from functools import cache
from urllib.parse import urlsplit

import httpx

from songda.kernel.words import gettext as _

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PATIENCE = httpx.Timeout(10.0, connect=3.0)


def client(base_url: str = "", *, patience: httpx.Timeout = PATIENCE) -> httpx.Client:
    """A connection to an address, or to whichever is asked for. The system's authorities are believed, and read once (30 ms)."""
    verify = False if base_url.startswith("http:") else certificates()
    return httpx.Client(base_url=base_url, timeout=patience, trust_env=False, verify=verify)


@cache
def certificates() -> ssl.SSLContext:
    """Whom to believe: the system's authorities."""
    return ssl.create_default_context()


def fault_of_address(address: str, *, loopback: bool) -> str:
    """Why an address of another machine cannot be used; empty when it can. `loopback`: http is well enough on this machine itself."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return _("不是有效的地址")
    if not parts.hostname or parts.username is not None or parts.fragment or address != address.strip():
        return _("应是完整的地址，不带账号和 #")
    if parts.scheme == "https" or (parts.scheme == "http" and loopback and parts.hostname in LOOPBACK):
        return ""
    return _("必须以 https:// 开头")
