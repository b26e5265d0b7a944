"""Shapes of values 取值: each takes the text of a variable and gives its value, or says in a ValueError what it should have been."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlparse

SCHEMES = ("sqlite", "postgresql", "postgres")


def switch(text: str) -> bool:
    """yes or no."""
    return one_of(text, ("yes", "no")) == "yes"


def log(text: str) -> str:
    """json or text."""
    return one_of(text, ("json", "text"))


def level(text: str) -> str:
    """A level of the log."""
    return one_of(text, ("debug", "info", "warning", "error"))


def who(text: str) -> str:
    """Who something is asked of."""
    return one_of(text, ("nobody", "administrators", "everyone"))


def one_of(text: str, words: tuple[str, ...]) -> str:
    """One of a few words."""
    if text not in words:
        raise ValueError(f"只能是 {' 或 '.join(words)}，现为 {text!r}")
    return text


def number(text: str) -> int:
    """A whole number, zero or more."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"应是不小于 0 的整数，现为 {text!r}")
    return int(text)


def listed(text: str) -> tuple[str, ...]:
    """Words with commas between them, one at least."""
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    if any("/" in word or " " in word for word in words):
        raise ValueError(f"应是域名或地址，不带 http:// 和路径，现为 {text!r}")
    return words


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks with commas between them; none at all for an empty text."""
    try:
        return tuple(ip_network(word.strip()) for word in text.split(",") if word.strip())
    except ValueError:
        raise ValueError(f"应是地址或网段，如 10.1.2.0/24（网段的主机位须为 0），现为 {text!r}") from None


def folder(text: str) -> Path:
    """A directory that may still have to be made; a file in its place is refused."""
    path = Path(text).resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(f"应是目录，{text!r} 是文件")
    return path


def directory(text: str) -> Path | None:
    """A directory that is there, or none."""
    if text and not Path(text).is_dir():
        raise ValueError(f"应是已有的目录，现为 {text!r}")
    return Path(text).resolve() if text else None


def command(text: str) -> tuple[str, ...]:
    """The words of a command, as a shell would part them."""
    try:
        return tuple(shlex.split(text))
    except ValueError:
        raise ValueError("引号不成对") from None


def address(text: str) -> str:
    """The address of a database; the value is not repeated in the sentence, it may hold a password."""
    parts = urlparse(text)
    if text and parts.scheme not in SCHEMES:
        raise ValueError(f"应以 sqlite:/// 或 postgresql:// 开头，现以 {parts.scheme or '别的字'} 开头")
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("端口应是数字；口令里的特殊字符要写成 %XX") from None
    return text


def key(text: str) -> str:
    """A secret key of some length, or none."""
    return long_enough(text, 32)


def token(text: str) -> str:
    """A token of some length, or none."""
    return long_enough(text, 16)


def long_enough(text: str, least: int) -> str:
    """A secret that cannot be guessed by trying; it is not repeated in the sentence."""
    if text and len(text) < least:
        raise ValueError(f"至少要有 {least} 个字符，现有 {len(text)} 个")
    return text


SHAPES: Final[dict[str, Callable[[str], object]]] = {
    "switch": switch, "log": log, "level": level, "number": number, "list": listed, "folder": folder, "directory": directory,
    "command": command, "database": address, "key": key, "token": token, "who": who, "networks": networks,
}  # fmt: skip
WORDS: Final = {
    "switch": "yes 或 no", "log": "json 或 text", "level": "级别", "number": "整数", "list": "逗号分隔", "folder": "目录",
    "directory": "已有的目录", "command": "命令", "database": "地址", "key": "密钥", "token": "令牌", "who": "谁", "networks": "网段",
}  # fmt: skip
"""How the handbook calls each shape."""
