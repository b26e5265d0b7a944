"""Who 经手人 acts: what the kernel must know of a person to check a permission and to write an audit row."""

from __future__ import annotations

from typing import Protocol


class Who(Protocol):
    """An acting person. `registry.actors.Actor` is the real one; jobs act as the system itself."""

    @property
    def account_id(self) -> int | None:
        """The account signed in, None for the system."""

    @property
    def post_id(self) -> int | None:
        """The post acted through, None for the system."""

    @property
    def name(self) -> str:
        """The printed name, kept in the audit row so that it can be read after the account is gone."""

    def may(self, permission: str) -> bool:
        """Whether the post carries this permission."""
