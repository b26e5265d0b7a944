"""Channels 渠道 of this installation, from the file settings.CHANNELS_FILE (default HOME/channels.json), read when asked:

    {"site": "https://songda.example.gov.cn",
     "channels": {"dingtalk": {"kind": "work_notice", "base_url": "https://…", "application": "…", "agent": "1",
                               "signing": "…", "takes_key": true},
                  "wecom": {"kind": "robot", "base_url": "https://…", "application": "…", "signing": "…", "per_minute": 20}}}

What the kinds are is in `actions.channels`. `inbox` is the firm's own page: it needs no configuration, and is delivered with
the notice itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from songda.kernel.errors import Unavailable

INBOX = "inbox"


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
