"""Retention 保管期限: how long each kind of record is kept, its destruction with a certificate, one firm's data on request."""
