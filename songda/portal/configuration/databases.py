"""From the address of a database to Django's settings for it."""

from __future__ import annotations

from urllib.parse import unquote, urlparse


def database(url: str) -> dict[str, object]:
    """Django's settings for a database address: sqlite:///path or postgresql://user:password@host:port/name?host=/socket."""
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:] if parts.path.startswith("//") else parts.path) or ":memory:",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",  # without it, writers fail at once under load (measured)
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
                "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;",
            },
        }
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}},
        "CONN_HEALTH_CHECKS": True,  # after the server was away, the pool hands out no connection that died with it
    }
