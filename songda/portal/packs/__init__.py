"""Packs 活动包: a campaign as readable data. Read, check, apply, compare and export them; no logic lives in a pack."""

from __future__ import annotations

from songda.portal.packs.catalogue import catalogue_of

__all__ = ["catalogue_of"]
