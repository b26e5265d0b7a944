"""Configuration from the environment, checked at start: one table of variables, a clear sentence for a wrong value."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

SHIFT_FILE = "demonstration_clock"


class WrongConfiguration(SystemExit):
    """A variable that cannot be used; the process stops with the sentence on stderr and exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(f"配置有误：{message}")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an installation may set. `home` holds everything it writes."""

    home: Path
    database_url: str
    secret_key: str
    hosts: tuple[str, ...]
    debug: bool
    demonstration: bool
    clock_shift: dt.timedelta
    scan: tuple[str, ...] = ()
    fonts: Path | None = None


def read(environment: dict[str, str] | None = None) -> Configuration:
    """The configuration of this process.

    SONGDA_HOME (default ./var), DATABASE_URL (default SQLite in the home), SONGDA_SECRET_KEY (default: made once, kept in the
    home, readable by its owner only), SONGDA_HOSTS (comma-separated), SONGDA_DEBUG and SONGDA_DEMO (yes or no), SONGDA_SCAN (default
    none: a command that looks at one uploaded file for viruses, such as `clamdscan --no-summary --fdpass`), SONGDA_FONT_DIR (default
    none: a directory with the official fonts for printed papers).
    """
    env = dict(os.environ if environment is None else environment)
    home = Path(env.get("SONGDA_HOME", "var")).resolve()
    demonstration = yes_or_no(env, "SONGDA_DEMO", "no")
    return Configuration(
        home=home,
        database_url=env.get("DATABASE_URL", f"sqlite:///{home / 'songda.sqlite3'}"),
        secret_key=env.get("SONGDA_SECRET_KEY") or kept_secret(home / "secret_key"),
        hosts=tuple(host.strip() for host in env.get("SONGDA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")),
        debug=yes_or_no(env, "SONGDA_DEBUG", "no"),
        demonstration=demonstration,
        clock_shift=kept_shift(home) if demonstration else dt.timedelta(),
        scan=tuple(shlex.split(env.get("SONGDA_SCAN", ""))),
        fonts=kept_directory(env, "SONGDA_FONT_DIR"),
    )


def kept_shift(home: Path) -> dt.timedelta:
    """How far a demonstration's days are from ours: it began on its own day and goes on at the pace of real time."""
    kept = home / SHIFT_FILE
    return dt.timedelta(seconds=int(kept.read_text(encoding="ascii"))) if kept.exists() else dt.timedelta()


def keep_shift(home: Path, shift: dt.timedelta) -> dt.timedelta:
    """Keep the shift of a demonstration that begins now; one that has begun keeps its own."""
    kept = home / SHIFT_FILE
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        kept.write_text(str(int(shift.total_seconds())), encoding="ascii")
    return kept_shift(home)


def kept_directory(environment: dict[str, str], name: str) -> Path | None:
    """A directory that is there, or none; a path that is no directory is refused."""
    if not (given := environment.get(name, "")):
        return None
    if not Path(given).is_dir():
        raise WrongConfiguration(f"{name} 应是已有的目录，现为 {given!r}。")
    return Path(given).resolve()


def yes_or_no(environment: dict[str, str], name: str, default: str) -> bool:
    """A switch; anything but yes and no is refused."""
    value = environment.get(name, default)
    if value not in ("yes", "no"):
        raise WrongConfiguration(f"{name} 只能是 yes 或 no，现为 {value!r}。")
    return value == "yes"


def kept_secret(path: Path) -> str:
    """The secret key of this home, made at the first start."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


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
    if parts.scheme in ("postgresql", "postgres"):
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/") or "postgres",
            "USER": unquote(parts.username or "postgres"),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        }
    raise WrongConfiguration(f"DATABASE_URL 应以 sqlite:/// 或 postgresql:// 开头，现为 {parts.scheme or '空'}。")
