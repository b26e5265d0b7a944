"""Campaigns 活动: the packs that were applied to this place, by version."""
