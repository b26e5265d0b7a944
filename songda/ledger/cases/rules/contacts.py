"""How the name and telephone of a person are shown to who only looks 遮盖. Pure."""

from __future__ import annotations

from typing import Protocol


class Called(Protocol):
    """Somebody whom a matter names."""

    contact_name: str
    contact_phone: str


def covered(one: Called) -> tuple[str, str]:
    """Name and telephone, covered: in full only on demand, which the trail keeps."""
    name, phone = one.contact_name, one.contact_phone
    stars = f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else "*" * len(phone)
    return name[:1] + "**" * bool(name[1:]), stars
