"""Providers of this installation, from the file settings.PROVIDERS_FILE (default HOME/providers.json), read when asked:

    {"providers": {
      "gov":      {"kind": "oidc", "label": "统一身份认证", "issuer": "https://sso.example.gov.cn", "client_id": "songda",
                   "client_secret": "…", "second_factor": true},
      "dingtalk": {"kind": "dingtalk", "client_id": "ding…", "client_secret": "…"},
      "wecom":    {"kind": "wecom", "client_id": "ww…", "client_secret": "…", "agent": "1000002"}}}

A provider with a fault is not offered; `songda doctor` says what is wrong with it. Secrets are never shown.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.registry.actors import Actor
from songda.registry.identities.access import visible_to
from songda.registry.identities.models import Identity
from songda.registry.identities.rules.providers import Provider, read


def providers_file() -> Path:
    """Where this installation's providers are configured."""
    return Path(getattr(settings, "PROVIDERS_FILE", settings.HOME / "providers.json"))


def configured() -> tuple[dict[str, Provider], list[str]]:
    """The providers that can be used, by code, and a sentence for each fault of the file."""
    path = providers_file()
    if not path.exists():
        return {}, []
    try:
        given: Any = json.loads(path.read_text(encoding="utf-8"))
        found = given["providers"]
        return read(dict(found), loopback=settings.DEMONSTRATION)
    except (OSError, ValueError, KeyError, TypeError):
        return {}, [_("%(path)s 读不懂：应是含 providers 的 JSON。") % {"path": path}]


def ways_in() -> list[Provider]:
    """What the sign-in page offers beside the password."""
    return list(configured()[0].values())


def provider_called(code: str) -> Provider:
    """One provider; NotFound for a code that is not configured."""
    found = configured()[0].get(code)
    if found is None:
        raise NotFound(_("本系统没有启用这种登录方式。"), advice=_("请用登录名和口令登录。"))
    return found


def bound_to(provider: Provider, subject: str) -> Identity | None:
    """The binding of an identity, with its account and person."""
    bound = Identity.objects.select_related("account__person")
    return bound.filter(provider=provider.code, realm=provider.realm, subject=subject, unbound_at=None).first()


def bindings(actor: Actor) -> list[tuple[str, str, Identity | None]]:
    """Each provider configured or bound: (code, label, the actor's own binding or None)."""
    own = {one.provider: one for one in visible_to(actor)}
    labels = {one.code: one.label for one in ways_in()}
    return [(code, labels.get(code, code), own.get(code)) for code in dict.fromkeys([*labels, *own])]
