"""Audit 审计留痕 (SUP-19): who did what to which thing, from where, before and after; append-only, sealed into a chain."""
