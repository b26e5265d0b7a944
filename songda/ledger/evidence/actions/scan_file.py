"""Ask the virus scanner 病毒查杀, where the installation has one (`SONGDA_SCAN`); none is asked by default."""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from songda.kernel.errors import Invalid, Unavailable

WAIT = 60  # seconds


def scan(path: Path) -> None:
    """Run the command with the file's path added: 0 is clean, 1 is a find (Invalid); anything else, nothing is stored (Unavailable)."""
    command: list[str] = settings.SCAN_COMMAND
    if not command:
        return
    try:
        code = subprocess.run([*command, str(path)], capture_output=True, timeout=WAIT, check=False).returncode
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise Unavailable(_("病毒查杀没有应答，文件未入库。"), advice=_("请稍后再传；持续出现时请联系系统管理员。")) from trouble
    if code == 1:
        raise Invalid(_("文件含有病毒，未入库。"), advice=_("请先查杀本机病毒，再重新导出文件。"))
    if code != 0:
        raise Unavailable(_("病毒查杀没有应答，文件未入库。"), advice=_("请稍后再传；持续出现时请联系系统管理员。"))
