"""Upkeep 维护: keeping an installation whole over bad days and new versions: backup, restore, examination, upgrade."""
