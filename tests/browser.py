"""A real Chromium for the journeys: found, or installed where it may be, or a clear sentence and a stop. Never skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=zh-CN",
]  # fmt: skip
ADVICE = """未找到 Chromium，浏览器测试无法进行。请安装后重试：
  Debian / Ubuntu：  sudo apt-get install chromium fonts-noto-cjk
  Fedora：           sudo dnf install chromium google-noto-sans-cjk-fonts
或用 CHROMIUM=/path/to/chromium 指定已有的浏览器。
"""


def executable() -> str | None:
    """The browser of this machine; $CHROMIUM goes first."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


def ensure() -> str:
    """The browser, installed from Debian's packages where we may; otherwise the process stops with what to install."""
    found = executable()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install = "apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk"
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["sh", "-c", install], stdout=subprocess.DEVNULL, check=False, env=environment)
        found = executable()
    if found is None:
        sys.exit(ADVICE)
    return found
