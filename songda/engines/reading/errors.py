"""Why a file cannot be read 不能读取的原因."""

from __future__ import annotations


class ReadingError(Exception):
    """A refusal with a stable `code`, what is wrong, and what to do about it (Chinese, for the user)."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message}{advice}")
        self.code = code
        self.message = message
        self.advice = advice

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in one breath."""
        return str(self)
