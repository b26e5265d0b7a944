"""Alarms 告警: what in the audit trail calls for somebody, kept until somebody has said what it was."""
