"""Reading the environment: every wrong variable is named in one go, with what it should have been."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from songda.portal.configuration.shapes import SHAPES
from songda.portal.configuration.variables import VARIABLES

SHIFT_FILE = "demonstration_clock"
KEY_FILE = "secret_key"


class WrongConfiguration(SystemExit):
    """Variables that cannot be used; the process stops with the sentences on stderr."""

    def __init__(self, message: str) -> None:
        super().__init__(f"配置有误：{message}")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an installation may set. `home` holds everything it writes.

    A key that is not set is made when it is first used: a command that signs nothing leaves nothing behind.
    """

    home: Path
    database_url: str
    given_key: str
    hosts: tuple[str, ...]
    https: bool
    hsts_seconds: int
    proxies: int
    second_factor: str
    debug: bool
    demonstration: bool
    log: str
    log_level: str
    metrics_token: str
    disk_mb: int
    clock_shift: dt.timedelta
    scan: tuple[str, ...] = ()
    fonts: Path | None = None
    hook_hosts: tuple[str, ...] = ()
    admin_addresses: tuple[IPv4Network | IPv6Network, ...] = ()

    @property
    def secret_key(self) -> str:
        """The key that was set, else the home's own."""
        return self.given_key or kept_secret(self.home / KEY_FILE)


def read(environment: Mapping[str, str] | None = None) -> Configuration:
    """The configuration of this process, by the table of variables. WrongConfiguration with a sentence for each wrong one."""
    values, wrong = parse(os.environ if environment is None else environment)
    if wrong:
        raise WrongConfiguration("\n".join(wrong))
    home: Path = values["SONGDA_HOME"]
    return Configuration(
        home=home,
        database_url=values["DATABASE_URL"] or f"sqlite:///{home / 'songda.sqlite3'}",
        given_key=values["SONGDA_SECRET_KEY"],
        hosts=values["SONGDA_HOSTS"],
        https=values["SONGDA_HTTPS"],
        hsts_seconds=values["SONGDA_HSTS_SECONDS"],
        proxies=values["SONGDA_PROXIES"],
        second_factor="nobody" if values["SONGDA_DEMO"] else values["SONGDA_SECOND_FACTOR"],
        debug=values["SONGDA_DEBUG"],
        demonstration=values["SONGDA_DEMO"],
        log=values["SONGDA_LOG"],
        log_level=values["SONGDA_LOG_LEVEL"].upper(),
        metrics_token=values["SONGDA_METRICS_TOKEN"],
        disk_mb=values["SONGDA_DISK_MB"],
        clock_shift=kept_shift(home) if values["SONGDA_DEMO"] else dt.timedelta(),
        scan=values["SONGDA_SCAN"],
        fonts=values["SONGDA_FONT_DIR"],
        hook_hosts=values["SONGDA_HOOK_HOSTS"],
        admin_addresses=values["SONGDA_ADMIN_ADDRESSES"],
    )


def parse(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values by name, and a sentence for each that cannot be used. An empty variable is one that is not set."""
    values: dict[str, Any] = {}
    wrong = []
    for variable in VARIABLES:
        try:
            values[variable.name] = SHAPES[variable.shape](environment.get(variable.name) or variable.default)
        except ValueError as error:
            wrong.append(f"{variable.name} {error}。")
    return values, wrong


def kept_shift(home: Path) -> dt.timedelta:
    """How far a demonstration's days are from ours: it began on its own day and goes on at the pace of real time."""
    kept = home / SHIFT_FILE
    return dt.timedelta(seconds=int(kept.read_text(encoding="ascii"))) if kept.exists() else dt.timedelta()


def keep_shift(home: Path, shift: dt.timedelta) -> dt.timedelta:
    """Keep the shift of a demonstration that begins now; one that has begun keeps its own."""
    kept = home / SHIFT_FILE
    if not kept.exists():
        made(home)
        kept.write_text(str(int(shift.total_seconds())), encoding="ascii")
    return kept_shift(home)


def made(home: Path) -> None:
    """The home, its owner's alone where it is made here."""
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)


def kept_secret(path: Path) -> str:
    """The secret key of this home, made when it is first used."""
    if not path.exists():
        made(path.parent)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):  # a process that starts beside us was faster: its key stands
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
