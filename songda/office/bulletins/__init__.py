"""Bulletins 简报: bulletins and news items over indicators, every number bound."""
