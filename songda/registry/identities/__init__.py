"""Identities 外部身份 (SUP-19): signing in through a unified identity service, DingTalk or WeCom."""
