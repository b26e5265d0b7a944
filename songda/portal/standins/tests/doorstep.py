"""What tests of signing in through others share: the providers' stand-in over real HTTP, and a browser that follows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse

import httpx
from django.test import Client

from songda.kernel import clock
from songda.portal.standins.identity import IdentityPlatform, IdentityServer, vouching
from songda.registry.people.tests.cast import NOW, PASSWORD, enter

KEYS = IdentityPlatform()  # made once: an RSA key takes a while


class Doorstep:
    """The providers, and the way out to one and back."""

    def __init__(self, server: IdentityServer) -> None:
        self.server, self.platform = server, server.platform

    def out(self, client: Client, code: str = "gov", onward: str = "") -> str:
        """The address that the sign-in page's link leads to."""
        return client.get(f"/sign-in/with/{code}/", {"next": onward} if onward else {}).headers["Location"]

    def granted(self, address: str) -> str:
        """Where the provider sends the browser back to, as a path."""
        back = urlparse(httpx.get(address, trust_env=False).headers["Location"])
        return f"{back.path}?{back.query}"

    def walk(self, client: Client, code: str = "gov", onward: str = ""):
        """Out and back."""
        return client.get(self.granted(self.out(client, code, onward)))

    def bind(self, client: Client, actor, code: str = "gov"):
        """Sign in with the post, show the password, go and come back."""
        enter(client, actor)
        shown = client.post(f"/account/bind/{code}/", {"password": PASSWORD})
        return client.get(self.granted(shown.context["address"]))


@contextmanager
def at_the_door(settings, tmp_path) -> Iterator[Doorstep]:
    """The house with three providers, on the cast's day; 示例甲 is logged in at them."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    platform = IdentityPlatform(who="示例甲", rsa=KEYS.rsa, elliptic=KEYS.elliptic)
    with vouching(platform) as server:
        settings.PROVIDERS_FILE = tmp_path / "providers.json"
        settings.PROVIDERS_FILE.write_text(json.dumps(server.providers()), encoding="utf-8")
        yield Doorstep(server)
