"""Looks at accounts: none of a demonstration in a real house, and somebody to keep them."""

from __future__ import annotations

from django.conf import settings

from songda.portal.upkeep.doctor.findings import Finding, fault, ok
from songda.registry.people.models import Account


def demonstration() -> Finding:
    """Whether accounts of a demonstration are open in a real house. They could not sign in; they do not belong there (8.1.4.2b)."""
    if settings.DEMONSTRATION:
        return ok("账号", "演示环境，演示账号可用。")
    found = Account.objects.filter(is_active=True, person__demonstration=True).count()
    if found:
        return fault(
            "账号",
            f"正式环境里有 {found} 个启用的演示账号（不能登录）。",
            "演示数据不应进入正式环境：请用 songda init 另建正式库，不要把演示库改作正式库。",
        )
    return ok("账号", "没有启用的演示账号。")
