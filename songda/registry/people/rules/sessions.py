"""What is kept of an open session 登录: a digest in place of its key, and its device in words. No Django here."""

from __future__ import annotations

import hashlib
from typing import Final

from songda.kernel.words import gettext as _

AWAKE: Final = "awake"  # in the session: when it was last put off (seconds)
AWAKE_FOR: Final = 60  # seconds for which that is not done again
OPENED: Final = "opened"  # when somebody signed in (seconds)
ADDRESS: Final = "address"  # where it was last seen
DEVICE: Final = "device"  # on what, in words
PROGRAMS: Final = (
    ("wxwork", "企业微信"), ("DingTalk", "钉钉"), ("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl"), ("python", "Python"),
)  # fmt: skip
SYSTEMS: Final = (
    ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def digest_of_key(key: str) -> str:
    """A session's key as it is kept. A key is 165 random bits: nobody finds it from its SHA-256."""
    return hashlib.sha256(f"songda.session:{key}".encode()).hexdigest()


def device_of(user_agent: str) -> str:
    """Program and system in words, as far as the browser says them: “Chrome · Windows”. What it says nobody can check."""
    found = [first_of(user_agent, PROGRAMS), first_of(user_agent, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("未知设备")


def first_of(text: str, words: tuple[tuple[str, str], ...]) -> str:
    """The name of the first word that stands in a text; '' for none. The order matters: Edge says Chrome, too."""
    return next((name for word, name in words if word in text), "")
