"""Channels 渠道 of this installation, from the file settings.CHANNELS_FILE (default HOME/channels.json), read when asked:

    {"site": "https://songda.example.gov.cn",
     "channels": {"dingtalk": {"kind": "work_notice", "base_url": "https://…", "application": "…", "agent": "1",
                               "signing": "…", "takes_key": true},
                  "wecom_group": {"kind": "wecom_robot", "base_url": "https://…", "groups": {"zone-tech": {"application": "…"}}},
                  "email": {"kind": "smtp", "base_url": "smtp://mail.example.gov.cn:587", "application": "…", "signing": "…",
                            "sender": "songda@example.gov.cn", "per_minute": 300}}}

What the kinds are and need is in `actions.channels`; limits, caps and quiet hours come from the pack (`terms`), `per_minute` here
goes before it. `inbox` is the recipient's own page: it needs no configuration, and is delivered with the notice itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from songda.kernel.errors import Unavailable
from songda.ledger.notices.states import INBOX

__all__ = ["INBOX", "channels_file", "configuration", "configured", "site"]


def channels_file() -> Path:
    """Where this installation's channels are configured."""
    return Path(getattr(settings, "CHANNELS_FILE", settings.HOME / "channels.json"))


def configuration() -> dict[str, Any]:
    """The channels' configuration; empty where there is no file."""
    path = channels_file()
    if not path.exists():
        return {}
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unavailable(
            _("渠道配置 %(path)s 不是有效的 JSON。") % {"path": path}, advice=_("请系统管理员更正该文件。")
        ) from error
    return found


def site() -> str:
    """The address of this installation as firms reach it, for links; no slash at the end."""
    return str(configuration().get("site", "http://127.0.0.1:8000")).rstrip("/")


def configured() -> tuple[str, ...]:
    """Codes of the channels that can be used here; `inbox` always."""
    return (INBOX, *configuration().get("channels", {}))
