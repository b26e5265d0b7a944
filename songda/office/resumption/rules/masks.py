"""How a name is shown to who may not read it 脱敏."""

from __future__ import annotations


def masked(name: str) -> str:
    """The first sign and two stars; nothing for nothing."""
    return f"{name[0]}**" if name else ""
