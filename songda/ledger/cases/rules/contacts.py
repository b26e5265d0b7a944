"""How names and telephones of persons are shown to who only looks 遮盖. Pure."""

from __future__ import annotations


def covered_name(name: str) -> str:
    """The first character and stars."""
    return name[:1] + "**" * bool(name[1:])


def covered_phone(phone: str) -> str:
    """A telephone number with its middle covered."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else "*" * len(phone)
