"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger.papers.rules.list_sources import register_list


class LibraryConfig(AppConfig):
    """songda.deliveries.policy.library."""

    name = "songda.deliveries.policy.library"
    label = "policy_library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the lists that papers are made of."""
        register_list("policy.contacts", _("在办措施的联系卡"), f"{self.name}.queries.lists.contacts")
        register_list("policy.materials", _("在办措施的申报材料"), f"{self.name}.queries.lists.materials")
        register_list("policy.red-lines", _("有效文件的红线"), f"{self.name}.queries.lists.negative")
