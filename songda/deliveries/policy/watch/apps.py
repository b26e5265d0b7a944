"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from songda.ledger.evidence.rules import sharing


class WatchConfig(AppConfig):
    """songda.deliveries.policy.watch."""

    name = "songda.deliveries.policy.watch"
    label = "policy_watch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let whoever sees an application see what its result stands on."""
        sharing.register(seen=f"{self.name}.access.results_seen")
