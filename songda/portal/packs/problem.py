"""What is wrong with a pack, and where: file, line and the path inside the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PackProblem:
    """One problem. `line` counts from 1 (0: the file as a whole); `where` is like `cases[2].given`."""

    file: str
    line: int
    where: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.where}：{self.message}{self.advice and f'（{self.advice}）'}"

    def as_dict(self) -> dict[str, str | int]:
        """For `--json`."""
        return {"file": self.file, "line": self.line, "where": self.where, "message": self.message, "advice": self.advice}
