"""A look at the ways in through others: is the file readable, whole, and its owner's alone."""

from __future__ import annotations

from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning
from songda.registry.identities.queries import configured, providers_file


def ways_in() -> Finding:
    """The providers of `providers.json`; its secrets are not shown."""
    path = providers_file()
    if not path.exists():
        return ok("外部登录", "没有启用。")
    if path.stat().st_mode & 0o077:
        return fault("外部登录", f"{path} 可被他人读取。", f"请运行 chmod 600 {path}，并考虑更换其中的密钥。")
    found, wrong = configured()
    if wrong:
        return warning("外部登录", "".join(wrong), "请更正后再试；有误的一项不会出现在登录页上。")
    return ok("外部登录", f"已启用：{'、'.join(one.label for one in found.values())}。")
